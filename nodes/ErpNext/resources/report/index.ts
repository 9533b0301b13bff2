import type { Resource } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { run } from './run.ts';

export const report: Resource<ErpNext> = { value: 'report', name: 'Report', operations: [run] };
