import { deny, type Refused } from '../kernel/decision.ts';
import type { Json } from '../kernel/json.ts';
import type { Capability, ParameterType, ParameterValue } from './deviceProfile.ts';

/**
 * What a wish is on the device: its word mapped, its form checked. Nobody is told the value in a refusal, as it may be a secret.
 * @example wantedValue('wifi.24.ssid', { path: ['x'], type: 'string', check: { utf8Bytes: [1, 32] } }, '日本日本日本日本日本日') // refused badInput, desired.wifi.24.ssid
 */
export function wantedValue(name: string, { type, map, check = {} }: Capability, wish: ParameterValue): { readonly value: ParameterValue } | Refused<'badInput'> {
  const no = (message: string, hint?: string): Refused<'badInput'> => deny('badInput', `desired.${name}`, `${name}: ${message}`, hint);
  if (map) {
    const word = typeof wish === 'object' ? '' : String(wish);
    return Object.hasOwn(map, word) ? { value: map[word]! } : no(`must be one of ${Object.keys(map).join(', ')}.`);
  }
  if (type === 'boolean') return typeof wish === 'boolean' ? { value: wish } : no('must be true or false.');
  if (type === 'string') {
    if (typeof wish !== 'string') return no('must be a text.', 'Put it in quotes.');
    // XML 1.0 cannot carry these, so no CWMP session can; half a surrogate pair is no character.
    // eslint-disable-next-line no-control-regex
    if (/[\u0000-\u001f\u007f\ufffe\uffff]/.test(wish) || /\p{Surrogate}/u.test(wish)) return no('has characters a device cannot be sent.', 'Take out line ends and control characters.');
    const { utf8Bytes, ascii, regex } = check;
    const bytes = new TextEncoder().encode(wish).length;
    if (utf8Bytes && (bytes < utf8Bytes[0]! || bytes > utf8Bytes[1]!)) return no(`must have ${utf8Bytes[0]} to ${utf8Bytes[1]} bytes; it has ${bytes}.`, 'Accents count two bytes, other scripts three.');
    if (ascii && !(/^[\x20-\x7e]*$/.test(wish) && wish.length >= ascii[0]! && wish.length <= ascii[1]!)) return no(`must have ${ascii[0]} to ${ascii[1]} plain characters.`, 'Letters without accents, digits, signs.');
    return regex && !new RegExp(regex).test(wish) ? no(`must have the form ${regex}.`) : { value: wish };
  }
  if (typeof wish !== 'number' || !Number.isSafeInteger(wish) || (type === 'unsignedInt' && wish < 0)) return no('must be a whole number.', 'Send a number, not a text.');
  const [from, to] = check.range ?? [type === 'int' ? -2_147_483_648 : 0, 4_294_967_295];
  return wish < from! || wish > to! ? no(`must be from ${from} to ${to}.`) : { value: wish };
}

/**
 * A value in another type of the data model, where that is the same thing; the device's own type goes before the profile's.
 * @example inType(1, 'boolean') // true
 */
export function inType(value: ParameterValue, type: ParameterType): ParameterValue | undefined {
  const text = String(value);
  if (type === 'string') return text;
  if (type === 'boolean') return ({ true: true, 1: true, false: false, 0: false } as const)[text.toLowerCase() as 'true'];
  const number = typeof value === 'boolean' ? Number(value) : /^-?\d+$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(number) && (type === 'int' || number >= 0) ? number : undefined;
}

/** Whether a device reports what is wanted: `"300"` is 300, `"1"` is true; texts to the letter. @example reads({ value: 300, type: 'unsignedInt' }, '300') // true */
export function reads(wanted: { readonly value: ParameterValue; readonly type: ParameterType }, reported: Json | undefined): boolean {
  return reported !== undefined && reported !== null && typeof reported !== 'object' && inType(reported, wanted.type) === wanted.value;
}
