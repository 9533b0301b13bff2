import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { add } from './add.ts';
import { getMany } from './getMany.ts';
import { remove } from './remove.ts';
import { setDefault } from './setDefault.ts';

export const paymentMethod: Resource<HubClient> = { value: 'paymentMethod', name: 'Payment Method', operations: [getMany, add, remove, setDefault] };
