import type { Resource } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { ensure } from './ensure.ts';
import { ensureCreditNote } from './ensureCreditNote.ts';
import { getBalance } from './getBalance.ts';

export const salesInvoice: Resource<ErpNext> = { value: 'salesInvoice', name: 'Sales Invoice', operations: [ensure, ensureCreditNote, getBalance] };
