import { accept, refuse, type Decision } from '../kernel/decision.ts';

/**
 * Reads a telephone number into E.164. Without a `+` it is North American; area and exchange must be ones that exist in its numbering
 * plan (they start with 2 to 9 and are not service codes such as 911). The value is never repeated in the refusal.
 * @example checkPhone('(514) 555-0123') // accepted '+15145550123'
 */
export function checkPhone(text: unknown, path = 'customer.phone'): Decision<string, 'phoneInvalid'> {
  const no = () => refuse('phoneInvalid', 'This is not a telephone number that can be called.', { path, hint: 'Send ten digits such as 514 555-0123, or a number with its + and country code.' });
  if (typeof text !== 'string' || !/^\s*\+?[\d\s().\u00a0\u2010-\u2015-]{7,30}$/.test(text)) return no();
  const digits = text.replace(/\D/g, '');
  const abroad = text.trim().startsWith('+') && !digits.startsWith('1');
  if (abroad) return /^[2-9]\d{7,14}$/.test(digits) ? accept(`+${digits}`) : no();
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  const plan = /^([2-9]\d\d)([2-9]\d\d)\d{4}$/.exec(national);
  if (!plan || /^.11$/.test(plan[1]!) || /^.11$/.test(plan[2]!)) return no();
  return accept(`+1${national}`);
}
