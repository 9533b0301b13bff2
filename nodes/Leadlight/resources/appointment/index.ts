import type { Resource } from '../../../shared/defineOperation.ts';
import { checkDates } from './checkDates.ts';
import { offerDates } from './offerDates.ts';

export const appointment: Resource<undefined> = { value: 'appointment', name: 'Appointment', operations: [offerDates, checkDates] };
