import { VendorError } from '../../../core/src/index.ts';

/**
 * The Authorization header of an API key pair. Refused before anything is sent when a half is blank or cannot stand in a header.
 * @throws VendorError `unauthorised`; the message never holds the secret.
 * @example authorization('k', 's') // 'token k:s'
 */
export function authorization(apiKey: string, apiSecret: string): string {
  const usable = (half: string) => /^[\x21-\x7e]+$/.test(half) && !half.includes(':');
  if (!usable(apiKey) || !usable(apiSecret)) {
    throw new VendorError({
      vendor: 'ERPNext', operation: 'authorise', kind: 'unauthorised',
      message: 'The ERPNext API key or secret is missing or malformed.',
      hint: 'In ERPNext open the integration user, Settings, API Access, Generate Keys, and copy both values.',
    });
  }
  return `token ${apiKey}:${apiSecret}`;
}

/**
 * The base URL of a site as people type it: scheme added (https), trailing slashes and a copied `/api` or `/app` cut, prefix kept.
 * @throws VendorError `rejectedInput` when it is not an http(s) address or carries a user and password.
 * @example siteUrl('erp.example.ca/app/') // 'https://erp.example.ca'
 */
export function siteUrl(typed: string): string {
  const text = typed.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!/^https?:\/\/[^\s/?#@]+(\/[^\s?#@]*)?$/i.test(full)) {
    throw new VendorError({
      vendor: 'ERPNext', operation: 'read the site address', kind: 'rejectedInput',
      message: 'The ERPNext address is not an http(s) URL.', hint: 'Give the site as in the browser, e.g. https://erp.example.ca.',
    });
  }
  return full.replace(/\/(app|api|desk)(\/.*)?$/i, '').replace(/\/+$/, '');
}
