import { createSign, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { callbackQueue, posted } from '../callbacks.ts';
import { serve, type Running, type SimReply, type SimRequest } from '../http.ts';
import type { World } from '../world.ts';
import { recordUsage, type UsageEvent } from './usage.ts';

export const MARKETPLACE_APP = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7';
export type SaasStatus = 'PendingFulfillmentStart' | 'Subscribed' | 'Suspended' | 'Unsubscribed';
export interface SaasSubscription { id: string; name: string; publisherId: string; offerId: string; planId: string; quantity: number | null; saasSubscriptionStatus: SaasStatus; term: { startDate?: string; endDate?: string; termUnit: string }; allowedCustomerOperations: string[]; sessionMode: 'None'; created: string }
export interface SaasOperation { id: string; activityId: string; subscriptionId: string; offerId: string; publisherId: string; planId: string; quantity: number | null; action: 'ChangePlan' | 'ChangeQuantity' | 'Reinstate' | 'Renew' | 'Suspend' | 'Unsubscribe'; timeStamp: string; status: 'InProgress' | 'Succeeded' | 'Failed' | 'Conflict' }
export interface AzureSandboxOptions {
  readonly port?: number;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** The publisher's connection webhook. */
  readonly webhook?: string;
}
export interface AzureSandbox extends Running {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A customer buys on the marketplace and is sent to our page; gives the token of that page's address. */
  buy(planId: string, quantity?: number): { readonly token: string; readonly subscriptionId: string };
  /** The customer changes something in the Azure portal; we hear of it by webhook. */
  portal(subscriptionId: string, action: SaasOperation['action'], more?: { readonly planId?: string; readonly quantity?: number }): SaasOperation;
  /** What has been told to the webhook: body and bearer token. */
  told(): readonly { readonly body: string; readonly authorization: string }[];
  /** A token as Microsoft signs it for the webhook, with claims that differ. */
  webhookToken(claims?: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): string;
  subscriptions(): readonly SaasSubscription[];
  operations(): readonly SaasOperation[];
  usage(): readonly UsageEvent[];
  setWebhook(url: string): void;
  flush(): Promise<void>;
}

const PLANS = [{ planId: 'basic', displayName: 'Basic', isPrivate: false }, { planId: 'gold', displayName: 'Gold', isPrivate: false }];
const DAY = 86_400_000;
let pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;
const keys = () => (pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The commercial marketplace of Microsoft with its Entra tenant on loopback: SaaS fulfilment v2 and metering (erp.md 6.3). */
export async function startAzure(world: World, options: AzureSandboxOptions = {}): Promise<AzureSandbox> {
  const { tenantId = '11111111-2222-3333-4444-555555555555', clientId = '66666666-7777-8888-9999-000000000000', clientSecret = 'sandbox-azure-secret' } = options;
  const callbacks = callbackQueue(world);
  const bearers = new Map<string, number>();
  const purchases = new Map<string, { readonly id: string; readonly until: number }>();
  const subscriptions = new Map<string, SaasSubscription>();
  const operations = new Map<string, SaasOperation>();
  const usage: UsageEvent[] = [];
  const told: { body: string; authorization: string }[] = [];
  let webhook = options.webhook;
  const now = (): string => world.clock.now();
  const fail = (status: number, code: string): SimReply => ({ status, body: { error: { code, message: `${code}.` }, code, message: `${code}.` } });

  function webhookToken(claims: Readonly<Record<string, unknown>> = {}, header: Readonly<Record<string, unknown>> = {}): string {
    const seconds = Math.floor(world.clock.ms / 1000);
    const body = { aud: clientId, iss: `https://sts.windows.net/${tenantId}/`, iat: seconds, nbf: seconds, exp: seconds + 3600, appid: MARKETPLACE_APP, tid: tenantId, ver: '1.0', ...claims };
    const signing = `${encoded({ typ: 'JWT', alg: 'RS256', kid: 'sandbox-key', ...header })}.${encoded(body)}`;
    return `${signing}.${createSign('RSA-SHA256').update(signing).sign(keys().privateKey, 'base64url')}`;
  }
  function operate(subscription: SaasSubscription, action: SaasOperation['action'], { planId, quantity }: { planId?: string; quantity?: number }, tell: boolean): SaasOperation {
    const operation: SaasOperation = { id: randomUUID(), activityId: randomUUID(), subscriptionId: subscription.id, offerId: subscription.offerId, publisherId: subscription.publisherId, planId: planId ?? subscription.planId, quantity: quantity ?? subscription.quantity, action, timeStamp: now(), status: 'InProgress' };
    operations.set(operation.id, operation);
    if (['Suspend', 'Renew', 'Unsubscribe'].includes(action)) finish(operation, true);
    const body = JSON.stringify({ ...operation, purchaseToken: null, subscription: { ...subscription } });
    const authorization = `Bearer ${webhookToken()}`;
    if (tell) told.push({ body, authorization });
    if (tell && webhook) callbacks.add(0, () => posted(webhook!, { 'content-type': 'application/json', authorization }, body), [60_000, 600_000, 3_600_000]);
    return operation;
  }
  function finish(operation: SaasOperation, success: boolean): void {
    operation.status = success ? 'Succeeded' : 'Failed';
    if (!success) return;
    const subscription = subscriptions.get(operation.subscriptionId)!;
    if (operation.action === 'ChangePlan') subscription.planId = operation.planId;
    if (operation.action === 'ChangeQuantity') subscription.quantity = operation.quantity;
    if (operation.action === 'Suspend') subscription.saasSubscriptionStatus = 'Suspended';
    if (operation.action === 'Reinstate') subscription.saasSubscriptionStatus = 'Subscribed';
    if (operation.action === 'Unsubscribe') subscription.saasSubscriptionStatus = 'Unsubscribed';
  }
  /** A change we asked for ourselves is done once its operation is looked at again. */
  const looked = (operation: SaasOperation): SaasOperation => {
    if (operation.status === 'InProgress' && !told.some(({ body }) => body.includes(operation.id))) finish(operation, true);
    return operation;
  };

  function saas(request: SimRequest, base: string): SimReply {
    const [, , , , id = '', what, operationId] = request.rawPath.split('/').map(decodeURIComponent);
    const body = (request.text ? JSON.parse(request.text) : {}) as { planId?: string; quantity?: number; status?: string };
    if (id === 'resolve' && request.method === 'POST') {
      const purchase = purchases.get(String(request.headers['x-ms-marketplace-token'] ?? ''));
      if (!purchase || purchase.until < world.clock.ms) return fail(400, 'BadRequest');
      const { offerId, planId, quantity, name } = subscriptions.get(purchase.id)!;
      return { status: 200, body: { id: purchase.id, subscriptionName: name, offerId, planId, ...(quantity === null ? {} : { quantity }), subscription: subscriptions.get(purchase.id) } };
    }
    if (!id && request.method === 'GET') {
      const from = Number(request.query.get('continuationToken') ?? 0);
      const all = [...subscriptions.values()];
      return { status: 200, body: { subscriptions: all.slice(from, from + 100), ...(from + 100 < all.length ? { '@nextLink': `${base}/api/saas/subscriptions?continuationToken=${from + 100}&api-version=2018-08-31` } : {}) } };
    }
    const subscription = subscriptions.get(id);
    if (!subscription) return fail(404, 'NotFound');
    if (what === 'activate' && request.method === 'POST') {
      if (subscription.saasSubscriptionStatus !== 'PendingFulfillmentStart') return subscription.saasSubscriptionStatus === 'Subscribed' ? { status: 200 } : fail(400, 'BadRequest');
      if (body.planId !== subscription.planId || (subscription.quantity !== null && body.quantity !== subscription.quantity)) return fail(400, 'BadRequest');
      if (world.clock.ms - Date.parse(subscription.created) > 30 * DAY) return fail(404, 'NotFound');
      Object.assign(subscription, { saasSubscriptionStatus: 'Subscribed', term: { startDate: now().slice(0, 10), endDate: new Date(world.clock.ms + 30 * DAY).toISOString().slice(0, 10), termUnit: 'P1M' } });
      return { status: 200 };
    }
    if (what === 'listAvailablePlans') return { status: 200, body: { plans: PLANS } };
    if (what === 'operations' && !operationId) return { status: 200, body: { operations: [...operations.values()].filter((one) => one.subscriptionId === id && one.status === 'InProgress') } };
    if (what === 'operations') {
      const operation = operations.get(operationId!);
      if (!operation || operation.subscriptionId !== id) return fail(404, 'NotFound');
      if (request.method === 'GET') return { status: 200, body: { ...looked(operation) } };
      if (operation.status !== 'InProgress') return fail(409, 'Conflict');
      if (body.status !== 'Success' && body.status !== 'Failure') return fail(400, 'BadRequest');
      finish(operation, body.status === 'Success');
      return { status: 200 };
    }
    if (request.method === 'GET') return { status: 200, body: subscription };
    if (subscription.saasSubscriptionStatus !== 'Subscribed') return fail(400, 'BadRequest');
    const started = (operation: SaasOperation): SimReply => ({ status: 202, headers: { 'operation-location': `${base}/api/saas/subscriptions/${id}/operations/${operation.id}?api-version=2018-08-31`, 'retry-after': '1' } });
    if (request.method === 'DELETE') return started(operate(subscription, 'Unsubscribe', {}, true));
    if (request.method === 'PATCH') {
      if ((body.planId === undefined) === (body.quantity === undefined)) return fail(400, 'BadRequest');
      if (body.planId !== undefined && (body.planId === subscription.planId || !PLANS.some(({ planId }) => planId === body.planId))) return fail(400, 'BadRequest');
      if (body.quantity !== undefined && (subscription.quantity === null || body.quantity < 1)) return fail(400, 'BadRequest');
      return started(operate(subscription, body.planId ? 'ChangePlan' : 'ChangeQuantity', body, false));
    }
    return fail(405, 'MethodNotAllowed');
  }

  function handle(request: SimRequest): SimReply {
    if (request.rawPath === `/${tenantId}/oauth2/v2.0/token`) {
      const form = new URLSearchParams(request.text);
      if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) return { status: 401, body: { error: 'invalid_client', error_description: `AADSTS7000215: Invalid client secret provided for app ${clientId}.` } };
      if (form.get('scope') !== `${MARKETPLACE_APP}/.default`) return { status: 400, body: { error: 'invalid_scope' } };
      const token = webhookToken({ aud: MARKETPLACE_APP, appid: clientId, jti: randomUUID() });
      bearers.set(token, world.clock.ms + 3_600_000);
      return { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token: token } };
    }
    if (/^\/(common|[0-9a-f-]{36})\/discovery\/(v2\.0\/)?keys$/.test(request.rawPath)) return { status: 200, body: { keys: [{ ...keys().publicKey.export({ format: 'jwk' }), use: 'sig', kid: 'sandbox-key' }] } };
    if (!((bearers.get((request.headers.authorization ?? '').replace(/^Bearer /, '')) ?? 0) > world.clock.ms)) return fail(403, 'Forbidden');
    if (request.query.get('api-version') !== '2018-08-31') return fail(400, 'BadRequest');
    if (request.rawPath.startsWith('/api/saas/subscriptions')) return saas(request, running!.url);
    const active = (id: string): 'active' | 'inactive' | 'absent' => (!subscriptions.has(id) ? 'absent' : subscriptions.get(id)!.saasSubscriptionStatus === 'Subscribed' ? 'active' : 'inactive');
    return recordUsage(request, usage, active, world.clock.ms) ?? fail(404, 'NotFound');
  }
  let running: Running | undefined;
  running = await serve(world, 'azure', handle, options.port ?? 0);
  return {
    ...running, tenantId, clientId, clientSecret,
    buy: (planId, quantity) => {
      const id = randomUUID();
      const token = `${Buffer.from(id).toString('base64')}+/=`; // real tokens hold + and / and come URL-encoded in the address
      subscriptions.set(id, { id, name: 'Contoso Cloud Solution', publisherId: 'gigafibre', offerId: 'leadlight', planId, quantity: quantity ?? null, saasSubscriptionStatus: 'PendingFulfillmentStart', term: { termUnit: 'P1M' }, allowedCustomerOperations: ['Read', 'Update', 'Delete'], sessionMode: 'None', created: now() });
      purchases.set(token, { id, until: world.clock.ms + DAY });
      return { token, subscriptionId: id };
    },
    portal: (id, action, more = {}) => operate(subscriptions.get(id)!, action, more, true),
    told: () => [...told], webhookToken,
    subscriptions: () => structuredClone([...subscriptions.values()]),
    operations: () => structuredClone([...operations.values()]),
    usage: () => structuredClone(usage),
    setWebhook: (url) => { webhook = url; },
    flush: () => callbacks.flush(),
    close: async () => {
      callbacks.close();
      await running.close();
    },
  };
}
