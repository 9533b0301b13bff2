import { ledger, type LedgerState } from '../../../../core/src/index.ts';
import { jsonField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';
import { textOf, valueOf } from '../../examples.ts';
import { list, record, shaped } from '../../shaped.ts';

const invoice = { type: 'issueInvoice', id: 'inv_1', number: 'INV-202601-0001', on: '2026-01-05', amountMinor: 11492, taxMinor: 1497, currency: 'CAD', method: 'invoice' } as const;
const invoiced = valueOf(ledger.decide(ledger.initial('acc_1', 'CAD'), invoice, '2026-01-05T14:00:00.000Z')).state;
const partlyPaid = valueOf(ledger.decide(invoiced, { type: 'recordPayment', id: 'pay_1', amountMinor: 5000, currency: 'CAD' }, '2026-01-20T14:00:00.000Z')).state;

/** An account's journal; the example has an invoice of which a part was paid and the rest is overdue. */
export const accountField = jsonField('ledger', 'Account', 'The account with its journal, as Record left it; a new one is {"accountId": "acc_1", "currency": "CAD", "journal": []}', { default: textOf(partlyPaid) });
/** Reads the account, and answers with it. */
export const accountOf = (read: Inputs, answer: (account: LedgerState) => unknown): unknown => shaped(read, { ledger: record(['accountId', 'currency', 'journal'], { journal: list(record(['command', 'lines'], { command: record(), lines: list(record()) })) }) }, ({ ledger: account }) => answer(account));
