import { cadenceFault, edge, edgeBefore, gridOf, monthly } from '../kernel/cadence.ts';
import { dayNumber, dayOfMonth, dayText, monthOf, type CivilDate, type Period } from '../kernel/civil.ts';
import { mulDiv } from '../kernel/money.ts';
import type { BilledItem, BilledSubscription, PriceTerm } from './billedSubscription.ts';
import { fail, isAmount, isPlain, PLAIN, readDay } from './billingFault.ts';
import type { BillLine } from './customerBill.ts';

interface Span {
  from: number;
  until: number;
}
const AMOUNT = 'of whole minor units, a safe integer, and a quantity from 1';
const FOREVER = 3_000_000;
const NEVER: readonly Span[] = [];
// Words that recur on every bill, made once.
const wholePeriods: Record<number, string> = {};
const stamps = new Array<string>(65_745);
// Scratch of one call, kept so that a run over a million subscriptions does not make a million lists.
const terms: (Span & { minor: number })[] = [];
const feeMonths: number[] = [];
let [periodFrom, periodUntil, period] = [0, 0, { start: '', end: '' }];

/**
 * Everything a subscription owes that is due on a day, from the periods that end after `since`: the truth as its history stands now,
 * whatever was billed before. Lines are appended to `lines`. Edges come from the anchor, a part is measured against the anchor-aligned
 * period, and the day of a change belongs to what comes after it (0.3 to 0.5, decisions 8, 10, 11, 18 to 24). Days are day numbers.
 * @returns the day number from which it looked, and for which lines must be known: the first day of the period `since` lies in.
 * @throws BillingFault on impossible input; `nextBill` refuses with it.
 * @example proposeLines({ id: 's', start: '2026-04-13', cadence: { unit: 'month', anchorDay: 1 }, items: [{ key: 'net', terms: [{ from: '2026-04-13', sku: 'A', description: 'A', unitMinor: 9995 }] }] }, dayNumber('2026-05-10'), dayNumber('2026-05-10'), []) // 20574
 */
export function proposeLines(of: BilledSubscription, since: number, asOf: number, lines: BillLine[]): number {
  const { items, cadence = monthly } = of;
  if (!isPlain(of.id)) fail('id', PLAIN);
  const start = readDay(of.start, 'start');
  const end = of.end === undefined ? FOREVER : readDay(of.end, 'end');
  if (end < start) fail('end', 'not before start');
  const wrong = cadenceFault(cadence);
  if (wrong) fail(`cadence.${wrong.path}`, 'possible');
  const pauses = readPauses(of.pauses);
  if (!Array.isArray(items)) fail('items', 'a list');
  const fees = readItems(items, of.start, start);

  const taxedOn = dayText(asOf);
  const grid = gridOf(cadence, start);
  const wanted = edgeBefore(grid, Math.max(since, start));
  const begins = edge(grid, wanted);
  const window = begins <= start ? -FOREVER : begins;
  const prefix = `${of.id}:`;
  // From one period earlier when it may have paid the fee of the month in which the first one wanted begins.
  const earlier = fees > -FOREVER && Math.max(fees, start, edge(grid, wanted - 1)) >= dayOfMonth(monthOf(begins), 1);
  for (let k = earlier ? wanted - 1 : wanted, from = earlier ? edge(grid, k) : begins; ; k += 1) {
    const opens = Math.max(from, start);
    if (opens >= end || (opens > asOf && !(of.stub === 'withNext' && start <= asOf && edge(grid, k - 1) < start))) break;
    const to = edge(grid, k + 1);
    const closes = Math.min(to, end);
    const quiet = k < wanted;
    if (k - wanted > 1200) fail('start', 'less than 1200 periods back');
    const at = lines.length;
    let charged = 0;
    let discounted = 0;
    for (let i = 0, t = 0; i < items.length; i += 1) {
      const item = items[i]!;
      const mine = item.terms;
      for (let j = 0; j < mine.length; j += 1) {
        const span = terms[t++]!;
        const a = Math.max(span.from, opens);
        const b = Math.min(span.until, closes);
        if (a >= b || (item.timing === 'arrears' && closes > asOf)) continue;
        const term = mine[j]!;
        const key = prefix + item.key;
        if (item.prorated === false) {
          feeLines(key, i, term, span.minor, a, b, from, grid.months ? grid.anchor : 0, pauses, quiet ? undefined : lines, taxedOn);
        } else if (!quiet) {
          const line = partLine(key, term, span.minor, a, b, to, to - from, pauses, taxedOn);
          if (!line) continue;
          lines.push(line);
          if (line.amountMinor < 0) discounted += line.amountMinor;
          else if (item.discountable !== false) charged += line.amountMinor;
        }
      }
    }
    capDiscounts(lines, at, 0 - charged - discounted);
    from = to;
  }
  chargeLines(of, window, asOf, lines, taxedOn);
  return window;
}

function readPauses(pauses: BilledSubscription['pauses']): readonly Span[] {
  let last = 0;
  return pauses?.map((pause, i) => {
    const from = readDay(pause.from, `pauses[${i}].from`);
    const until = pause.until === undefined ? FOREVER : readDay(pause.until, `pauses[${i}].until`);
    if (until < from || from < last) fail(`pauses[${i}]`, 'of days in order');
    return { from, until: (last = until) };
  }) ?? NEVER;
}
/** Reads the terms of all items into `terms`, one after the other; a term ends where the next begins. Gives the day the last fee began, long ago for none. */
function readItems(items: readonly BilledItem[], text: CivilDate, number: number): number {
  let t = 0;
  let fees = -FOREVER;
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i]!;
    const mine = item.terms;
    if (!isPlain(item.key)) fail(`items[${i}].key`, PLAIN);
    for (let j = i; j-- > 0;) if (items[j]!.key.length === item.key.length && items[j]!.key === item.key) fail(`items[${i}].key`, 'used once');
    feeMonths[i] = -1;
    let next = FOREVER;
    let after = -1;
    for (let j = mine.length; j-- > 0;) {
      const term = mine[j]!;
      // Most terms of a subscription begin on one day.
      const from = term.from === text ? number : (number = dayNumber((text = term.from)));
      const until = term.until === undefined ? next : dayNumber(term.until);
      if (!(from <= until && until <= next)) fail(`items[${i}].terms[${j}]`, 'of days in order');
      const { unitMinor, quantity = 1 } = term;
      if (!isAmount(unitMinor, quantity)) fail(`items[${i}].terms[${j}]`, AMOUNT);
      const span = (terms[t + j] ??= { from, until, minor: 0 });
      span.minor = unitMinor * quantity;
      span.from = from;
      span.until = until;
      // There and back on one day is as if nothing had been: equal terms that meet are one.
      if (from < until) {
        if (after >= 0 && terms[t + after]!.from === until && sameTerm(term, mine[after]!)) {
          span.until = terms[t + after]!.until;
          terms[t + after]!.until = until;
        }
        after = j;
      }
      next = from;
      if (item.prorated === false && from > fees) fees = from;
    }
    t += mine.length;
  }
  return fees;
}
function sameTerm(a: PriceTerm, b: PriceTerm): boolean {
  return a.sku === b.sku && a.unitMinor === b.unitMinor && (a.quantity ?? 1) === (b.quantity ?? 1) && a.taxCode === b.taxCode;
}
/** The days of a span in which the service was not paused. */
function unpaused(a: number, b: number, pauses: readonly Span[]): number {
  let days = b - a;
  if (pauses !== NEVER) for (const { from, until } of pauses) days -= Math.max(0, Math.min(b, until) - Math.max(a, from));
  return days;
}
/**
 * The price of the days from a to b: what is left of the period's price at a, less what is left at b, each rounded. So a credit of unused
 * days is that part rounded by itself (decision 23), and parts at one price always make the whole.
 */
function priceOf(amount: number, a: number, b: number, to: number, ofDays: number): number {
  return mulDiv(amount, to - a, ofDays) - (b === to ? 0 : mulDiv(amount, to - b, ofDays));
}
/** The line of a term. Charges make theirs themselves: reading whatever comes here, in all its forms, took a tenth of a bill. */
function make(key: string, { sku, description, quantity = 1, taxCode = 'standard', because }: PriceTerm, amountMinor: number, taxedOn: CivilDate, span: Period, why: string, days?: number, ofDays?: number): BillLine {
  return { key, sku, description, quantity, amountMinor, taxCode, taxedOn, on: undefined, period: span, days, ofDays, because: because ? `${why}; ${because}` : why };
}
function periodOf(a: number, b: number): Period {
  return periodFrom === a && periodUntil === b ? period : (period = { start: dayText((periodFrom = a)), end: dayText((periodUntil = b)) });
}
function partLine(key: string, term: PriceTerm, minor: number, a: number, b: number, to: number, ofDays: number, pauses: readonly Span[], taxedOn: CivilDate): BillLine | undefined {
  const days = unpaused(a, b, pauses);
  if (days === 0) return undefined;
  let amountMinor = minor;
  if (days !== ofDays) {
    amountMinor = priceOf(minor, a, b, to, ofDays);
    for (const { from, until } of pauses) if (from < b && until > a) amountMinor -= priceOf(minor, Math.max(a, from), Math.min(b, until), to, ofDays);
  }
  const paused = b - a - days;
  const why = days === ofDays ? (wholePeriods[days] ??= `the whole period, ${days} days`) : `${days} of ${ofDays} days, ${dayText(a)} to ${dayText(b - 1)}${paused > 0 ? `, ${paused} paused` : ''}`;
  return make(key + (stamps[a] ??= `:${dayText(a)}`), term, amountMinor, taxedOn, periodOf(a, b), why, days, ofDays);
}
/** A fee due whole for each month begun: the month in which its part of the period begins and, in longer periods, each month after. */
function feeLines(key: string, i: number, term: PriceTerm, minor: number, a: number, b: number, base: number, anchor: number, pauses: readonly Span[], lines: BillLine[] | undefined, taxedOn: CivilDate): void {
  const first = monthOf(base);
  for (let at = a, n = 0; at < b;) {
    const month = monthOf(at);
    let next = b;
    if (anchor > 0) do next = dayOfMonth(first + ++n, anchor); while (next <= at);
    if (next > b) next = b;
    if (month > feeMonths[i]! && unpaused(at, next, pauses) > 0) {
      feeMonths[i] = month;
      lines?.push(make(`${key}:${dayText(at).slice(0, 7)}`, term, minor, taxedOn, periodOf(at, next), 'due whole for the month begun'));
    }
    at = next;
  }
}
/** Discounts never take more than there is to discount; the last one listed gives way first (decision 8). */
function capDiscounts(lines: BillLine[], at: number, over: number): void {
  for (let i = lines.length; over > 0 && i-- > at;) {
    const line = lines[i]!;
    if (line.amountMinor >= 0) continue;
    const give = Math.min(over, -line.amountMinor);
    over -= give;
    lines[i] = { ...line, amountMinor: line.amountMinor + give || 0, because: `${line.because}; capped by what is left to discount` };
  }
}
function chargeLines({ id, charges }: BilledSubscription, since: number, asOf: number, lines: BillLine[], taxedOn: CivilDate): void {
  charges?.forEach((one, i) => {
    const on = readDay(one.on, `charges[${i}].on`);
    if (!isPlain(one.key)) fail(`charges[${i}].key`, PLAIN);
    if (!isAmount(one.amountMinor) || !isAmount(1, one.quantity)) fail(`charges[${i}]`, AMOUNT);
    if (on > asOf || on < since) return;
    const { sku, description, quantity = 1, amountMinor, taxCode = 'standard', period, because } = one;
    lines.push({ key: `${id}:${one.key}:once`, sku, description, quantity, amountMinor, taxCode, taxedOn, on: one.on, period, days: undefined, ofDays: undefined, because: because ? `charged once; ${because}` : 'charged once' });
  });
}
