import { refuse, type Refused } from '../kernel/decision.ts';

// Issuer ranges with the lengths they use. Without them one id in ten would pass the Luhn check by chance.
const ISSUERS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:30[0-5]|3095|36|3[89])/, [14, 15, 16, 17, 18, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(?:6011|64[4-9]|65|62|81)/, [16, 17, 18, 19]],
  [/^(?:50|5[6-9]|60|61|63|67|69)/, [13, 14, 15, 16, 17, 18, 19]],
  [/^220[0-4]/, [16, 17, 18, 19]],
];
// How cards are written: in such groups one is found even beside other digits; in four fours even of an unknown issuer.
const GROUPED = /^4 4 4 [1-4](?: [1-3])?$|^4 6 [45]$/;
const SECRET_KEY = /^(?:(?:credit|debit|payment)?card(?:number|no|num|pan|cvv|cvc|cvn|cid|code|securitycode|verificationcode)|cardnumber.*|ccnumber|ccnum|ccno|cccvv|cccvc|pan|primaryaccountnumber|cvv2?|cvc2?|cvn2?|csc|securitycode|cardsecurity.*|track[12]data|track[12]|magstripe|numerocarte|numerodecarte|cryptogramme)$/;

function luhn(digits: string): boolean {
  let total = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    total += i % 2 === 0 ? digit : digit < 5 ? digit * 2 : digit * 2 - 9;
  }
  return total % 10 === 0 && !/^(\d)\1*$/.test(digits);
}

function isCard(groups: readonly string[]): boolean {
  const digits = groups.join('');
  if (digits.length < 13 || digits.length > 19 || !luhn(digits)) return false;
  const shape = groups.map((one) => one.length).join(' ');
  if (shape === '4 4 4 4') return true;
  // Ten digits in the groups of a telephone number are one, whatever extension follows.
  if (/^(?:1 )?3 3 4\b/.test(shape) || (groups.length > 1 && digits.length === 13 && groups[0]!.length !== 4)) return false;
  return ISSUERS.some(([range, lengths]) => range.test(digits) && lengths.includes(digits.length));
}

function holdsCard(text: string): boolean {
  const plain = text.normalize('NFKC');
  if (/^\s*-?\d{1,12}\.\d+\s*$/.test(plain)) return false; // a decimal number, e.g. a coordinate
  for (const found of plain.matchAll(/(?<![\p{L}\d_+.])(\+?)(\d+(?:[\s.\u2010-\u2015\u2212-]{1,3}\d+)*)(?![\p{L}\d_])/gu)) {
    const groups = found[2]!.split(/\D+/);
    const count = groups.reduce((sum, one) => sum + one.length, 0);
    if (found[1] === '+' && count <= 15) continue; // E.164
    if (isCard(groups)) return true;
    for (let from = 0; from < groups.length; from++) {
      for (const size of [3, 4, 5]) {
        const window = groups.slice(from, from + size);
        if (window.length === size && GROUPED.test(window.map((one) => one.length).join(' ')) && isCard(window)) return true;
      }
      if (groups.length > 1 && groups[from]!.length >= 13 && isCard([groups[from]!])) return true;
    }
  }
  return false;
}

/**
 * Looks for payment card data anywhere in a payload, at any depth: a card number by its digits (Luhn, issuer range or the way cards are
 * grouped; spaces, dashes and dots allowed), or a field named like one or like its security code. Only tokens may come in. Telephone
 * numbers, ids, coordinates and timestamps are left alone. The refusal says where, never what.
 * @example findCardData({ note: '4111 1111 1111 1111' })?.path // 'note'
 */
export function findCardData(payload: unknown): Refused<'cardDataRefused'> | null {
  const stack: { value: unknown; path: string }[] = [{ value: payload, path: '' }];
  const seen = new Set<object>();
  while (stack.length > 0) {
    const { value, path } = stack.pop()!;
    const no = (at: string) => refuse('cardDataRefused', 'The payload holds payment card data; it was not kept.', { path: at, hint: 'Send the payment intent of the payment form only. Card numbers and security codes must never reach this system.' });
    if (typeof value === 'string' && holdsCard(value)) return no(path);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && isCard([String(value)])) return no(path);
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i--) stack.push({ value: value[i], path: `${path}[${i}]` });
      continue;
    }
    for (const [key, inner] of Object.entries(value).reverse()) {
      if (holdsCard(key)) return no(path);
      const at = path ? `${path}.${key}` : key;
      const named = SECRET_KEY.test(key.normalize('NFD').toLowerCase().replace(/[^a-z0-9]/g, ''));
      if (named && (typeof inner === 'number' || (typeof inner === 'string' && inner.trim() !== ''))) return no(at);
      stack.push({ value: inner, path: at });
    }
  }
  return null;
}
