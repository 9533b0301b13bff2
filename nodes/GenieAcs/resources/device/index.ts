import type { Resource } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { addTag } from './addTag.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { removeTag } from './removeTag.ts';

export const device: Resource<GenieAcs> = { value: 'device', name: 'Device', operations: [get, addTag, getMany, removeTag] };
