import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { allocate } from './allocate.ts';
import { getMany } from './getMany.ts';
import { release } from './release.ts';

export const vlan: Resource<NetBox> = { value: 'vlan', name: 'VLAN', operations: [allocate, getMany, release] };
