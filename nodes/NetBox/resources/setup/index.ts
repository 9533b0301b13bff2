import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { installFields } from './installFields.ts';

export const setup: Resource<NetBox> = { value: 'setup', name: 'Setup', operations: [installFields] };
