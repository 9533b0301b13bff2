import type { Resource } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { remove } from './delete.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { save } from './save.ts';

export const provision: Resource<GenieAcs> = { value: 'provision', name: 'Provision', operations: [get, getMany, remove, save] };
