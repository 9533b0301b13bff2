import { readJson, type Clock, type Send } from '../../../../core/src/index.ts';
import type { FreshToken } from '../bearerToken.ts';
import { exchange, oauthWire, statusError, type Answer, type Call, type Raw } from '../oauthWire.ts';

/** The marketplace's own application in Entra ID: audience of our token, author of its webhooks (erp.md 6.3). */
export const MARKETPLACE_APP = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7';
const API = '2018-08-31';

export interface AzureOptions {
  /** Relative to `https://marketplaceapi.microsoft.com`. */
  readonly send: Send;
  /** Relative to `https://login.microsoftonline.com`. */
  readonly login: Send;
  readonly clock: Clock;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A name for each request, which Microsoft's support asks for. */
  readonly requestId: () => string;
}
export type AzureCall = (operation: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, more?: { readonly body?: object; readonly query?: Readonly<Record<string, string>>; readonly headers?: Readonly<Record<string, string>>; readonly pass?: readonly number[] }) => Promise<Answer>;

/** The code of an error: the detail's where there is one. @example codeOf({ code: 'BadArgument', details: [{ code: 'Expired' }] }) // 'Expired' */
export function codeOf(body: Raw): string | undefined {
  const inner = (body['details'] as readonly { readonly code?: unknown }[] | undefined)?.[0]?.code ?? body['code'] ?? (body['error'] as { readonly code?: unknown } | string | undefined);
  const code = typeof inner === 'object' && inner !== null ? (inner as { readonly code?: unknown }).code : inner;
  return typeof code === 'string' ? code : undefined;
}

/** Calls of one publisher, under a client-credentials token of its tenant. @example const call = azureWire(options); await call('subscriptions.list', 'GET', '/api/saas/subscriptions') */
export function azureWire({ send, login, clock, tenantId, clientId, clientSecret, requestId }: AzureOptions): AzureCall {
  const sorted = {
    vendor: 'azure-marketplace', codeOf,
    hints: { unauthorised: 'Check the client ID and secret of the Entra application, and that it is the one of the offer in Partner Center.', notFound: 'Microsoft knows no such subscription or operation of this publisher.', rateLimited: 'Microsoft asks to slow down; try again later.' },
  } as const;
  const fetchToken = async (): Promise<FreshToken> => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope: `${MARKETPLACE_APP}/.default` });
    const reply = await exchange(login, sorted.vendor, 'token', { method: 'POST', path: `/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() })
      // Asking for a token changes nothing.
      .catch((error: unknown) => { throw Object.assign(error as object, { outcome: 'notApplied' }); });
    if (reply.status !== 200) throw statusError(reply, sorted, 'token', false);
    const body = readJson(reply, sorted.vendor, 'token') as Raw;
    return { token: String(body['access_token'] ?? ''), expiresInSeconds: Number(body['expires_in'] ?? 0) };
  };
  const call: Call = oauthWire({ ...sorted, clock, send, fetchToken, headers: () => ({ 'x-ms-requestid': requestId(), 'x-ms-correlationid': requestId() }) });
  return (operation, method, path, { body, query, headers, pass } = {}) => call(operation, { method, path, query: { 'api-version': API, ...query }, ...(headers ? { headers } : {}), ...(body ? { body } : {}) }, pass);
}
