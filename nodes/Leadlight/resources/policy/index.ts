import type { Resource } from '../../../shared/defineOperation.ts';
import { getDefault } from './getDefault.ts';
import { whatIf } from './whatIf.ts';

export const policy: Resource<undefined> = { value: 'policy', name: 'Policy', operations: [getDefault, whatIf] };
