import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { allocate } from './allocate.ts';
import { getMany } from './getMany.ts';

export const prefix: Resource<NetBox> = { value: 'prefix', name: 'Prefix', operations: [allocate, getMany] };
