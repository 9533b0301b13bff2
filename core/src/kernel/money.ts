/** An amount in minor units (cents) of one ISO 4217 currency. Always a safe integer, never a float. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/**
 * Makes an amount from minor units.
 * @throws RangeError when `minor` is not a safe integer or the currency is not three capitals.
 * @example money(9995, 'CAD') // { minor: 9995, currency: 'CAD' }
 */
export function money(minor: number, currency: string): Money {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`money: ${minor} is not a whole number of minor units within the safe range`);
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`money: "${currency}" is not an ISO 4217 code`);
  return { minor: minor === 0 ? 0 : minor, currency };
}

function same(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new RangeError(`money: ${a.currency} and ${b.currency} cannot be combined`);
}

/** @example add(money(1, 'CAD'), money(2, 'CAD')) // { minor: 3, currency: 'CAD' } */
export function add(a: Money, b: Money): Money {
  same(a, b);
  return money(a.minor + b.minor, a.currency);
}

/** @example subtract(money(5, 'CAD'), money(2, 'CAD')) // { minor: 3, currency: 'CAD' } */
export function subtract(a: Money, b: Money): Money {
  same(a, b);
  return money(a.minor - b.minor, a.currency);
}

/** @example negate(money(5, 'CAD')) // { minor: -5, currency: 'CAD' } */
export function negate(a: Money): Money {
  return money(-a.minor, a.currency);
}

/** Sum of amounts; an empty list is zero of `currency`. @example sum([], 'CAD').minor // 0 */
export function sum(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce((total, one) => add(total, one), money(0, currency));
}

/** What becomes of the part of a unit: `halfUp` is half away from zero, `up` away from zero, `down` towards it. */
export type Rounding = 'halfUp' | 'halfEven' | 'halfDown' | 'up' | 'down' | 'floor' | 'ceiling';

const goesUp = (mode: Rounding, half: number, odd: boolean, negative: boolean): boolean =>
  mode === 'up' || (mode === 'floor' ? negative : mode === 'ceiling' ? !negative : mode !== 'down' && (half > 0 || (half === 0 && (mode === 'halfUp' || (mode === 'halfEven' && odd)))));

/**
 * amount × numerator ÷ denominator on integers, rounded half away from zero unless another mode is named, so that a credit mirrors its
 * charge. Exact beyond 2^53 by falling back to BigInt. Decision 13 of the billing reference.
 * @throws RangeError when an operand is not a safe integer, the denominator is 0, or the result leaves the safe range.
 * @example mulDiv(9995, 18, 30) // 5997
 * @example mulDiv(-5, 1, 2) // -3
 * @example mulDiv(5, 1, 2, 'halfEven') // 2
 */
export function mulDiv(amount: number, numerator: number, denominator: number, mode: Rounding = 'halfUp'): number {
  if (!Number.isSafeInteger(amount) || !Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator)) throw new RangeError(`mulDiv: ${amount} × ${numerator} ÷ ${denominator} are not safe integers`);
  if (denominator === 0) throw new RangeError('mulDiv: ÷ 0');
  const product = amount * numerator;
  const negative = product < 0 !== denominator < 0;
  let whole: number;
  if (Number.isSafeInteger(product)) {
    const magnitude = Math.abs(product);
    const by = Math.abs(denominator);
    whole = Math.floor(magnitude / by);
    // The quotient of two floats may be one too high; the rest, of safe integers, is exact.
    let rest = magnitude - whole * by;
    if (rest < 0) { whole -= 1; rest += by; }
    if (rest > 0 && (mode === 'halfUp' ? rest >= by - rest : goesUp(mode, rest - (by - rest), whole % 2 === 1, negative))) whole += 1;
  } else {
    const abs = (n: bigint): bigint => (n < 0n ? -n : n);
    const magnitude = abs(BigInt(amount) * BigInt(numerator));
    const by = abs(BigInt(denominator));
    const rest = magnitude % by;
    const up = rest > 0n && goesUp(mode, Number(rest * 2n - by), (magnitude / by) % 2n === 1n, negative);
    whole = Number(magnitude / by + (up ? 1n : 0n));
    if (!Number.isSafeInteger(whole)) throw new RangeError('mulDiv: result leaves the safe range');
  }
  return whole === 0 ? 0 : negative ? -whole : whole;
}
/**
 * Splits an amount by weights so that the shares always make the whole: each gets its exact share cut to a whole number, what is left over
 * goes one by one to the largest remainders. Of equal remainders the smallest key goes first; without keys, the first in the list. Weights are
 * whole and not negative; a negative amount mirrors.
 * @throws RangeError when the list is empty, a weight is negative or not a safe integer, all weights are 0, or their sum is not safe.
 * @example allocate(100, [1, 1, 1]) // [34, 33, 33]
 */
export function allocate(amount: number, weights: readonly number[], keys?: readonly string[]): readonly number[] {
  const whole = weights.reduce((sum, weight) => sum + (Number.isSafeInteger(weight) && weight >= 0 ? weight : NaN), 0);
  if (!Number.isSafeInteger(amount) || !(whole > 0 && Number.isSafeInteger(whole))) throw new RangeError('allocate: amount and weights must be safe integers, weights from 0, not all 0');
  const sign = amount < 0 ? -1 : 1;
  const shares = weights.map((weight, index) => {
    const exact = BigInt(Math.abs(amount)) * BigInt(weight);
    return { index, share: Number(exact / BigInt(whole)), rest: exact % BigInt(whole) };
  });
  const left = Math.abs(amount) - shares.reduce((sum, { share }) => sum + share, 0);
  for (const one of [...shares].sort((a, b) => (a.rest === b.rest ? (keys && keys[a.index]! !== keys[b.index]! ? (keys[a.index]! < keys[b.index]! ? -1 : 1) : a.index - b.index) : a.rest > b.rest ? -1 : 1)).slice(0, left)) one.share += 1;
  return shares.map(({ share }) => (share === 0 ? 0 : sign * share));
}
