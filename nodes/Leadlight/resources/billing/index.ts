import type { Resource } from '../../../shared/defineOperation.ts';
import { catchUp } from './catchUp.ts';
import { changeItems } from './changeItems.ts';
import { checkTaxTable } from './checkTaxTable.ts';
import { computeTaxes } from './computeTaxes.ts';
import { creditNote } from './creditNote.ts';
import { convert } from './convert.ts';
import { finalBill } from './finalBill.ts';
import { firstInvoice } from './firstInvoice.ts';
import { nextBill } from './nextBill.ts';
import { prorate } from './prorate.ts';
import { salesInvoice } from './salesInvoice.ts';
import { upcomingBill } from './upcomingBill.ts';

export const billing: Resource<undefined> = {
  value: 'billing',
  name: 'Billing',
  operations: [firstInvoice, nextBill, upcomingBill, finalBill, catchUp, changeItems, prorate, computeTaxes, checkTaxTable, convert, salesInvoice, creditNote],
};
