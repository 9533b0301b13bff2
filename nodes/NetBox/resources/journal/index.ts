import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { add } from './add.ts';

export const journal: Resource<NetBox> = { value: 'journal', name: 'Journal', operations: [add] };
