import { createPublicKey, createVerify, type JsonWebKey } from 'node:crypto';
import { accept, readJson, refuse, type Clock, type Decision, type Instant, type Refused, type Send } from '../../../../core/src/index.ts';
import { exchange } from '../oauthWire.ts';
import type { SaasOperation, SaasSubscriptions } from './subscriptions.ts';
import { MARKETPLACE_APP } from './wire.ts';

export type SigningKey = JsonWebKey & { readonly kid?: string };
export interface AzureToken { readonly authorization: string | undefined; readonly tenantId: string; readonly clientId: string; readonly now: Instant }
const SKEW_SECONDS = 300;
const bad = (what: string): Refused<'badSignature'> => refuse('badSignature', `The token of the Azure webhook ${what}.`, { hint: 'Check the tenant and application of the offer in Partner Center, and the clock of this machine.' });

/**
 * Whether Microsoft's marketplace wrote to us: signature (RS256 and nothing else), audience our application, issuer and tenant ours, author
 * the marketplace, and in time.
 * @example verifyAzureToken({ authorization, tenantId, clientId, now }, keys)?.code // undefined when it is good
 */
export function verifyAzureToken({ authorization, tenantId, clientId, now }: AzureToken, keys: readonly SigningKey[]): Refused<'badSignature'> | undefined {
  const [head = '', body = '', signature = '', ...more] = (/^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '').split('.');
  const [header, claims] = [part(head), part(body)];
  if (!header || !claims || signature === '' || more.length > 0 || tenantId === '' || clientId === '') return bad('is missing or unreadable');
  if (header['alg'] !== 'RS256') return bad('is not signed as Microsoft signs');
  const key = keys.find(({ kid, kty }) => kty === 'RSA' && kid === header['kid']);
  if (!key || !createVerify('RSA-SHA256').update(`${head}.${body}`).verify(createPublicKey({ key, format: 'jwk' }), signature, 'base64url')) return bad('is not signed by Microsoft');
  const at = Date.parse(now) / 1000;
  if (!(Number(claims['exp']) + SKEW_SECONDS > at && Number(claims['nbf'] ?? 0) - SKEW_SECONDS <= at)) return bad('is out of date');
  if (claims['aud'] !== clientId) return bad('is meant for another application');
  const issuers = [`https://sts.windows.net/${tenantId}/`, `https://login.microsoftonline.com/${tenantId}/v2.0`];
  if (claims['tid'] !== tenantId || !issuers.includes(String(claims['iss']))) return bad('is of another tenant');
  if ((claims['appid'] ?? claims['azp']) !== MARKETPLACE_APP) return bad('is not of the marketplace');
  return undefined;
}

function part(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Microsoft's signing keys, kept for a day and read again for a key id that is new. @example const keys = signingKeys(login, clock, tenantId); await keys('kid') */
export function signingKeys(login: Send, clock: Clock, tenantId: string): (kid: string | undefined) => Promise<readonly SigningKey[]> {
  let held: { readonly keys: readonly SigningKey[]; readonly at: number } | undefined;
  return async (kid) => {
    const at = Date.parse(clock.now());
    const known = held?.keys.some((key) => key.kid === kid) ?? false;
    // A stranger's key ids must not make us ask without end.
    if (!held || at - held.at > 86_400_000 || (!known && at - held.at > 60_000)) {
      const reply = await exchange(login, 'azure-marketplace', 'keys', { method: 'GET', path: `/${encodeURIComponent(tenantId)}/discovery/v2.0/keys` });
      held = { keys: ((readJson(reply, 'azure-marketplace', 'keys') as { keys?: readonly SigningKey[] }).keys ?? []), at };
    }
    return held.keys;
  };
}

export interface AzureHeard { readonly operation: SaasOperation; /** Microsoft waits some seconds for our answer. */ readonly answerNeeded: boolean }

/**
 * Reads a webhook of the marketplace: the token is checked, then the operation is read at Microsoft, since the body is not signed. What is
 * given on is what Microsoft holds, never what the body says.
 * @throws VendorError when Microsoft does not answer; answer 5xx then, and it delivers again
 * @example const hear = azureWebhook({ subscriptions, keys, clock, tenantId, clientId }); (await hear(raw, authorization)).type
 */
export function azureWebhook(parts: { readonly subscriptions: Pick<SaasSubscriptions, 'operation'>; readonly keys: ReturnType<typeof signingKeys>; readonly clock: Clock; readonly tenantId: string; readonly clientId: string }) {
  return async (raw: Uint8Array, authorization: string | undefined): Promise<Decision<AzureHeard, 'badSignature' | 'badInput' | 'operationUnknown'>> => {
    const kid = part((authorization ?? '').replace(/^Bearer /, '').split('.')[0] ?? '')?.['kid'];
    if (typeof kid !== 'string') return bad('is missing or unreadable');
    const refused = verifyAzureToken({ authorization, tenantId: parts.tenantId, clientId: parts.clientId, now: parts.clock.now() }, await parts.keys(kid));
    if (refused) return refused;
    let body: { readonly id?: unknown; readonly subscriptionId?: unknown; readonly action?: unknown } | null;
    try {
      body = JSON.parse(new TextDecoder().decode(raw)) as typeof body;
    } catch {
      body = null;
    }
    if (typeof body?.id !== 'string' || typeof body.subscriptionId !== 'string') return refuse('badInput', 'The body names no operation.', { hint: 'Send the webhook as Microsoft made it.' });
    const operation = await parts.subscriptions.operation(body.subscriptionId, body.id);
    if (!operation || operation.action !== body.action) return refuse('operationUnknown', 'Microsoft knows no such operation.', { hint: 'Nothing was done. If this repeats, somebody else writes to this address.' });
    return accept({ operation, answerNeeded: operation.status === 'InProgress' && ['ChangePlan', 'ChangeQuantity', 'Reinstate'].includes(operation.action) }, 'Microsoft holds the same operation');
  };
}
