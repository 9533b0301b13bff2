import type { Resource } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { call } from './call.ts';

export const method: Resource<ErpNext> = { value: 'method', name: 'Method', operations: [call] };
