import { dayText, isCivilDate, type CivilDate, type Period } from '../kernel/civil.ts';
import { accept, mustBe, type Decision, type Refused } from '../kernel/decision.ts';
import type { JsonSchema } from '../kernel/schema.ts';
import { any, having, misfit } from '../kernel/shapes.ts';
import { applyTaxes, checkTaxTable, onTop, taxesOn, taxLines, type TaxesOn, type TaxExemption, type TaxRefusal, type TaxTable } from '../pricing/tax.ts';
import type { BilledSubscription } from './billedSubscription.ts';
import { BillingFault, fail, isAmount, isPlain, PLAIN, readDay } from './billingFault.ts';
import type { BillLine, CustomerBill } from './customerBill.ts';
import { proposeLines } from './proposeLines.ts';
import { reconcileLines } from './reconcileLines.ts';

export interface BillingAccount {
  readonly id: string;
  /** One currency per account, never converted (decision 43). */
  readonly currency: string;
  readonly jurisdiction: string;
  readonly exemptions?: readonly TaxExemption[];
}
export interface BillingPolicy {
  readonly version: string;
  readonly dueInDays: number;
}
export const defaultBillingPolicy: BillingPolicy = { version: 'billing/1', dueInDays: 0 };
/** What a whole run shares. */
export interface BillingTerms {
  readonly taxTable: TaxTable;
  readonly policy?: BillingPolicy;
}
export interface BillInput {
  readonly account: BillingAccount;
  readonly subscriptions: readonly BilledSubscription[];
  /** The day of the bill: all that is due by then is on it. */
  readonly asOf: CivilDate;
  /**
   * Periods that ended by this day are closed: neither they nor what fell due in them is looked at. Give the day of the last bill, or this
   * one's when nothing has changed or fallen due since. Default: everything since the start.
   */
  readonly since?: CivilDate;
  /** The lines of earlier bills and credit notes, at least those of the periods looked at. */
  readonly billed?: readonly BillLine[];
  /** The account's credit, e.g. what is left of the prepayment (decision 17). */
  readonly creditMinor?: number;
}
export type BillRefusal = 'badInput' | TaxRefusal;
/** Makes the bills of one run. `null`: everything owed was billed. */
export type Biller = (input: BillInput) => Decision<CustomerBill | null, BillRefusal>;

const why = ['what is owed, less what was billed'];
const nothing = accept(null, ...why);
const thing: JsonSchema = { type: 'object' };
/** What `proposeLines` walks through; it looks at the rest itself. */
export const subscriptionShape = having({ items: any(having({ terms: any(thing) })) }, { charges: any(thing), pauses: any(thing) });
const shape = having({ account: thing, subscriptions: any(subscriptionShape) }, { billed: any(having({ key: { type: 'string' }, amountMinor: { type: 'integer' } })) });
/** An input from outside, with the days that must be days. @example readBillInput({ account: {}, subscriptions: [] }, 'asOf')?.path // 'asOf' */
export const readBillInput = (input: BillInput, ...days: readonly (keyof BillInput | 'after')[]): Refused<'badInput'> | undefined => {
  const wrong = misfit(shape, input);
  if (wrong) return wrong;
  const day = days.find((name) => !isCivilDate((input as BillInput & { readonly after?: unknown })[name]));
  return day && mustBe(day, 'a day written YYYY-MM-DD');
};

/**
 * Opens a billing run: reads its terms once, then bills one account after the other without keeping anything of them. A million bills
 * cost the memory of one.
 * @example openBilling({ taxTable: canadaTaxTable }).type // 'accepted'
 */
export function openBilling({ taxTable, policy = defaultBillingPolicy }: BillingTerms): Decision<Biller, 'badInput'> {
  const checked = checkTaxTable(taxTable);
  if (checked.type === 'refused') return checked;
  if (!Number.isInteger(policy.dueInDays) || policy.dueInDays < 0 || typeof policy.version !== 'string') return mustBe('policy', 'a version and whole dueInDays');
  let known: { readonly on: CivilDate; readonly taxes: TaxesOn; readonly asOf: number; readonly dueOn: CivilDate; readonly invoice: string; readonly creditNote: string } | undefined;
  let currency = '';
  // Which subscription is being read; below 0, none. A number, so that a path is worded only to complain.
  let at = -1;
  /** The lines of all subscriptions that are not billed yet. */
  const wantedLines = ({ subscriptions, billed = [] }: BillInput, since: number, asOf: number): readonly BillLine[] => {
    const all: BillLine[] = [];
    for (let i = 0; i < subscriptions.length; i += 1) {
      const of = subscriptions[i]!;
      const owed = billed.length || i > 0 ? [] : all;
      at = i;
      const window = proposeLines(of, since, asOf, owed);
      at = -1;
      if (owed === all) continue;
      const from = window < -700_000 ? '' : dayText(window);
      const prefix = `${of.id}:`;
      const mine = (line: BillLine): boolean => line.key.startsWith(prefix);
      // What is owed no more is given back if it is this one's and of a period looked at; under a key still owed everything billed counts.
      const left = reconcileLines(owed, subscriptions.length > 1 ? billed.filter(mine) : billed, (line) => (line.on ?? line.period?.start ?? '') >= from && mine(line));
      if (subscriptions.length === 1) return left;
      all.push(...left);
    }
    return all;
  };
  const reader = (input: BillInput): Decision<CustomerBill | null, BillRefusal> => {
    const { account, asOf } = input;
    if (!isPlain(account.id)) fail('account.id', PLAIN);
    if (account.currency !== currency) {
      if (!/^[A-Z]{3}$/.test(account.currency)) fail('account.currency', 'three capitals');
      currency = account.currency;
    }
    const creditMinor = input.creditMinor ?? 0;
    if (!isAmount(creditMinor) || creditMinor < 0) fail('creditMinor', 'whole minor units from 0');
    if (known?.on !== asOf || known.taxes.place !== account.jurisdiction) {
      const day = readDay(asOf, 'asOf');
      const taxes = taxesOn(taxTable, account.jurisdiction, asOf);
      if (taxes.type === 'refused') return taxes;
      known = { on: dayText(day), taxes: taxes.value, asOf: day, dueOn: dayText(day + policy.dueInDays), invoice: `:invoice:${asOf}:`, creditNote: `:creditNote:${asOf}:` };
    }
    const since = input.since === undefined ? -1_000_000 : input.since === asOf ? known.asOf : readDay(input.since, 'since');
    const lines = wantedLines(input, since, known.asOf);
    if (lines.length === 0) return nothing;
    const { on, taxes: { steady } } = known;

    const first = lines[0]!;
    let subtotalMinor = 0;
    let mixed = account.exemptions !== undefined;
    let start = asOf;
    let end = asOf;
    let last: Period | undefined;
    for (let i = 0; i < lines.length; i += 1) {
      const line = lines[i]!;
      subtotalMinor += line.amountMinor;
      // Corrections of a day with the very same rates are part of the same total.
      if (line.taxedOn !== on && line.taxedOn !== undefined) mixed ||= line.taxedOn < steady.from || line.taxedOn >= steady.until;
      // Most lines share their period.
      if (!line.period || line.period === last) continue;
      last = line.period;
      if (last.start < start) start = last.start;
      if (last.end > end) end = last.end;
    }
    if (!Number.isSafeInteger(subtotalMinor)) fail('subscriptions', 'within the safe range');
    const taxed = mixed ? taxLines(lines, account.jurisdiction, asOf, taxTable, account.exemptions) : applyTaxes(known.taxes, lines);
    if ('code' in taxed) return taxed;
    const taxes = 'value' in taxed ? taxed.value : taxed;
    let taxMinor = 0;
    for (const tax of taxes) taxMinor += tax.amountMinor;
    const totalMinor = subtotalMinor + onTop(taxes);
    const kind = totalMinor < 0 ? 'creditNote' : 'invoice';
    const prepaidMinor = Math.max(0, Math.min(totalMinor, creditMinor));
    const bill: CustomerBill = {
      // A further bill of the same day begins with another line, or with another revision of it.
      id: account.id + (totalMinor < 0 ? known.creditNote : known.invoice) + first.key + (first.revision ? `:${first.revision}` : ''),
      kind, issuedOn: asOf, dueOn: known.dueOn, currency: account.currency, jurisdiction: account.jurisdiction, period: { start, end }, lines,
      subtotalMinor, taxes, taxMinor, totalMinor, prepaidMinor, dueMinor: totalMinor - prepaidMinor, creditLeftMinor: creditMinor - prepaidMinor,
      policyVersion: policy.version, taxTableVersion: taxTable.version,
    };
    return { type: 'accepted', value: bill, because: why };
  };
  return accept((input) => {
    try {
      return reader(input);
    } catch (error) {
      if (!(error instanceof BillingFault)) throw error;
      const of = at;
      at = -1;
      return mustBe(of < 0 ? error.path : `subscriptions[${of}].${error.path}`, error.must);
    }
  }, ...checked.because);
}

/**
 * The next bill of an account: proposed from its history, reconciled with what was billed, taxed and totalled. Charges make an invoice,
 * more billed than owed makes a credit note, nothing new is `null`; the same input gives the same bill, byte for byte (S0-08, S2-060).
 * @example nextBill({ account: { id: 'a', currency: 'CAD', jurisdiction: 'CA-QC' }, subscriptions: [{ id: 's', start: '2026-04-13', items: [{ key: 'net', terms: [{ from: '2026-04-13', sku: 'FTTH150I', description: 'Internet', unitMinor: 9995 }] }] }], asOf: '2026-04-13' }, { taxTable: canadaTaxTable }).value.totalMinor // 11492
 */
export function nextBill(input: BillInput, terms: BillingTerms): Decision<CustomerBill | null, BillRefusal> {
  const run = openBilling(terms);
  return readBillInput(input) ?? (run.type === 'refused' ? run : run.value(input));
}
