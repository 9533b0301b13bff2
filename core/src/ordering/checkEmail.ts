import { accept, refuse, type Decision } from '../kernel/decision.ts';

/**
 * Whether a text is an e-mail address mail can be sent to (S0-131). The domain is lower-cased; the part before @ is kept as written.
 * The value is never repeated in the refusal.
 * @example checkEmail('Marie@Example.CA') // accepted 'Marie@example.ca'
 * @example checkEmail('user@.com').type // 'refused'
 */
export function checkEmail(text: unknown, path = 'customer.email'): Decision<string, 'emailInvalid'> {
  const no = () => refuse('emailInvalid', 'This is not an e-mail address.', { path, hint: 'Send an address like marie@example.ca.' });
  if (typeof text !== 'string') return no();
  const trimmed = text.trim();
  const parts = /^([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}][\p{L}\p{N}-]*[\p{L}\p{N}])$/u.exec(trimmed);
  if (!parts || trimmed.length > 254) return no();
  const [, local = '', domain = ''] = parts;
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..') || /\.\d+$/.test(domain)) return no();
  return accept(`${local}@${domain.toLowerCase()}`);
}
