import type { BilledItem, BilledSubscription, BillLine, Period, PriceTerm } from '../../core/src/index.ts';
import type { Library } from './library.ts';

/** Lines and, beside each, its amount as the library's own. */
export interface Draft<Money> {
  readonly lines: BillLine[];
  readonly amounts: Money[];
}
interface Span<Day> {
  readonly from: Day;
  readonly until: Day | undefined;
}
type Read<Day> = (text: string, path: string) => Day;
export interface RivalLines<Day, Money> {
  /** @throws RangeError when it is no day */
  readonly read: Read<Day>;
  readonly propose: (of: BilledSubscription, since: Day | undefined, asOf: Day, taxedOn: string) => Draft<Money> & { readonly window: Day | undefined };
  readonly reconcile: (owed: Draft<Money>, billed: readonly BillLine[]) => Draft<Money>;
}
export const isPlain = (id: unknown): boolean => typeof id === 'string' && /^[A-Za-z0-9._-]+$/.test(id);
const isAmount = (minor: number, quantity = 1): boolean => Number.isSafeInteger(minor) && Number.isSafeInteger(quantity) && quantity > 0 && Number.isSafeInteger(minor * quantity);
const same = (a: PriceTerm, b: PriceTerm): boolean => a.sku === b.sku && a.unitMinor === b.unitMinor && (a.quantity ?? 1) === (b.quantity ?? 1) && a.taxCode === b.taxCode;
const NEVER: readonly { readonly left: number; readonly days: number }[] = [];
const check = (right: boolean, path: string): void => {
  if (!right) throw new RangeError(path);
};

/**
 * `proposeLines` and `reconcileLines` for monthly subscriptions as core has them, step by step, on the days and amounts of a library: what
 * core does once for a bill, a period or a line is done once here too, and nothing is asked of the library that is not needed.
 */
export function rivalLines<Day, Money, Rate>(lib: Library<Day, Money, Rate>): RivalLines<Day, Money> {
  const { addDays, amount, anchorIn, dayText, daysBetween, isBefore, isNegative, isZero, minor, minus, part, plus, times } = lib;
  const none = amount(0);
  const read: Read<Day> = (text, path) => {
    const day = lib.readDay(text);
    if (day === undefined) throw new RangeError(path);
    return day;
  };
  const later = (a: Day, b: Day): Day => (isBefore(a, b) ? b : a);
  const sooner = (a: Day, b: Day | undefined): Day => (b !== undefined && isBefore(b, a) ? b : a);

  /** Terms as spans of days; equal ones that meet are one, empty ones go. */
  function spansOf(item: BilledItem, path: string, read: Read<Day>): readonly (Span<Day> & { readonly term: PriceTerm })[] {
    const spans: (Span<Day> & { readonly term: PriceTerm })[] = [];
    let next: Day | undefined;
    for (let i = item.terms.length; i-- > 0;) {
      const term = item.terms[i]!;
      const from = read(term.from, path);
      let until = term.until === undefined ? next : read(term.until, path);
      check(isAmount(term.unitMinor, term.quantity), path);
      check((until === undefined || !isBefore(until, from)) && (next === undefined || until === undefined || !isBefore(next, until)), path);
      next = from;
      if (until !== undefined && !isBefore(from, until)) continue;
      const after = spans[0];
      if (after && until !== undefined && same(term, after.term) && !isBefore(until, after.from)) {
        until = after.until;
        spans.shift();
      }
      spans.unshift({ from, until, term });
    }
    return spans;
  }
  /** The pauses within some days, as days left of the period when they begin and how many they are. */
  function pausesIn(a: Day, b: Day, to: Day, pauses: readonly Span<Day>[]): readonly { readonly left: number; readonly days: number }[] {
    return pauses.flatMap(({ from, until }) => {
      const start = later(a, from);
      const end = sooner(b, until);
      return isBefore(start, end) ? [{ left: daysBetween(start, to), days: daysBetween(start, end) }] : [];
    });
  }
  /** The price of some days: what is left of the whole when they begin, less what is left when they end. */
  function priceOf(whole: Money, left: number, days: number, ofDays: number): Money {
    const begin = left === ofDays ? whole : part(whole, left, ofDays);
    return left === days ? begin : minus(begin, part(whole, left - days, ofDays));
  }
  /** Discounts never take more than there is; the last one gives way first. */
  function capDiscounts({ lines, amounts }: Draft<Money>, at: number, over: Money): void {
    for (let i = lines.length; i-- > at && isNegative(over);) {
      if (!isNegative(amounts[i]!)) continue;
      const left = minus(amounts[i]!, over);
      amounts[i] = isNegative(left) ? left : none;
      over = isNegative(left) ? none : minus(none, left);
      lines[i] = { ...lines[i]!, amountMinor: minor(amounts[i]!), because: `${lines[i]!.because}; capped by what is left to discount` };
    }
  }
  function make(key: string, of: Omit<PriceTerm, 'from' | 'unitMinor'>, amountMinor: number, taxedOn: string, period: Period | undefined, why: string, days?: number, ofDays?: number, on?: string): BillLine {
    const { sku, description, quantity = 1, taxCode = 'standard', because } = of;
    return { key, sku, description, quantity, amountMinor, taxCode, taxedOn, on, period, days, ofDays, because: because === undefined ? why : `${why}; ${because}` };
  }

  const propose: RivalLines<Day, Money>['propose'] = (of, since, asOf, taxedOn) => {
    const { id, items, cadence, pauses: told = [], charges = [] } = of;
    check(isPlain(id), 'id');
    const start = read(of.start, 'start');
    const end = of.end === undefined ? undefined : read(of.end, 'end');
    check(end === undefined || !isBefore(end, start), 'end');
    const anchor = (cadence?.anchorDay as number | undefined) ?? lib.dayOfMonth(start);
    check((cadence?.unit ?? 'month') === 'month' && Number.isInteger(anchor) && anchor >= 1 && anchor <= 31, 'cadence');
    const pauses = told.map((pause, i): Span<Day> => ({ from: read(pause.from, `pauses[${i}].from`), until: pause.until === undefined ? undefined : read(pause.until, `pauses[${i}].until`) }));
    pauses.forEach(({ from, until }, i) => check((until === undefined || !isBefore(until, from)) && (i === 0 || (pauses[i - 1]!.until !== undefined && !isBefore(from, pauses[i - 1]!.until!))), `pauses[${i}]`));
    // Most terms of a subscription begin on one day.
    let text = '';
    let known = start;
    const readTerm = (day: string, path: string): Day => (day === text ? known : (known = read((text = day), path)));
    const spans = items.map((item, i) => {
      check(isPlain(item.key) && !items.some((other, j) => j < i && other.key === item.key), `items[${i}].key`);
      return spansOf(item, `items[${i}].terms`, readTerm);
    });

    const draft: Draft<Money> = { lines: [], amounts: [] };
    const { lines, amounts } = draft;
    const edgeBefore = (day: Day): Day => {
      const edge = anchorIn(day, 0, anchor);
      return isBefore(day, edge) ? anchorIn(day, -1, anchor) : edge;
    };
    const looked = edgeBefore(since === undefined ? start : later(since, start));
    const window = since === undefined || !isBefore(start, looked) ? undefined : looked;
    const feeMonths: string[] = [];
    // Lines of the same days share their period.
    let period: Period = { start: '', end: '' };
    const periodOf = (start: string, end: string): Period => (period.start === start && period.end === end ? period : (period = { start, end }));
    // Fees from one period earlier, to know which month's fee it paid.
    let quiet = window !== undefined && items.some((item) => item.prorated === false);
    let from = quiet ? anchorIn(looked, -1, anchor) : looked;
    for (;;) {
      const opens = later(from, start);
      if ((end !== undefined && !isBefore(opens, end)) || isBefore(asOf, opens)) break;
      const to = quiet ? looked : anchorIn(from, 1, anchor);
      const closes = sooner(to, end);
      const at = lines.length;
      let charged = none;
      let discounted = none;
      const ofDays = quiet ? 0 : daysBetween(from, to);
      for (let i = 0; i < items.length; i += 1) {
        const item = items[i]!;
        if ((quiet && item.prorated !== false) || (item.timing === 'arrears' && isBefore(asOf, closes))) continue;
        for (const span of spans[i]!) {
          const { term } = span;
          const a = later(opens, span.from);
          const b = sooner(closes, span.until);
          if (!isBefore(a, b)) continue;
          const fee = item.prorated === false;
          const breaks = pauses.length === 0 ? NEVER : pausesIn(a, b, to, pauses);
          // A fee does not count its days, but is not due when all of them are paused.
          const all = fee && breaks === NEVER ? 1 : daysBetween(a, b);
          const days = breaks.reduce((left, one) => left - one.days, all);
          if (days === 0) continue;
          const first = dayText(a);
          if (fee) {
            const month = first.slice(0, 7);
            if (month <= (feeMonths[i] ?? '')) continue;
            feeMonths[i] = month;
            if (quiet) continue;
          }
          const whole = times(amount(term.unitMinor), term.quantity ?? 1);
          if (fee) {
            amounts.push(whole);
            lines.push(make(`${id}:${item.key}:${feeMonths[i]}`, term, minor(whole), taxedOn, periodOf(first, dayText(b)), 'due whole for the month begun'));
            continue;
          }
          let mine = days === ofDays ? whole : priceOf(whole, daysBetween(a, to), all, ofDays);
          for (const one of breaks) mine = minus(mine, priceOf(whole, one.left, one.days, ofDays));
          const paused = all - days;
          const why = days === ofDays ? `the whole period, ${days} days` : `${days} of ${ofDays} days, ${first} to ${dayText(addDays(b, -1))}${paused > 0 ? `, ${paused} paused` : ''}`;
          amounts.push(mine);
          lines.push(make(`${id}:${item.key}:${first}`, term, minor(mine), taxedOn, periodOf(first, dayText(b)), why, days, ofDays));
          if (isNegative(mine)) discounted = plus(discounted, mine);
          else if (item.discountable !== false) charged = plus(charged, mine);
        }
      }
      if (discounted !== none) {
        const left = plus(charged, discounted);
        if (isNegative(left)) capDiscounts(draft, at, left);
      }
      from = to;
      quiet = false;
    }
    charges.forEach((one, i) => {
      const on = read(one.on, `charges[${i}].on`);
      check(isPlain(one.key) && isAmount(one.amountMinor) && isAmount(1, one.quantity), `charges[${i}]`);
      if (isBefore(asOf, on) || (window !== undefined && isBefore(on, window))) return;
      amounts.push(amount(one.amountMinor));
      lines.push(make(`${id}:${one.key}:once`, one, one.amountMinor, taxedOn, one.period, 'charged once', undefined, undefined, one.on));
    });
    return { ...draft, window };
  };

  const reconcile: RivalLines<Day, Money>['reconcile'] = (owed, billed) => {
    if (billed.length === 0) return owed;
    const before = new Map<string, { line: BillLine; sum: Money; lines: number }>();
    for (const line of billed) {
      const known = before.get(line.key);
      const sum = amount(line.amountMinor);
      before.set(line.key, known ? { line, sum: plus(known.sum, sum), lines: known.lines + 1 } : { line, sum, lines: 1 });
    }
    const out: Draft<Money> = { lines: [], amounts: [] };
    const correct = (line: BillLine, owes: Money, known: { line: BillLine; sum: Money; lines: number }): void => {
      const rest = minus(owes, known.sum);
      if (isZero(rest)) return;
      out.amounts.push(rest);
      out.lines.push({ ...line, amountMinor: minor(rest), ...(known.line.taxedOn !== undefined && { taxedOn: known.line.taxedOn }), revision: known.lines, because: `billed ${minor(known.sum)}, owed ${line.amountMinor}: ${line.because}` });
    };
    owed.lines.forEach((line, i) => {
      const known = before.get(line.key);
      if (known) {
        correct(line, owed.amounts[i]!, known);
        before.delete(line.key);
      } else {
        out.amounts.push(owed.amounts[i]!);
        out.lines.push(line);
      }
    });
    for (const known of before.values()) correct({ ...known.line, amountMinor: 0, because: 'no longer owed' }, none, known);
    return out;
  };
  return { read, propose, reconcile };
}
