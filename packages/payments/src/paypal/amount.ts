/** Currencies PayPal takes with the decimals of ISO 4217; HUF and TWD it takes whole only, so they are left out. */
const TWO = new Set(['AUD', 'BRL', 'CAD', 'CHF', 'CZK', 'DKK', 'EUR', 'GBP', 'HKD', 'ILS', 'MXN', 'MYR', 'NOK', 'NZD', 'PHP', 'PLN', 'SEK', 'SGD', 'THB', 'USD']);
const digits = (currency: string): number | undefined => (currency === 'JPY' ? 0 : TWO.has(currency) ? 2 : undefined);

export interface PaypalAmount { readonly currency_code: string; readonly value: string }

/** Minor units as PayPal writes them; undefined for a currency it does not take. @example paypalAmount(11492, 'CAD') // { currency_code: 'CAD', value: '114.92' } */
export function paypalAmount(minor: number, currency: string): PaypalAmount | undefined {
  const places = digits(currency);
  if (places === undefined || !Number.isSafeInteger(minor) || minor < 0) return undefined;
  const text = String(minor).padStart(places + 1, '0');
  return { currency_code: currency, value: places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}` };
}

/** PayPal's decimal text in minor units, without floating point; NaN when it is none. @example paypalMinor({ currency_code: 'CAD', value: '114.9' }) // 11490 */
export function paypalMinor(amount: { readonly currency_code?: unknown; readonly value?: unknown } | undefined): number {
  const places = digits(String(amount?.currency_code));
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(String(amount?.value));
  if (places === undefined || !match || (match[2] ?? '').replace(/0+$/, '').length > places) return NaN;
  return Number(match[1]) * 10 ** places + Number((match[2] ?? '').slice(0, places).padEnd(places, '0') || 0);
}
