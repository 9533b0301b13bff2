import type { Resource } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { remove } from './delete.ts';
import { getMany } from './getMany.ts';
import { retry } from './retry.ts';

export const fault: Resource<GenieAcs> = { value: 'fault', name: 'Fault', operations: [getMany, remove, retry] };
