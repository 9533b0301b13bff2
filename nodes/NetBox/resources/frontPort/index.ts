import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { findFree } from './findFree.ts';

export const frontPort: Resource<NetBox> = { value: 'frontPort', name: 'Front Port', operations: [findFree] };
