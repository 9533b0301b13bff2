import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a form callback really comes from Twilio: HMAC-SHA1 over the public address and the sorted fields, compared in constant time
 * (erp.md 6.4). `url` is the address Twilio was given, not the one a proxy shows. A blank token verifies nothing.
 * @example twilioSigned({ authToken, url: 'https://hub.example.ca/v1/notices/status/twilio?notice=n1', form, header })
 */
export function twilioSigned(callback: { readonly authToken: string; readonly url: string; readonly form: URLSearchParams; readonly header: string | undefined }): boolean {
  const { authToken, url, form, header } = callback;
  if (authToken.trim() === '' || !header) return false;
  const fields = [...new Set(form.keys())].sort().map((key) => key + [...new Set(form.getAll(key))].sort().join(''));
  const expected = createHmac('sha1', authToken).update(url + fields.join(''), 'utf8').digest();
  const given = Uint8Array.from(header.length === 28 ? Buffer.from(header, 'base64') : []);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
