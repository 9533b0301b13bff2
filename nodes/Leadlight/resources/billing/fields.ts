import { canadaTaxTable, defaultBillingPolicy, isCivilDate, nextBill, refuse, type BilledSubscription, type BillingTerms, type BillInput } from '../../../../core/src/index.ts';
import { jsonField, numberField, textField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';
import { moving, textOf, valueOf } from '../../examples.ts';
import { dayField, given, policyChangesOption, policyOf, taxTableOf, taxTableOption } from '../../fields.ts';
import { list, record, shaped, shapes } from '../../shaped.ts';

const START = '2026-04-01';
const account = { id: 'acc_1', currency: 'CAD', jurisdiction: 'CA-QC' };
const subscription: BilledSubscription = { id: 'sub_1', start: START, items: [{ key: 'internet', terms: [{ from: START, sku: 'FTTH150I', description: 'Fibre Internet 150M/150M', unitMinor: 9995 }] }] };
const firstBill = valueOf(nextBill({ account, subscriptions: [subscription], asOf: START }, { taxTable: canadaTaxTable }));
const began = { [START]: '$now.minus({ days: 10 }).toISODate()', '2026-05-01': '$now.minus({ days: 10 }).plus({ months: 1 }).toISODate()' };

export const accountField = jsonField('account', 'Account', 'Who is billed: ID, currency, jurisdiction and, if there are any, exemptions', { default: textOf(account) });
export const subscriptionsField = jsonField('subscriptions', 'Subscriptions', 'What was sold and when, one or a list: Quote: Subscribe and Subscription: Bill View make them', { default: moving([subscription], began) });
/** One subscription under the same name as a list of them would have another form. */
export const subscriptionField = jsonField('subscription', 'Subscription', 'What was sold and when, as Quote: Subscribe and Subscription: Bill View make it', { default: moving(subscription, began) });
export const oldSubscriptionsField = { ...subscriptionsField, default: moving([subscription], { [START]: '$now.minus({ months: 3 }).toISODate()' }) };
export const billedField = jsonField('billed', 'Billed Lines', 'The lines of all earlier bills and credit notes, at least of the periods looked at', { default: '[]' });
export const someBilledField = { ...billedField, default: moving(firstBill?.lines, began) };
export const asOfField = dayField('asOf', 'As Of', 'Day of the bill: all that is due by then is on it');
/** What every bill may be told besides. */
export const billOptions = [
  numberField('creditMinor', 'Credit (Minor Units)', 0, 'The credit of the account, in cents: it pays first', { minValue: 0 }),
  textField('since', 'Since', { placeholder: 'e.g. 2026-04-01', description: 'Periods that ended by this day are closed and not looked at again' }),
  { ...policyChangesOption, description: 'What differs from the built-in billing policy: version and dueInDays' },
  taxTableOption,
];

/** Reads the input of a bill, its days and the terms it is made under, and answers with them. */
export function billing(read: Inputs, answer: (input: BillInput, terms: BillingTerms) => unknown, ...days: readonly string[]): unknown {
  const options = read.options('options');
  const day = [...days, 'asOf'].find((name) => !isCivilDate(read.text(name)));
  if (day) return refuse('badInput', `${day} must be a day written YYYY-MM-DD.`, { path: day });
  return shaped(read, { account: record(['id', 'currency', 'jurisdiction'], { exemptions: list(record()) }), subscriptions: list(shapes.subscription), billed: list(shapes.line) }, (values) =>
    answer({ ...values, asOf: read.text('asOf'), ...given(options, { since: 'text', creditMinor: 'number' }) }, { taxTable: taxTableOf(options), policy: policyOf(options, defaultBillingPolicy) }));
}
