import { isRows } from './doc.ts';

const PERSONAL = /(_name$|^(first|last|middle)_name|mail|phone|mobile|address|contact|raised_by|password|secret|ssid|^sip_|pincode|postal|description|notes|subject|fax|website|title)/;
const NOT_PERSONAL = /^(project_name|item_name|link_name|mode_of_payment|reference_name|role_name|subject_prefix|address_type|contact_me|reference_no)$/;

/** The values of a sent document that must not come back in an error: what identifies a person, or is a secret. */
export function personalValues(sent: unknown): readonly string[] {
  if (typeof sent !== 'object' || sent === null) return [];
  const found: string[] = [];
  for (const [key, value] of Object.entries(sent)) {
    if (isRows(value)) for (const row of value) found.push(...personalValues(row));
    else if (typeof value === 'object' && value !== null) found.push(...personalValues(value));
    else if (typeof value === 'string' && value.trim().length > 2 && PERSONAL.test(key) && !NOT_PERSONAL.test(key)) found.push(value);
  }
  return found.sort((a, b) => b.length - a.length);
}

/**
 * A vendor's sentence with people's data taken out: what was sent as such, and whatever looks like an e-mail, a phone number or a token.
 * @example redact('Email a@b.ca is used', []) // 'Email […] is used'
 */
export function redact(sentence: string, values: readonly string[]): string {
  let out = sentence;
  for (const value of values) out = out.split(value).join('[…]');
  return out
    .replace(/\btoken\s+[\w-]+:[\w-]+/gi, 'token […]')
    .replace(/[^\s<>"'()]+@[^\s<>"'()]+\.[a-z]{2,}/gi, '[…]')
    .replace(/\+?\d[\d ().-]{8,}\d/g, (text) => (/^\d{4}-\d{2}-\d{2}/.test(text) || text.replace(/\D/g, '').length < 10 ? text : '[…]'));
}
