import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { checkCapacity } from './checkCapacity.ts';
import { validate } from './validate.ts';

export const topology: Resource<NetBox> = { value: 'topology', name: 'Topology', operations: [validate, checkCapacity] };
