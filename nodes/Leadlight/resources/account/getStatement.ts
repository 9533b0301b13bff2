import { ledger } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { accountField, accountOf } from './fields.ts';

/** An account as a clerk reads it (S2-093). */
export const getStatement = defineOperation<undefined>({
  value: 'getStatement',
  name: 'Get Statement',
  action: 'Get statement of account',
  description: 'List what was recorded on an account and what became of it: open, paid, left as credit; with the balance in cents, negative when the customer has credit',
  fields: [accountField],
  run: ({ read }) => accountOf(read, (account) => ({ balanceMinor: ledger.balance(account), currency: account.currency, entries: ledger.statement(account) })),
});
