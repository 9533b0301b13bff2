import type { Resource } from '../../../shared/defineOperation.ts';
import { readLead } from './readLead.ts';

export const lead: Resource<undefined> = { value: 'lead', name: 'Lead', operations: [readLead] };
