import { cadenceFault } from '../kernel/cadence.ts';
import { addDays, isInstant } from '../kernel/civil.ts';
import { decimals, formatMoney } from '../kernel/decimal.ts';
import { accept, mustBe, refuse, type Decision } from '../kernel/decision.ts';
import { deriveId } from '../kernel/id.ts';
import { civilDateIn, isZone } from '../kernel/zone.ts';
import { isAmount } from '../billing/billingFault.ts';
import type { BilledItem, OneCharge } from '../billing/billedSubscription.ts';
import type { CustomerBill } from '../billing/customerBill.ts';
import { defaultFirstInvoicePolicy, type FirstInvoiceInput, type FirstInvoiceLine } from './firstInvoiceInput.ts';
import { linesOfQuote } from './linesOfQuote.ts';
import { nextBill, type BillRefusal } from '../billing/nextBill.ts';

export type FirstInvoiceRefusal = 'nothingToBill' | BillRefusal;
/** `anchorDay`: the account's day of the month from now on. */
export type FirstInvoice = CustomerBill & { readonly anchorDay: number };

/**
 * The first bill, made when the service goes live and not before (S1-118; decisions 9-13, 17, 18, 20-22). From the civil day of the
 * activation in the account's zone to the next anchor day; charges and discounts in the same part, each line rounded; each tax once on
 * the sum; the prepayment pays it and what is left stays credit. It is `nextBill` of a subscription that begins that day.
 * @example firstInvoice({ orderId: 'ord_1', account: { zone: 'America/Toronto', currency: 'CAD', jurisdiction: 'CA-QC', anchorDay: 1 }, lines: [{ sku: 'FTTH150I', description: 'Internet 150', charge: 'mrc', amountMinor: 9995 }], activatedAt: '2026-04-13T14:20:00Z', prepaymentMinor: 11492, taxTable: canadaTaxTable }) // accepted: { subtotalMinor: 5997, taxMinor: 898, dueMinor: 0, creditLeftMinor: 4597, … }
 */
export function firstInvoice(input: FirstInvoiceInput): Decision<FirstInvoice, FirstInvoiceRefusal> {
  const { account, orderId, prepaymentMinor, policy = defaultFirstInvoicePolicy } = input;
  const billable = isList(input.lines) ? input.lines : linesOfQuote(input.lines, input.language ?? 'fr', input.subscriptions);
  if (!isInstant(input.activatedAt)) return mustBe('activatedAt', 'an instant in UTC, e.g. 2026-04-13T14:20:00Z');
  if (!isZone(account.zone)) return mustBe('account.zone', 'an IANA time zone, e.g. America/Toronto');
  for (const [path, anchorDay] of [['account.anchorDay', account.anchorDay], ['policy.anchorDay', policy.anchorDay]] as const) if (anchorDay !== undefined && cadenceFault({ unit: 'month', anchorDay })) return mustBe(path, 'from 1 to 31');
  if (!isAmount(prepaymentMinor) || prepaymentMinor < 0) return mustBe('prepaymentMinor', 'whole minor units from 0');
  const odd = billable.findIndex((line) => !isAmount(line.amountMinor, line.quantity));
  if (odd >= 0) return isAmount(billable[odd]!.amountMinor) ? mustBe(`lines[${odd}].quantity`, 'a whole number from 1') : mustBe(`lines[${odd}].amountMinor`, `whole minor units, ${10 ** decimals(account.currency)} for 1 ${account.currency}`);
  if (billable.length === 0) return refuse('nothingToBill', 'There is no line to bill.', { path: 'lines', hint: 'Give the lines of the quote.' });
  const day = civilDateIn(input.activatedAt, account.zone);
  const given = account.anchorDay ?? policy.anchorDay;
  const anchorDay = given ?? Number(day.slice(8));

  const items: BilledItem[] = [];
  const charges: OneCharge[] = [];
  const subscriptions = new Map<string, string>();
  const keys = new Set<string>();
  for (const { sku, description, charge, amountMinor, quantity = 1, prorated = true, taxCode = 'standard', subscription } of billable) {
    let key = sku;
    for (let n = 2; keys.has(key); n += 1) key = `${sku}.${n}`;
    keys.add(key);
    if (subscription !== undefined) subscriptions.set(key, subscription);
    if (charge === 'nrc') charges.push({ key, on: day, sku, description, amountMinor, quantity, taxCode });
    else {
      // The amount is for the whole quantity; what does not divide is one piece.
      const pieces = amountMinor % quantity === 0 ? { description, quantity, unitMinor: amountMinor / quantity } : { description: `${quantity} × ${description}`, unitMinor: amountMinor };
      items.push({ key, prorated, terms: [{ from: day, sku, taxCode, ...pieces }] });
    }
  }
  const made = nextBill({ account: { ...account, id: orderId }, subscriptions: [{ id: orderId, start: day, cadence: { unit: 'month', anchorDay }, items, charges }], asOf: day, creditMinor: prepaymentMinor }, { taxTable: input.taxTable, policy });
  if (made.type === 'refused') return made;
  const bill = made.value;
  if (!bill || billable.reduce((sum, one) => sum + one.amountMinor, 0) < 0) return refuse('badInput', 'The discounts are larger than the charges.', { path: 'lines', hint: 'A first bill cannot be negative; price the order again.' });
  const lines = bill.lines.map((line) => {
    const subscription = subscriptions.get(line.key.split(':')[1]!);
    return subscription === undefined ? line : { ...line, subscription };
  });
  const amount = (minor: number) => formatMoney({ minor, currency: account.currency });
  return accept(
    { ...bill, id: deriveId(orderId, 'inv', 'first'), lines, anchorDay },
    `Live on ${day} in ${account.zone}.`,
    given === undefined ? `The day of activation becomes the billing day ${anchorDay}: a full first month.` : `Billing day ${given}: the first part runs to ${addDays(bill.period.end, -1)}.`,
    `Taxes of ${account.jurisdiction} on ${day} by table ${input.taxTable.id} ${input.taxTable.version}.`,
    `The prepayment of ${amount(prepaymentMinor)} pays ${amount(bill.prepaidMinor)}; ${amount(bill.creditLeftMinor)} stays credit, ${amount(bill.dueMinor)} is due.`,
  );
}
const isList = (lines: FirstInvoiceInput['lines']): lines is readonly FirstInvoiceLine[] => Array.isArray(lines);
