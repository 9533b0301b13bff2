import { edge, edgeBefore, gridOf, monthly } from '../kernel/cadence.ts';
import { dayNumber, dayText, type CivilDate } from '../kernel/civil.ts';
import { accept, type Decision } from '../kernel/decision.ts';
import type { BilledSubscription, OneCharge } from './billedSubscription.ts';
import type { CustomerBill } from './customerBill.ts';
import { nextBill, openBilling, readBillInput, type BillingTerms, type BillInput, type BillRefusal } from './nextBill.ts';

/** The days after `from`, up to `to`, on which something of a subscription falls due. @example billingDays({ id: 's', start: '2026-01-31', items: [] }, '2026-02-01', '2026-03-31') // ['2026-02-28', '2026-03-31'] */
export function billingDays({ start, end, cadence = monthly, charges = [] }: BilledSubscription, from: CivilDate, to: CivilDate): readonly CivilDate[] {
  const days = new Set(charges.map((one) => one.on));
  const grid = gridOf(cadence, dayNumber(start));
  for (let k = edgeBefore(grid, dayNumber(from < start ? start : from)); edge(grid, k) <= dayNumber(to); k += 1) days.add(dayText(edge(grid, k)));
  for (const day of [start, end]) if (day !== undefined) days.add(day);
  return [...days].filter((day) => day >= start && day > from && day <= to && !(day > end!)).sort();
}

/**
 * All bills missed between two days, each as it would have been made on its day: one late run is many punctual ones (invariant 37).
 * @example catchUp({ account: { id: 'a', currency: 'CAD', jurisdiction: 'CA-QC' }, subscriptions: [{ id: 's', start: '2026-01-31', items: [{ key: 'net', terms: [{ from: '2026-01-31', sku: 'A', description: 'A', unitMinor: 100 }] }] }], after: '2026-01-30', asOf: '2026-03-31' }, { taxTable: canadaTaxTable }).value.map((one) => one.issuedOn) // ['2026-01-31', '2026-02-28', '2026-03-31']
 */
export function catchUp(input: BillInput & { readonly after: CivilDate }, terms: BillingTerms): Decision<readonly CustomerBill[], BillRefusal> {
  const run = openBilling(terms);
  const wrong = readBillInput(input, 'asOf', 'after');
  if (wrong) return wrong;
  if (run.type === 'refused') return run;
  const bills: CustomerBill[] = [];
  let { billed = [], creditMinor = 0 } = input;
  for (const asOf of [...new Set([...input.subscriptions.flatMap((one) => billingDays(one, input.after, input.asOf)), input.asOf])].sort()) {
    const made = run.value({ ...input, asOf, billed, creditMinor });
    if (made.type === 'refused') return made;
    if (!made.value) continue;
    bills.push(made.value);
    billed = [...billed, ...made.value.lines];
    creditMinor = made.value.creditLeftMinor;
  }
  return accept(bills);
}

/**
 * The bill that will come next if nothing changes, by the very code that will make it (S0-48, invariant 42).
 * @example upcomingBill({ account: { id: 'a', currency: 'CAD', jurisdiction: 'CA-QC' }, subscriptions: [{ id: 's', start: '2026-01-31', items: [{ key: 'net', terms: [{ from: '2026-01-31', sku: 'A', description: 'A', unitMinor: 100 }] }] }], asOf: '2026-02-01', since: '2026-02-01' }, { taxTable: canadaTaxTable }).value.issuedOn // '2026-02-28'
 */
export function upcomingBill(input: BillInput, terms: BillingTerms): Decision<CustomerBill | null, BillRefusal> {
  const wrong = readBillInput(input, 'asOf');
  if (wrong) return wrong;
  const days = input.subscriptions.flatMap((one) => billingDays(one, input.asOf, dayText(dayNumber(input.asOf) + 800)));
  return nextBill({ ...input, asOf: days.sort()[0] ?? input.asOf }, terms);
}

/**
 * The last bill of subscriptions that end on a day, estimated or made (S0-128, decision 40): unused days come back, what is in arrears and
 * `fees` (early termination, equipment) are charged. Cooling off is an end on the day of the start (S0-137).
 * @example finalBill({ account: { id: 'a', currency: 'CAD', jurisdiction: 'CA-QC' }, subscriptions: [{ id: 's', start: '2026-04-01', items: [{ key: 'net', terms: [{ from: '2026-04-01', sku: 'A', description: 'A', unitMinor: 3000 }] }] }], asOf: '2026-04-11', billed: [{ key: 's:net:2026-04-01', sku: 'A', description: 'A', quantity: 1, amountMinor: 3000, taxCode: 'standard', period: { start: '2026-04-01', end: '2026-05-01' }, because: '' }] }, { taxTable: canadaTaxTable }).value.subtotalMinor // -2000
 */
export function finalBill(input: BillInput & { readonly fees?: readonly OneCharge[] }, terms: BillingTerms): Decision<CustomerBill | null, BillRefusal> {
  const wrong = readBillInput(input);
  if (wrong) return wrong;
  const { fees = [], asOf: end } = input;
  return nextBill({ ...input, subscriptions: input.subscriptions.map((one, i) => ({ ...one, end, charges: [...(one.charges ?? []), ...(i === 0 ? fees : [])] })) }, terms);
}
