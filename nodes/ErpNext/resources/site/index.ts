import type { Resource } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { check } from './check.ts';

export const site: Resource<ErpNext> = { value: 'site', name: 'Site', operations: [check] };
