import { money, type Money } from './money.ts';

const DECIMALS: Readonly<Record<string, number>> = {
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
};

/** How many decimals a currency has (ISO 4217): 0, 2 or 3. @example decimals('CAD') // 2 */
export function decimals(currency: string): number {
  return DECIMALS[currency] ?? 2;
}

/**
 * Money as people write it, without a locale: the dot and the currency's own decimals.
 * @example formatMoney(money(-505, 'CAD')) // '-5.05 CAD'
 */
export function formatMoney({ minor, currency }: Money): string {
  return `${toDecimal(minor, currency)} ${currency}`;
}

/** Minor units as a decimal string, for systems that speak decimals. @example toDecimal(9995, 'CAD') // '99.95' */
export function toDecimal(minor: number, currency: string): string {
  const places = decimals(currency);
  const digits = String(Math.abs(minor)).padStart(places + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/**
 * Reads a decimal (string, or the float a JSON API gave) into minor units without float arithmetic.
 * @throws RangeError when it has more significant decimals than the currency (float noise beyond 6 places is ignored).
 * @example fromDecimal(114.92, 'CAD') // 11492
 */
export function fromDecimal(value: string | number, currency: string): number {
  const places = decimals(currency);
  // The shortest spelling of a float is what its sender wrote; only where that carries noise (0.1 + 0.2) it is cut to 6 places.
  const short = String(value).trim();
  const text = typeof value === 'number' && (short.split('.')[1]?.length ?? 0) > places ? value.toFixed(6) : short;
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(/e/i.test(text) && typeof value === 'number' ? value.toFixed(6) : text);
  if (!match) throw new RangeError(`fromDecimal: "${value}" is not a decimal amount`);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > places) throw new RangeError(`fromDecimal: ${value} has more than ${places} decimals for ${currency}`);
  const minor = Number(match[2] + fraction.padEnd(places, '0'));
  return money(match[1] ? -minor : minor, currency).minor;
}
