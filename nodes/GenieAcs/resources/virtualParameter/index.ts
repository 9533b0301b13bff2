import type { Resource } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { remove } from './delete.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { save } from './save.ts';

export const virtualParameter: Resource<GenieAcs> = { value: 'virtualParameter', name: 'Virtual Parameter', operations: [get, getMany, remove, save] };
