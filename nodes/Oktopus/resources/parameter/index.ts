import type { Resource } from '../../../shared/defineOperation.ts';
import type { Oktopus } from '../../connect.ts';
import { add } from './add.ts';
import { remove } from './delete.ts';
import { get } from './get.ts';
import { getSupported } from './getSupported.ts';
import { operate } from './operate.ts';
import { set } from './set.ts';

export const parameter: Resource<Oktopus> = { value: 'parameter', name: 'Parameter', operations: [get, set, add, remove, getSupported, operate] };
