import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { create } from './create.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { remove } from './remove.ts';
import { update } from './update.ts';

export const object: Resource<NetBox> = { value: 'object', name: 'Object', operations: [get, getMany, create, update, remove] };
