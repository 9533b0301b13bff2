import { dayNumber, isCivilDate, type CivilDate } from '../kernel/civil.ts';
import { isCurrency } from '../kernel/currency.ts';
import { decimals } from '../kernel/decimal.ts';
import { accept, deny, mustBe, refuse, type Decision } from '../kernel/decision.ts';
import { money, mulDiv, type Money } from '../kernel/money.ts';
import { any, day, int, line, misfit, object, text } from '../kernel/shapes.ts';

/** What one unit of `from` was in `to` on a day, as its source wrote it: a decimal, never a float. */
export interface ExchangeRate {
  readonly from: string;
  readonly to: string;
  readonly on: CivilDate;
  readonly rate: string;
}
export interface ExchangeTable {
  readonly version: string;
  /** Who says so, e.g. a central bank. */
  readonly source: string;
  /** How many days a rate may be old, for days without one, such as weekends. Default 0: of that very day. */
  readonly maxAgeDays?: number;
  readonly rates: readonly ExchangeRate[];
}
/** An amount for a report or a display, with the rate that made it; `rate` is null where nothing had to be converted. */
export interface Converted {
  readonly amount: Money;
  readonly original: Money;
  readonly on: CivilDate;
  readonly rate: (ExchangeRate & { readonly source: string; readonly tableVersion: string }) | null;
}

const code = text('^[A-Z]{3}$', 'three capitals');
const shape = object({ version: line, source: line, rates: any(object({ from: code, to: code, on: day, rate: text('^\\d{1,6}(\\.\\d{1,9})?$', 'a decimal of at most 6 and 9 digits') })) }, { maxAgeDays: int(0, 31) });

/**
 * An amount in another currency, by a dated table, for reports and display only: what is owed is never converted (decision 43, S2-096).
 * Rounded half away from zero to the decimals of the target. A pair or day that the table does not have is refused, and no rate is turned
 * round or chained: selling is not buying. The rate used is part of the answer; keep it with the figure.
 * @example convert(money(11492, 'CAD'), 'USD', '2026-04-01', { version: '1', source: 'x', rates: [{ from: 'CAD', to: 'USD', on: '2026-04-01', rate: '0.7312' }] }).value.amount // { minor: 8403, currency: 'USD' }
 */
export function convert(amount: Money, to: string, on: CivilDate, table: ExchangeTable): Decision<Converted, 'badInput' | 'rateUnknown'> {
  const bad = misfit(shape, table);
  if (bad) return bad;
  const { minor, currency } = Object(amount) as Money;
  if (!Number.isSafeInteger(minor)) return mustBe('amount.minor', 'whole minor units within the safe range');
  if (!isCurrency(currency)) return mustBe('amount.currency', 'an ISO 4217 currency in use');
  if (!isCurrency(to)) return mustBe('to', 'an ISO 4217 currency in use');
  if (!isCivilDate(on)) return mustBe('on', 'a day written YYYY-MM-DD');
  const original = money(minor, currency);
  if (currency === to) return accept({ amount: original, original, on, rate: null }, 'the same currency');

  const asked = dayNumber(on);
  let best: ExchangeRate | undefined;
  for (const [index, one] of table.rates.entries()) {
    if (!isCivilDate(one.on)) return mustBe(`rates[${index}].on`, 'a day written YYYY-MM-DD');
    const age = asked - dayNumber(one.on);
    if (one.from !== currency || one.to !== to || age < 0 || age > (table.maxAgeDays ?? 0)) continue;
    if (best?.on === one.on && best.rate !== one.rate) return deny('badInput', `rates[${index}]`, `${currency} to ${to} has two rates on ${one.on}.`, 'Keep the one that holds.');
    if (!best || one.on > best.on) best = one;
  }
  if (!best) return refuse('rateUnknown', `There is no rate from ${currency} to ${to} for ${on}.`, { path: 'rates', hint: 'Add the rate of that day, or allow older ones with maxAgeDays. No rate is turned round or chained.', facts: { from: currency, to, on } });

  const [whole = '', part = ''] = best.rate.split('.');
  const numerator = Number(whole + part);
  if (numerator === 0) return deny('badInput', 'rates', `The rate from ${currency} to ${to} on ${best.on} is 0.`);
  const more = decimals(to) - decimals(currency);
  const scaled = minor * 10 ** Math.max(more, 0);
  // Both within the safe range, so that nothing but the last step rounds.
  const result = Number.isSafeInteger(scaled) ? exactly(scaled, numerator, 10 ** (part.length + Math.max(-more, 0))) : undefined;
  if (result === undefined) return mustBe('amount.minor', 'small enough to be converted exactly');
  const { from, rate } = best;
  return accept({ amount: money(result, to), original, on, rate: { from, to, on: best.on, rate, source: table.source, tableVersion: table.version } }, `1 ${from} was ${rate} ${to} on ${best.on}, ${table.source}`);
}

function exactly(amount: number, numerator: number, denominator: number): number | undefined {
  try {
    return mulDiv(amount, numerator, denominator);
  } catch {
    return undefined;
  }
}
