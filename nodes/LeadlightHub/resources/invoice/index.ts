import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { generate } from './generate.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';

export const invoice: Resource<HubClient> = { value: 'invoice', name: 'Invoice', operations: [generate, get, getMany] };
