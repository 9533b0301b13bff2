import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { allocate } from './allocate.ts';
import { getByKey } from './getByKey.ts';
import { release } from './release.ts';

export const ipAddress: Resource<NetBox> = { value: 'ipAddress', name: 'IP Address', operations: [allocate, getByKey, release] };
