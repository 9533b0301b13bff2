import type { Resource } from '../../../shared/defineOperation.ts';
import { firstInvoice } from './firstInvoice.ts';
import { prorate } from './prorate.ts';
import { salesInvoice } from './salesInvoice.ts';

export const billing: Resource<undefined> = { value: 'billing', name: 'Billing', operations: [firstInvoice, prorate, salesInvoice] };
