import { choiceField, numberField, textField } from '../../../shared/fields.ts';
import type { Commands } from '../../commands.ts';
import { dayField } from '../../fields.ts';

const id = textField('id', 'Command ID', { default: 'pay_2', placeholder: 'e.g. pay_2', description: 'Names what it makes, such as the invoice or the payment; the same again changes nothing' });
const amount = numberField('amountMinor', 'Amount (Minor Units)', 6492, 'With all taxes, in cents');
const currency = textField('currency', 'Currency', { default: 'CAD', description: 'That of the account; another one is refused, never converted' });
const tax = numberField('taxMinor', 'Tax (Minor Units)', 0, 'The part of the amount that is tax, in cents', { minValue: 0 });
const number = textField('number', 'Document Number', { default: 'INV-202601-0002', placeholder: 'e.g. INV-202601-0002', description: 'As Number Invoice gave it' });
const on = dayField('on', 'Day', 'Day of the document');
const dueOn = textField('dueOn', 'Due On', { required: false, placeholder: 'e.g. 2026-05-01', description: 'Last day to pay; without it the terms of the payment method hold' });
const method = textField('method', 'Payment Method', { default: 'invoice', placeholder: 'e.g. stripe', description: 'Whose terms hold, as the policy names it' });
const invoice = textField('invoice', 'Invoice ID', { default: 'inv_1', placeholder: 'e.g. inv_1', description: 'The invoice it is about' });
const payment = textField('payment', 'Payment ID', { default: 'pay_1', placeholder: 'e.g. pay_1', description: 'The payment it is about' });
const dispute = textField('dispute', 'Dispute ID', { placeholder: 'e.g. dp_1', description: 'The command that opened the dispute' });
const outcome = choiceField('outcome', 'Outcome', { lost: 'Lost', won: 'Won' }, 'won', 'How the bank decided');
const by = textField('by', 'Decided By', { default: 'billing desk', placeholder: 'e.g. billing desk', description: 'The role or system that decided, for those who ask later' });
const why = textField('why', 'Why', { default: 'goodwill', placeholder: 'e.g. goodwill', description: 'The reason, for those who ask later' });

/** Everything that moves money in or out of an account. */
export const accountCommands: Commands = {
  recordPayment: ['Record Payment', id, amount, currency],
  issueInvoice: ['Issue Invoice', id, amount, currency, tax, number, on, dueOn, method],
  issueCreditNote: ['Issue Credit Note', id, amount, currency, tax, number, on, invoice],
  refund: ['Refund', id, amount, currency, payment, by, why],
  openDispute: ['Open Dispute', id, amount, currency, payment],
  resolveDispute: ['Resolve Dispute', id, payment, dispute, outcome],
  chargeback: ['Chargeback', id, amount, currency, payment],
  writeOff: ['Write Off', id, invoice, by, why],
  adjust: ['Adjust', id, amount, currency, on, by, why],
};
