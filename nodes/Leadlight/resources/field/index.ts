import type { Resource } from '../../../shared/defineOperation.ts';
import { checkCompletion } from './checkCompletion.ts';
import { matchTechnician } from './matchTechnician.ts';
import { readScan } from './readScan.ts';

export const field: Resource<undefined> = { value: 'field', name: 'Field', operations: [readScan, matchTechnician, checkCompletion] };
