import { refuse, type Refused } from '../../../core/src/index.ts';

const NAMES = /^(pan|cvv2?|cvc2?|csc|card_?number|card_?security_?code)$/i;
const ISSUERS = /^(4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[0689]\d{12}|35\d{14}|6(?:011|[45]\d{2})\d{12})$/;

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}

/**
 * Finds a card number or security code anywhere in a body, by field name or by looking like one (issuer range, length and check
 * digit). The hub keeps tokens only; what it never takes in it can never leak. The answer names the field, never the value.
 * @example refuseCardData({ payment: { cvv: '123' } })?.path // 'payment.cvv'
 */
export function refuseCardData(value: unknown, path = ''): Refused<'cardDataRefused'> | null {
  if (typeof value === 'string' || typeof value === 'number') {
    const digits = String(value).replace(/[\s-]/g, '');
    return ISSUERS.test(digits) && luhn(digits) ? refusal(path) : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    const found = NAMES.test(key) && inner !== null && inner !== '' ? refusal(at) : refuseCardData(inner, at);
    if (found) return found;
  }
  return null;
}

const refusal = (path: string) => refuse('cardDataRefused', `${path || 'The body'} looks like card data.`, { path, hint: 'Send the payment provider’s token (for Stripe, the PaymentIntent id) instead.' });
