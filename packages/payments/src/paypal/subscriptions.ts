import { accept, isVendorError, refuse, VendorError, type Decision } from '../../../../core/src/index.ts';
import { settle } from '../settle.ts';
import { paypalAmount, paypalMinor } from './amount.ts';
import { requestId } from './requestId.ts';
import { paypalWire, type PaypalOptions } from './wire.ts';

export interface PaypalSubscription {
  readonly id: string;
  readonly planId: string;
  /** `APPROVAL_PENDING`, `APPROVED`, `ACTIVE`, `SUSPENDED`, `CANCELLED` or `EXPIRED`. */
  readonly status: string;
  readonly quantity: number;
  /** Ours: what the subscription is for. */
  readonly subscriptionId: string | null;
  readonly nextBillingAt: string | null;
  /** What failed payments left unpaid; null before the first. */
  readonly outstandingMinor: number | null;
  readonly currency: string | null;
  readonly failedPayments: number;
}
export type PaypalSubscriptionRefusal = 'subscriptionUnknown' | 'notPossible' | 'planMismatch' | 'amountMismatch' | 'currencyMismatch' | 'badInput';
export interface SubscribeWanted { readonly subscriptionId: string; readonly planId: string; readonly quantity?: number; readonly attempt?: number; readonly returnUrl: string; readonly cancelUrl: string }
type Changed = Decision<{ readonly subscription: PaypalSubscription; readonly repeated: boolean }, PaypalSubscriptionRefusal>;
/** `approveUrl`: the customer must say yes there before anything changes; null when nothing is asked. */
type Asked = Decision<{ readonly subscription: PaypalSubscription; readonly approveUrl: string | null; readonly repeated: boolean }, PaypalSubscriptionRefusal>;
type Raw = Readonly<Record<string, unknown>>;
type Amount = { readonly currency_code?: string; readonly value?: string };

const ID = /^I-[A-Z0-9]{1,48}$/;
const wholeText = (text: unknown): number => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : 1);

function subscriptionOf(raw: Raw): PaypalSubscription {
  const billing = (raw['billing_info'] ?? {}) as { readonly outstanding_balance?: Amount; readonly next_billing_time?: string; readonly failed_payments_count?: number };
  const outstanding = paypalMinor(billing.outstanding_balance);
  return {
    id: String(raw['id']), planId: String(raw['plan_id']), status: String(raw['status']), quantity: wholeText(raw['quantity']), subscriptionId: typeof raw['custom_id'] === 'string' ? raw['custom_id'] : null,
    nextBillingAt: billing.next_billing_time ?? null, outstandingMinor: Number.isNaN(outstanding) ? null : outstanding, currency: billing.outstanding_balance?.currency_code ?? null, failedPayments: billing.failed_payments_count ?? 0,
  };
}
const approveUrlOf = (raw: Raw): string | null => (raw['links'] as readonly { readonly rel: string; readonly href: string }[] | undefined)?.find(({ rel }) => rel === 'approve')?.href ?? null;

/**
 * Subscriptions that PayPal bills by itself (erp.md 6.2). Every change is read back; asked for again, it is found done. PayPal prorates
 * nothing: a revised plan is charged whole from the next billing on, and the difference of the running period is a matter of our own bill.
 * @example const subscriptions = paypalSubscriptions({ send, clock, clientId, clientSecret }); await subscriptions.suspend('I-BW452GLLEP1G', 'unpaid');
 */
export function paypalSubscriptions(options: PaypalOptions) {
  const call = paypalWire(options);
  const { clock } = options;
  const path = (id: string, verb = ''): string => `/v1/billing/subscriptions/${id}${verb}`;
  const read = async (id: string): Promise<Raw | undefined> => {
    if (!ID.test(id)) return undefined;
    const { status, body } = await call('subscriptions.get', { method: 'GET', path: path(id) }, [404]);
    return status === 404 ? undefined : body;
  };
  const get = async (id: string): Promise<PaypalSubscription | undefined> => {
    const raw = await read(id);
    return raw && subscriptionOf(raw);
  };
  const unknown = () => refuse('subscriptionUnknown', 'PayPal knows no such subscription of this account.', { path: 'id', hint: 'Take the id that creating it gave, I-…; are the keys of the same account?' });
  const notPossible = (status: string, hint: string) => refuse('notPossible', `The subscription is ${status}.`, { path: 'id', hint, facts: { status } });
  const unread = (operation: string): never => {
    throw new VendorError({ vendor: 'paypal', operation, kind: 'unexpectedReply', outcome: 'unknown', message: `PayPal accepted ${operation}, but the subscription does not show it.`, hint: 'Read it again in a minute, or see it in the PayPal account.' });
  };
  /** The issue PayPal names when it understood and would not; anything else is thrown. */
  const issueOrThrow = (error: unknown): { readonly issue: string } => {
    if (isVendorError(error) && (error.status === 404 || error.status === 422)) return { issue: String(error.detail?.['code'] ?? 'unnamed') };
    throw error;
  };

  /** One change of status: from where it may come, and what it must read as afterwards. */
  async function move(id: string, verb: 'activate' | 'suspend' | 'cancel', reason: string, from: readonly string[], to: string, hint: string): Promise<Changed> {
    if (reason.trim().length < 1 || reason.length > 127) return refuse('badInput', 'A reason of 1 to 127 characters is needed.', { path: 'reason', hint: 'The customer may see it: write what you would say.' });
    const before = await get(id);
    if (!before) return unknown();
    if (before.status === to) return accept({ subscription: before, repeated: true }, 'it was so before');
    if (!from.includes(before.status)) return notPossible(before.status, hint);
    const observe = async (): Promise<Changed | undefined> => {
      const now = await get(id);
      return now?.status === to ? accept({ subscription: now, repeated: false }, 'it was read back') : undefined;
    };
    const write = async (): Promise<Changed | undefined> => {
      const answer = await call(`subscriptions.${verb}`, { method: 'POST', path: path(id, `/${verb}`), body: { reason } }).catch(issueOrThrow);
      const now = await observe();
      // Refused, it moved meanwhile, perhaps to where it should be.
      return now ?? ('issue' in answer ? notPossible((await get(id))?.status ?? 'unknown', hint) : undefined);
    };
    return (await settle({ write, observe, clock, group: 1, freshKey: false })) ?? unread(`subscriptions.${verb}`);
  }

  return {
    get,
    /** Makes the subscription the customer approves on PayPal's page. The same plan for the same subscription of ours again is the same one. */
    async create({ subscriptionId, planId, quantity = 1, attempt = 1, returnUrl, cancelUrl }: SubscribeWanted): Promise<Asked> {
      if (!/^[\x21-\x7e]{1,127}$/.test(subscriptionId) || !/^P-[A-Z0-9]{1,48}$/.test(planId) || !Number.isInteger(quantity) || quantity < 1) return refuse('badInput', 'A subscription has an id of ours, a plan P-… and a whole quantity from 1.', { path: /^P-/.test(planId) ? 'subscriptionId' : 'planId', hint: 'Ensure the plan first and use the id it gave.' });
      const answer = await call('subscriptions.create', {
        method: 'POST', path: '/v1/billing/subscriptions', headers: { ...requestId('subscribe', subscriptionId, planId, quantity, attempt), prefer: 'return=representation' },
        body: { plan_id: planId, quantity: String(quantity), custom_id: subscriptionId, application_context: { return_url: returnUrl, cancel_url: cancelUrl, shipping_preference: 'NO_SHIPPING', user_action: 'SUBSCRIBE_NOW' } },
      }).catch(issueOrThrow);
      if ('issue' in answer) return refuse('planMismatch', 'PayPal takes no subscription to this plan.', { path: 'planId', hint: 'Ensure the plan first; a deactivated one takes no subscribers.', facts: { issue: answer.issue } });
      const { body } = answer;
      const made = await read(String(body['id']));
      if (!made) return unread('subscriptions.create');
      const subscription = subscriptionOf(made);
      return accept({ subscription, approveUrl: approveUrlOf(made) ?? approveUrlOf(body), repeated: subscription.status !== 'APPROVAL_PENDING' }, 'it was read back');
    },
    /** Bills again after a suspension, or begins what was approved for later. */
    activate: (id: string, reason: string): Promise<Changed> => move(id, 'activate', reason, ['SUSPENDED', 'APPROVED'], 'ACTIVE', 'Only a suspended or approved one can be activated; one that ended must be made anew.'),
    /** Stops billing until it is activated; PayPal bills nothing for the time between. */
    suspend: (id: string, reason: string): Promise<Changed> => move(id, 'suspend', reason, ['ACTIVE'], 'SUSPENDED', 'Only an active one can be suspended.'),
    /** Ends it for good; nothing is given back. */
    cancel: (id: string, reason: string): Promise<Changed> => move(id, 'cancel', reason, ['ACTIVE', 'SUSPENDED', 'APPROVED'], 'CANCELLED', 'One that was never approved lapses by itself.'),
    /** Asks the customer for another plan or quantity. Nothing changes before the customer approves, and nothing is prorated then. */
    async revise(id: string, wanted: { readonly planId?: string; readonly quantity?: number }): Promise<Asked> {
      const { planId, quantity } = wanted;
      if ((planId === undefined && quantity === undefined) || (planId !== undefined && !/^P-[A-Z0-9]{1,48}$/.test(planId)) || (quantity !== undefined && (!Number.isInteger(quantity) || quantity < 1))) return refuse('badInput', 'Another plan P-… or another whole quantity is needed.', { path: planId === undefined ? 'quantity' : 'planId', hint: 'Ensure the plan first and use the id it gave.' });
      const before = await get(id);
      if (!before) return unknown();
      if ((planId ?? before.planId) === before.planId && (quantity ?? before.quantity) === before.quantity) return accept({ subscription: before, approveUrl: null, repeated: true }, 'it was so before');
      if (before.status !== 'ACTIVE' && before.status !== 'SUSPENDED') return notPossible(before.status, 'Only a running subscription can be revised.');
      // A question to the customer: nothing has changed yet, and asking twice gives two links to the same end.
      const answer = await call('subscriptions.revise', { method: 'POST', path: path(id, '/revise'), body: { ...(planId === undefined ? {} : { plan_id: planId }), ...(quantity === undefined ? {} : { quantity: String(quantity) }) } }).catch(issueOrThrow);
      if ('issue' in answer) return refuse('planMismatch', 'PayPal does not take this change.', { path: 'planId', hint: 'It must be an active plan of the same product.', facts: { issue: answer.issue } });
      return accept({ subscription: (await get(id)) ?? before, approveUrl: approveUrlOf(answer.body), repeated: false }, 'the customer is asked; the new price holds from the next billing on, without proration');
    },
    /** Takes what failed payments left unpaid, or a part of it. After silence the balance is read before it is asked for again. */
    async captureOutstanding(id: string, { amountMinor, currency, note }: { readonly amountMinor: number; readonly currency: string; readonly note: string }): Promise<Changed> {
      const before = await get(id);
      if (!before) return unknown();
      if (before.status !== 'ACTIVE' && before.status !== 'SUSPENDED') return notPossible(before.status, 'Nothing can be taken from one that is not running.');
      if (before.currency !== currency || !paypalAmount(1, currency)) return refuse('currencyMismatch', `The subscription is in ${before.currency ?? 'no currency yet'}.`, { path: 'currency', hint: 'Take what is outstanding in its own currency.' });
      const left = before.outstandingMinor ?? 0;
      if (amountMinor < 1 || amountMinor > left) return refuse('amountMismatch', amountMinor < 1 ? 'At least one minor unit is taken.' : 'That is more than what is outstanding.', { path: 'amountMinor', hint: left === 0 ? 'Nothing is outstanding.' : `Take 1 to ${left} minor units.`, facts: { outstandingMinor: left } });
      const observe = async (): Promise<Changed | undefined> => {
        const now = await get(id);
        return now && (now.outstandingMinor ?? 0) <= left - amountMinor ? accept({ subscription: now, repeated: false }, 'the balance was read back') : undefined;
      };
      const write = async (group: number): Promise<Changed | undefined> => {
        await call('subscriptions.capture', { method: 'POST', path: path(id, '/capture'), headers: requestId('outstanding', id, before.nextBillingAt ?? 'none', before.failedPayments, left, amountMinor, group), body: { note, capture_type: 'OUTSTANDING_BALANCE', amount: paypalAmount(amountMinor, currency) } });
        return observe();
      };
      return (await settle({ write, observe, clock, group: 1, freshKey: false })) ?? unread('subscriptions.capture');
    },
  };
}
export type PaypalSubscriptions = ReturnType<typeof paypalSubscriptions>;
