import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { getMany } from './getMany.ts';

export const change: Resource<NetBox> = { value: 'change', name: 'Change', operations: [getMany] };
