import type { BillInput, BillLine, BillingTerms, CustomerBill, TaxExemption, TaxLine, TaxRate } from '../../core/src/index.ts';
import type { Library } from './library.ts';
import { isPlain, rivalLines, type Draft } from './rivalLines.ts';

/** What is raced: lines, taxes and total, without the bill around them. */
export interface Calculation {
  readonly lines: readonly BillLine[];
  readonly taxes: readonly TaxLine[];
  readonly totalMinor: number;
}
export interface Contestant {
  readonly name: string;
  readonly calculate: (input: BillInput) => Calculation;
  readonly bill: (input: BillInput) => CustomerBill | null;
}
/** The taxes of a day; days with the same `rates` are one total. */
interface Due<Rate> {
  readonly rates: string;
  readonly taxes: readonly { readonly rate: TaxRate; readonly factor: Rate; readonly because: string }[];
}

/** The biller of a run as `openBilling` makes it, on the days and amounts of a library. Taxes of a day and the night's day are read once. */
export function rival<Day, Money, Rate>(lib: Library<Day, Money, Rate>, { taxTable, policy = { version: 'billing/1', dueInDays: 0 } }: BillingTerms): Contestant {
  const { propose, read, reconcile } = rivalLines(lib);
  const none = lib.amount(0);
  let tonight = { text: '', day: undefined as Day | undefined, dueOn: '' };

  let duesOf = '';
  const dues = new Map<string, Due<Rate>>();
  function taxesOn(place: string, on: string, exemptions: readonly TaxExemption[] = []): Due<Rate> {
    if (place !== duesOf) {
      duesOf = place;
      dues.clear();
    }
    const known = exemptions.length === 0 ? dues.get(on) : undefined;
    if (known) return known;
    const rules = taxTable.jurisdictions[place];
    if (!rules || on < rules.since) throw new RangeError('jurisdiction');
    const holds = (span: { readonly from?: string; readonly until?: string }): boolean => !(span.from! > on) && !(span.until! <= on);
    const taxes = rules.rates
      .filter((rate) => holds(rate) && !exemptions.some((one) => one.tax === rate.tax && holds(one)))
      .map((rate) => ({ rate, factor: lib.rate(rate.ratePpm), because: `${rate.tax} of ${rate.ratePpm / 10_000} % on the taxable total, ${place}, ${on}` }));
    const due = { rates: taxes.map(({ rate }) => `${rate.tax}${rate.ratePpm}`).join(), taxes };
    if (exemptions.length === 0) dues.set(on, due);
    return due;
  }
  /** Each tax once on the total of the lines with its rates; without `byDay` all lines have those of the night. */
  function applyTaxes({ lines, amounts }: Draft<Money>, place: string, byDay: boolean, exemptions?: readonly TaxExemption[]): { readonly taxes: readonly TaxLine[]; readonly subtotal: Money; readonly tax: Money } {
    let subtotal = none;
    const groups: { readonly due: Due<Rate>; total: Money }[] = [];
    let day = '';
    let group: (typeof groups)[number] | undefined;
    for (let i = 0; i < lines.length; i += 1) {
      const { taxCode, taxedOn } = lines[i]!;
      const rule = taxTable.codes[taxCode];
      if (rule === undefined) throw new RangeError('taxCode');
      const on = byDay && taxedOn !== undefined ? taxedOn : tonight.text;
      if (on !== day) {
        day = on;
        const due = taxesOn(place, day, exemptions);
        group = groups.find((one) => one.due.rates === due.rates);
        if (!group) groups.push((group = { due, total: none }));
      }
      subtotal = lib.plus(subtotal, amounts[i]!);
      if (rule === 'taxed') group!.total = lib.plus(group!.total, amounts[i]!);
    }
    const taxes: TaxLine[] = [];
    let tax = none;
    for (const { due, total } of groups) {
      for (const { rate, factor, because } of due.taxes) {
        const one = lib.tax(total, factor);
        tax = lib.plus(tax, one);
        taxes.push({ tax: rate.tax, label: rate.label, ratePpm: rate.ratePpm, taxableMinor: lib.minor(total), amountMinor: lib.minor(one), because });
      }
    }
    return { taxes, subtotal, tax };
  }
  function openNight(asOf: string): Day {
    if (asOf !== tonight.text) {
      const day = read(asOf, 'asOf');
      tonight = { text: asOf, day, dueOn: lib.dayText(lib.addDays(day, policy.dueInDays)) };
    }
    return tonight.day!;
  }

  const calculate = ({ account, subscriptions: [of], asOf, since, billed = [] }: BillInput): Calculation => {
    const day = openNight(asOf);
    const draft = reconcile(propose(of!, since === undefined ? undefined : read(since, 'since'), day, asOf), billed);
    const { taxes, subtotal, tax } = applyTaxes(draft, account.jurisdiction, false);
    return { lines: draft.lines, taxes, totalMinor: lib.minor(lib.plus(subtotal, tax)) };
  };
  const bill = ({ account, subscriptions, asOf, since, billed, creditMinor = 0 }: BillInput): CustomerBill | null => {
    if (!isPlain(account.id)) throw new RangeError('account.id');
    if (!/^[A-Z]{3}$/.test(account.currency)) throw new RangeError('account.currency');
    if (!Number.isSafeInteger(creditMinor) || creditMinor < 0) throw new RangeError('creditMinor');
    const day = openNight(asOf);
    const from = since === undefined ? undefined : read(since, 'since');
    const all: Draft<Money> = { lines: [], amounts: [] };
    for (const of of subscriptions) {
      const owed = propose(of, from, day, asOf);
      const first = owed.window === undefined ? '' : lib.dayText(owed.window);
      const mine = (billed ?? []).filter((line) => line.key.startsWith(`${of.id}:`) && (line.on ?? line.period?.start ?? '') >= first);
      const wanted = reconcile(owed, mine);
      all.lines.push(...wanted.lines);
      all.amounts.push(...wanted.amounts);
    }
    const { lines } = all;
    const [first] = lines;
    if (!first) return null;
    let { start, end } = { start: asOf, end: asOf };
    for (const { period } of lines) {
      if (!period) continue;
      if (period.start < start) start = period.start;
      if (period.end > end) end = period.end;
    }
    const { taxes, subtotal, tax } = applyTaxes(all, account.jurisdiction, true, account.exemptions);
    const total = lib.plus(subtotal, tax);
    const credit = lib.amount(creditMinor);
    const rest = lib.minus(total, credit);
    const prepaid = lib.isNegative(total) ? none : lib.isNegative(rest) ? total : credit;
    const kind = lib.isNegative(total) ? 'creditNote' : 'invoice';
    return {
      id: `${account.id}:${kind}:${asOf}:${first.key}${first.revision === undefined ? '' : `:${first.revision}`}`,
      kind, issuedOn: asOf, dueOn: tonight.dueOn, currency: account.currency, jurisdiction: account.jurisdiction, period: { start, end }, lines,
      subtotalMinor: lib.minor(subtotal), taxes, taxMinor: lib.minor(tax), totalMinor: lib.minor(total), prepaidMinor: lib.minor(prepaid),
      dueMinor: lib.minor(lib.minus(total, prepaid)), creditLeftMinor: lib.minor(lib.minus(credit, prepaid)),
      policyVersion: policy.version, taxTableVersion: taxTable.version,
    };
  };
  return { name: lib.name, calculate, bill };
}
