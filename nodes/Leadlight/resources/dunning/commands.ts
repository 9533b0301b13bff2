import { jsonField, numberField, textField } from '../../../shared/fields.ts';
import type { Commands } from '../../commands.ts';
import { dayField } from '../../fields.ts';

const IN_FIVE_DAYS = '$now.plus({ days: 5 }).toISODate()';
const id = textField('id', 'Command ID', { default: 'evt_1', placeholder: 'e.g. evt_1', description: 'Of the payment, webhook or request: the same ID is heard once' });
const amount = numberField('amountMinor', 'Amount (Minor Units)', 17199, 'What was paid, in cents', { minValue: 0 });
const method = textField('method', 'Payment Method', { default: 'pm_2', placeholder: 'e.g. pm_2', description: 'As an opaque ID, never card data' });
const code = textField('code', 'Decline Code', { default: 'insufficient_funds', placeholder: 'e.g. expired_card', description: 'Why, in the words of the payment provider' });
const until = dayField('until', 'Until', 'Of a promise the last day to pay everything; of a shield the first day suspension is possible again', `={{ ${IN_FIVE_DAYS} }}`);
const instalments = jsonField('instalments', 'Instalments', 'Days and amounts that make the whole that is owed: on and amountMinor', {
  default: `=${JSON.stringify([{ on: `{{ ${IN_FIVE_DAYS} }}`, amountMinor: 8600 }, { on: '{{ $now.plus({ days: 10 }).toISODate() }}', amountMinor: 8599 }], null, 2)}`,
});
const reason = textField('reason', 'Reason', { default: 'medical', placeholder: 'e.g. medical', description: 'Why nobody may suspend the account; a second shield of one reason takes the place of the first' });
const check = textField('check', 'Check', { placeholder: 'e.g. dun_1:checkBalance:2026-04-10T14%3A00%3A00.000Z', description: 'ID of the effect checkBalance that is answered' });
const outstanding = numberField('outstandingMinor', 'Outstanding (Minor Units)', 17199, 'What the ledger says is owed now, in cents', { minValue: 0 });

/** Everything a case of unpaid invoices hears besides time. */
export const dunningCommands: Commands = {
  paid: ['Paid', id, amount],
  chargeFailed: ['Charge Failed', id, method, code],
  methodAdded: ['Method Added', id, method],
  promised: ['Promise to Pay', id, until],
  arrangement: ['Arrangement', id, instalments],
  disputeOpened: ['Dispute Opened', id],
  disputeLost: ['Dispute Lost', id],
  disputeWon: ['Dispute Won', id],
  shield: ['Shield', id, reason, until],
  balanceRead: ['Balance Read', id, check, outstanding],
  release: ['Release', id],
  writeOff: ['Write Off', id],
};
