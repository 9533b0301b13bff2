import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { ensure } from './ensure.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';

export const deviceResource: Resource<NetBox> = { value: 'device', name: 'Device', operations: [ensure, get, getMany] };
