import { readJson, type Clock, type Send } from '../../../../core/src/index.ts';
import type { FreshToken } from '../bearerToken.ts';
import { exchange, oauthWire, statusError, type Call, type Raw } from '../oauthWire.ts';

export interface PaypalOptions {
  /** Relative to `https://api-m.paypal.com` or `https://api-m.sandbox.paypal.com`. */
  readonly send: Send;
  readonly clock: Clock;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether this account moves real money. */
  readonly live?: boolean;
}

/** The issue of a PayPal error: the detail where there is one, else the name. @example issueOf({ name: 'UNPROCESSABLE_ENTITY', details: [{ issue: 'ORDER_ALREADY_CAPTURED' }] }) // 'ORDER_ALREADY_CAPTURED' */
export function issueOf(body: Raw): string | undefined {
  const issue = (body['details'] as readonly { readonly issue?: unknown }[] | undefined)?.[0]?.issue ?? body['name'] ?? body['error'];
  return typeof issue === 'string' ? issue : undefined;
}

/** Calls of one PayPal account (erp.md 6.2). @example const call = paypalWire({ send, clock, clientId, clientSecret }); */
export function paypalWire({ send, clock, clientId, clientSecret }: PaypalOptions): Call {
  const sorted = {
    vendor: 'paypal', codeOf: issueOf,
    hints: { unauthorised: 'Check the PayPal client ID and secret of the hub, and that they are of this environment (live or sandbox).', rateLimited: 'PayPal asks to slow down; try again later.', unavailable: 'See paypal-status.com; try again later.' },
  } as const;
  const fetchToken = async (): Promise<FreshToken> => {
    const reply = await exchange(send, 'paypal', 'token', { method: 'POST', path: '/v1/oauth2/token', headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`, 'content-type': 'application/x-www-form-urlencoded' }, body: 'grant_type=client_credentials' })
      // Asking for a token changes nothing.
      .catch((error: unknown) => { throw Object.assign(error as object, { outcome: 'notApplied' }); });
    if (reply.status !== 200) throw statusError(reply, sorted, 'token', false);
    const body = readJson(reply, 'paypal', 'token') as Raw;
    return { token: String(body['access_token'] ?? ''), expiresInSeconds: Number(body['expires_in'] ?? 0) };
  };
  return oauthWire({ ...sorted, clock, send, fetchToken });
}
