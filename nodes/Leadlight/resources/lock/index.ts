import type { Resource } from '../../../shared/defineOperation.ts';
import { add } from './add.ts';
import { checkAccess } from './checkAccess.ts';
import { remove } from './remove.ts';

export const lock: Resource<undefined> = { value: 'lock', name: 'Lock', operations: [checkAccess, add, remove] };
