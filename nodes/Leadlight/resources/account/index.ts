import type { Resource } from '../../../shared/defineOperation.ts';
import { getStatement } from './getStatement.ts';
import { numberInvoice } from './numberInvoice.ts';
import { outstanding } from './outstanding.ts';
import { record } from './record.ts';

export const account: Resource<undefined> = { value: 'account', name: 'Account', operations: [record, getStatement, outstanding, numberInvoice] };
