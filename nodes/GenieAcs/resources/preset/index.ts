import type { Resource } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { remove } from './delete.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { installSet } from './installSet.ts';
import { save } from './save.ts';

export const preset: Resource<GenieAcs> = { value: 'preset', name: 'Preset', operations: [get, getMany, installSet, remove, save] };
