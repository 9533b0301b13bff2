import { accept, isVendorError, refuse, VendorError, type Clock, type Decision, type Refused } from '../../../../core/src/index.ts';
import type { AzureCall } from './wire.ts';

export type SaasRefusal = 'tokenUnknown' | 'subscriptionUnknown' | 'planMismatch' | 'notActive' | 'badInput' | 'operationFailed';
export interface SaasSubscription { readonly id: string; readonly name: string; readonly offerId: string; readonly planId: string; readonly quantity: number | null; readonly status: string }
export interface SaasOperation { readonly id: string; readonly subscriptionId: string; readonly action: string; readonly status: string; readonly planId: string; readonly quantity: number | null; readonly at: string }
export type SaasChange = { readonly planId: string } | { readonly quantity: number };
type Changed = Decision<{ readonly subscription: SaasSubscription; readonly repeated: boolean; readonly operationId?: string }, SaasRefusal>;
type Raw = Readonly<Record<string, unknown>>;

const POLLS = 20;
const POLL_MS = 3_000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const readSubscription = (raw: Raw): SaasSubscription => ({ id: String(raw['id']), name: String(raw['name'] ?? raw['subscriptionName'] ?? ''), offerId: String(raw['offerId']), planId: String(raw['planId']), quantity: number(raw['quantity']), status: String(raw['saasSubscriptionStatus'] ?? '') });
const readOperation = (raw: Raw): SaasOperation => ({ id: String(raw['id']), subscriptionId: String(raw['subscriptionId']), action: String(raw['action']), status: String(raw['status']), planId: String(raw['planId']), quantity: number(raw['quantity']), at: String(raw['timeStamp'] ?? '') });
const unknownSubscription = () => refuse('subscriptionUnknown', 'Microsoft knows no such subscription of this publisher.', { path: 'subscriptionId', hint: 'Take the id that Resolve gave.' });

/**
 * Subscriptions that customers bought on the Azure Marketplace (S2-090, erp.md 6.3). Changes run as operations there: they are followed to
 * their end and the subscription is read back.
 * @example const saas = saasSubscriptions(azureWire(options), clock); await saas.resolve(token);
 */
export function saasSubscriptions(call: AzureCall, clock: Clock) {
  const path = (id: string, ...more: readonly string[]): string => ['/api/saas/subscriptions', encodeURIComponent(id), ...more.map(encodeURIComponent)].join('/');
  async function get(id: string): Promise<SaasSubscription | undefined> {
    if (!ID.test(id)) return undefined;
    const { status, body } = await call('subscriptions.get', 'GET', path(id), { pass: [404] });
    return status === 404 ? undefined : readSubscription(body);
  }
  async function operation(id: string, operationId: string): Promise<SaasOperation | undefined> {
    if (!ID.test(id) || !ID.test(operationId)) return undefined;
    const { status, body } = await call('operations.get', 'GET', path(id, 'operations', operationId), { pass: [404] });
    return status === 404 ? undefined : readOperation(body);
  }
  /** Sends a change once; after silence the subscription is looked at before it is asked for again. */
  async function change(id: string, action: string, send: () => ReturnType<AzureCall>, done: (now: SaasSubscription) => boolean): Promise<Changed> {
    const before = await get(id);
    if (!before) return unknownSubscription();
    if (done(before)) return accept({ subscription: before, repeated: true }, 'it was so before');
    if (before.status !== 'Subscribed') return refuse('notActive', `The subscription is ${before.status}.`, { path: 'subscriptionId', hint: before.status === 'PendingFulfillmentStart' ? 'Activate it first.' : 'Only an active subscription can be changed.', facts: { status: before.status } });
    let operationId: string | undefined;
    try {
      const { status, body, headers } = await send();
      if (status === 400) return refuse('badInput', 'Microsoft refused the change.', { hint: 'Is this plan or quantity one that the offer has? List the plans.', facts: { code: String(body['code'] ?? '') } });
      operationId = /\/operations\/([0-9a-f-]{36})/i.exec(headers['operation-location'] ?? '')?.[1];
    } catch (error) {
      if (!isVendorError(error) || error.outcome !== 'unknown') throw error;
      const pending = (await call('operations.list', 'GET', path(id, 'operations'))).body['operations'] as readonly Raw[] | undefined;
      operationId = pending?.map(readOperation).find((one) => one.action === action)?.id;
      const now = await get(id);
      if (!operationId && !(now && done(now))) throw error;
    }
    for (let poll = 0; poll < POLLS; poll += 1) {
      const ran = operationId ? await operation(id, operationId) : undefined;
      if (ran && ['Failed', 'Conflict'].includes(ran.status)) return refuse('operationFailed', `The change ended as ${ran.status}.`, { hint: 'Read the subscription and ask again.', facts: { operationId: ran.id } });
      const now = !ran || ran.status === 'Succeeded' ? await get(id) : undefined;
      if (now && done(now)) return accept({ subscription: now, repeated: false, ...(operationId ? { operationId } : {}) }, 'it was read back');
      await clock.sleep(POLL_MS);
    }
    throw new VendorError({ vendor: 'azure-marketplace', operation: 'subscriptions.change', kind: 'timedOut', outcome: 'unknown', message: 'Microsoft has not finished the change.', hint: 'Read the subscription in some minutes; the change may still be carried out.', ...(operationId ? { detail: { operationId } } : {}) });
  }

  return {
    get, operation,
    /** What a customer bought, by the token of the landing page's address; a token lasts a day and may come once URL-encoded. */
    async resolve(token: string): Promise<Decision<SaasSubscription, SaasRefusal>> {
      // A form decoder turns the + of base64 into a space.
      const plain = (/%[0-9a-f]{2}/i.test(token) ? decoded(token) : token).trim().replace(/ /g, '+');
      if (!/^[\x21-\x7e]{8,8192}$/.test(plain)) return noToken();
      const { status, body } = await call('subscriptions.resolve', 'POST', '/api/saas/subscriptions/resolve', { headers: { 'x-ms-marketplace-token': plain }, pass: [400, 404] });
      if (status !== 200) return noToken();
      const id = String(body['id']);
      return accept((await get(id)) ?? readSubscription(body), 'Microsoft resolved the token');
    },
    /** Tells Microsoft that the service runs; billing starts. Active before: accepted, `repeated`. */
    async activate(id: string, planId: string, quantity?: number): Promise<Changed> {
      const before = await get(id);
      if (!before) return unknownSubscription();
      if (before.planId !== planId || (before.quantity !== null && quantity !== undefined && before.quantity !== quantity)) return refuse('planMismatch', 'The customer bought something else.', { path: 'planId', hint: 'Activate what Resolve says was bought.', facts: { planId: before.planId, quantity: before.quantity } });
      if (before.status === 'Subscribed') return accept({ subscription: before, repeated: true }, 'it was active before');
      if (before.status !== 'PendingFulfillmentStart') return refuse('notActive', `The subscription is ${before.status}.`, { path: 'subscriptionId', hint: 'A subscription that ended, or was not activated within thirty days, must be bought again.', facts: { status: before.status } });
      let lost: unknown;
      try {
        const { status } = await call('subscriptions.activate', 'POST', path(id, 'activate'), { body: { planId, ...(before.quantity === null ? {} : { quantity: before.quantity }) }, pass: [400, 404] });
        if (status !== 200) return refuse('notActive', 'Microsoft refused the activation.', { path: 'subscriptionId', hint: 'Was it bought more than thirty days ago? Then it must be bought again.' });
      } catch (error) {
        if (!isVendorError(error) || error.outcome !== 'unknown') throw error;
        lost = error;
      }
      const now = await get(id);
      if (now?.status === 'Subscribed') return accept({ subscription: now, repeated: false }, 'it was read back as active');
      throw lost ?? new VendorError({ vendor: 'azure-marketplace', operation: 'subscriptions.activate', kind: 'unexpectedReply', outcome: 'unknown', message: 'Microsoft accepted the activation, but the subscription is not active.', hint: 'Read it again in a minute.' });
    },
    /** Every subscription, page after page. */
    async list(): Promise<readonly SaasSubscription[]> {
      const all: SaasSubscription[] = [];
      for (let continuationToken = ''; ;) {
        const { body } = await call('subscriptions.list', 'GET', '/api/saas/subscriptions', continuationToken ? { query: { continuationToken } } : {});
        all.push(...((body['subscriptions'] ?? []) as Raw[]).map(readSubscription));
        const next = body['@nextLink'];
        const token = typeof next === 'string' && URL.canParse(next) ? new URL(next).searchParams.get('continuationToken') : null;
        if (!token || token === continuationToken) return all;
        continuationToken = token;
      }
    },
    plans: async (id: string): Promise<readonly { readonly planId: string; readonly name: string }[]> => (((await call('subscriptions.plans', 'GET', path(id, 'listAvailablePlans'))).body['plans'] ?? []) as Raw[]).map((plan) => ({ planId: String(plan['planId']), name: String(plan['displayName']) })),
    /** One at a time, plan or quantity, as Microsoft takes them. */
    async change(id: string, wanted: SaasChange): Promise<Changed> {
      if ('quantity' in wanted && !(Number.isSafeInteger(wanted.quantity) && wanted.quantity > 0)) return refuse('badInput', 'The quantity must be a whole number from 1.', { path: 'quantity', hint: 'Cancel the subscription instead of setting nought.' });
      return change(id, 'planId' in wanted ? 'ChangePlan' : 'ChangeQuantity', () => call('subscriptions.change', 'PATCH', path(id), { body: wanted, pass: [400] }), (now) => ('planId' in wanted ? now.planId === wanted.planId : now.quantity === wanted.quantity));
    },
    cancel: (id: string): Promise<Changed> => change(id, 'Unsubscribe', () => call('subscriptions.cancel', 'DELETE', path(id), { pass: [400] }), (now) => now.status === 'Unsubscribed'),
    /** Answers a change that the customer asked for in Azure. Answered before in the same sense: accepted, `repeated`. */
    async answer(id: string, operationId: string, success: boolean): Promise<Decision<{ readonly operation: SaasOperation; readonly repeated: boolean }, SaasRefusal>> {
      const wanted = success ? 'Succeeded' : 'Failed';
      const before = await operation(id, operationId);
      if (!before) return refuse('subscriptionUnknown', 'Microsoft knows no such operation.', { path: 'operationId', hint: 'Take the id from the webhook.' });
      const conflict = (status: string) => refuse('operationFailed', `The operation is ${status} already.`, { path: 'operationId', hint: 'Microsoft answers by itself after some seconds of silence. Bring the service in line with the subscription.', facts: { status } });
      if (before.status === wanted) return accept({ operation: before, repeated: true }, 'it was answered before');
      if (before.status !== 'InProgress') return conflict(before.status);
      try {
        await call('operations.answer', 'PATCH', path(id, 'operations', operationId), { body: { status: success ? 'Success' : 'Failure' }, pass: [409] });
      } catch (error) {
        if (!isVendorError(error) || error.outcome !== 'unknown') throw error;
        const seen = await operation(id, operationId);
        if (!seen || seen.status === 'InProgress') throw error;
      }
      const now = (await operation(id, operationId)) ?? before;
      return now.status === wanted ? accept({ operation: now, repeated: false }, 'it was read back') : conflict(now.status);
    },
  };
}
export type SaasSubscriptions = ReturnType<typeof saasSubscriptions>;

const noToken = (): Refused<'tokenUnknown'> => refuse('tokenUnknown', 'Microsoft does not know this purchase token.', { path: 'token', hint: 'It lasts a day. Have the customer press "Configure account" in Azure again.' });
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
