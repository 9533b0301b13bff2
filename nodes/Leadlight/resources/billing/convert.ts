import { convert as decide, money, refuse, type ExchangeTable } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, numberField, textField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';

const table: ExchangeTable = { version: '2026-04', source: 'Bank of Canada', maxAgeDays: 3, rates: [{ from: 'CAD', to: 'USD', on: '2026-04-01', rate: '0.7312' }, { from: 'CAD', to: 'EUR', on: '2026-04-01', rate: '0.6405' }] };

/** For reports and display; what is owed is never converted (S2-096). */
export const convert = defineOperation<undefined>({
  value: 'convert',
  name: 'Convert',
  action: 'Convert amount for report',
  description: 'Show an amount in another currency by a dated table, for reports only: what is owed is never converted; the rate that was used is in the answer, and a missing pair or day is refused',
  fields: [
    numberField('amountMinor', 'Amount (Minor Units)', 11492, 'Amount in cents, or in the smallest unit the currency has'),
    textField('currency', 'Currency', { default: 'CAD', description: 'Currency of the amount, as ISO 4217 code' }),
    textField('to', 'Into', { default: 'USD', description: 'Currency of the report, as ISO 4217 code' }),
    textField('on', 'Day', { default: '2026-04-01', placeholder: 'e.g. 2026-04-01', description: 'Day whose rate holds, as YYYY-MM-DD' }),
    jsonField('rates', 'Exchange Rates', 'Table of rates: version, source, maxAgeDays and, per pair and day, what one unit was worth as decimal text', { default: textOf(table) }),
  ],
  run: ({ read }) => {
    const [minor, currency] = [read.number('amountMinor'), read.text('currency').toUpperCase()];
    if (!Number.isSafeInteger(minor) || !/^[A-Z]{3}$/.test(currency)) return refuse('badInput', 'The amount must be whole minor units of a currency.', { path: 'amountMinor', hint: 'Send cents and three capitals.' });
    return decide(money(minor, currency), read.text('to').toUpperCase(), read.text('on'), read.object('rates') as unknown as ExchangeTable);
  },
});
