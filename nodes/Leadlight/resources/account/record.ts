import { defaultLedgerPolicy, ledger, type LedgerCommand } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import { commandFields, commandOf } from '../../commands.ts';
import { nowField, policyChangesOption, policyOf } from '../../fields.ts';
import { accountCommands } from './commands.ts';
import { accountField, accountOf } from './fields.ts';

/** Money in and out of one account, as double entry (S0-117, S2-090, S2-093, S2-096). */
export const record = defineOperation<undefined>({
  value: 'record',
  name: 'Record',
  action: 'Record in account',
  description: 'Record an invoice, credit note, payment, refund, dispute, write-off or adjustment as double entry; credit pays what is open, earliest due first; the same command twice changes nothing',
  fields: [accountField, ...commandFields(accountCommands, 'recordPayment'), nowField, optionsField([policyChangesOption])],
  run: ({ read }) => accountOf(read, (account) => ledger.decide(account, commandOf<LedgerCommand>(read, accountCommands), read.text('now'), policyOf(read.options('options'), defaultLedgerPolicy))),
});
