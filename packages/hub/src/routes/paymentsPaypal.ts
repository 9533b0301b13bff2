import type { FastifyInstance, FastifyReply } from 'fastify';
import { refuse, type Decision } from '../../../../core/src/index.ts';
import type { PaymentEvent, PaypalSubscription } from '../../../payments/src/index.ts';
import type { PaypalPlanRequest, PaypalSubscribeRequest, PaypalSubscriptionState } from '../api.ts';
import type { Events } from '../deps.ts';
import { answer } from '../replies.ts';
import type { PaymentProviders, PaypalBilling } from './paymentsProviders.ts';
import { id, line, object, ok, whole } from './shapes.ts';

const currency = { type: 'string', pattern: '^[A-Z]{3}$' } as const;
const url = { type: 'string', pattern: '^https?://[^\\s]{1,2000}$' } as const;
const planId = id('^P-[A-Z0-9]{1,48}$');
const of = { params: object({ id: id('^I-[A-Z0-9]{1,48}$') }, ['id']) };
const reason = object({ reason: line(127) }, ['reason']);
type Of = { Params: { id: string } };
type Told = Decision<{ readonly subscription: PaypalSubscription; readonly approveUrl?: string | null; readonly repeated: boolean }>;

/** Plans and subscriptions that PayPal bills by itself (erp.md 6.2). */
export function paypalBillingRoutes(app: FastifyInstance, providers: PaymentProviders): void {
  const on = (operation: string) => providers.paypalBilling(operation);
  const schema = (summary: string, more: object = {}) => ({ schema: { tags: ['payments'], summary, response: ok('PaypalSubscriptionState'), ...more } });
  const told = (reply: FastifyReply, decision: Told) => answer(reply, decision.type === 'refused' ? decision : ({ type: 'paypalSubscription', subscription: decision.value.subscription, approveUrl: decision.value.approveUrl ?? null, repeated: decision.value.repeated } satisfies PaypalSubscriptionState));
  const at = '/v1/payments/paypal/subscriptions';

  app.post<{ Body: PaypalPlanRequest }>('/v1/payments/paypal/plans', schema('Makes product and plan at PayPal, each once; a price keeps its key', {
    body: object({ key: id('^[A-Za-z0-9._-]{1,60}$'), productId: id('^[A-Za-z0-9._-]{6,50}$'), productName: line(127), name: line(127), amountMinor: whole(1, 99_999_999), currency, every: { enum: ['month', 'year'] }, count: whole(1, 12), suspendAfter: whole(0, 999) }, ['key', 'productId', 'name', 'amountMinor', 'currency', 'every']), response: ok('PaypalPlan'),
  }), async ({ body: { productName, ...wanted } }, reply) => {
    const { plans } = on('ensurePlan');
    const product = await plans.ensureProduct(wanted.productId, productName ?? wanted.name);
    const plan = product.type === 'refused' ? product : await plans.ensure(wanted);
    return answer(reply, plan.type === 'refused' ? plan : { type: 'paypalPlan', ...plan.value });
  });
  app.post<{ Body: PaypalSubscribeRequest }>(at, schema('Makes the subscription a customer approves at PayPal', {
    body: object({ subscriptionId: id('^[A-Za-z0-9._:-]{1,80}$'), planId, quantity: whole(1, 1_000_000), attempt: whole(1, 99), returnUrl: url, cancelUrl: url }, ['subscriptionId', 'planId', 'returnUrl', 'cancelUrl']),
  }), async ({ body }, reply) => told(reply, await on('subscribe').subscriptions.create(body)));
  app.get<Of>(`${at}/:id`, schema('A subscription as PayPal holds it now', of), async ({ params }, reply) => {
    const found = await on('get').subscriptions.get(params.id);
    return found ? { type: 'paypalSubscription', subscription: found, approveUrl: null, repeated: true } : answer(reply, refuse('subscriptionUnknown', 'PayPal knows no such subscription of this account.', { path: 'id', hint: 'Take the id that creating it gave, I-….' }));
  });
  for (const [verb, summary] of [['activate', 'Lets PayPal bill again'], ['suspend', 'Stops the billing until it is activated'], ['cancel', 'Ends a subscription for good; nothing is given back']] as const) {
    app.post<Of & { Body: { reason: string } }>(`${at}/:id/${verb}`, schema(summary, { ...of, body: reason }), async ({ params, body }, reply) => told(reply, await on(verb).subscriptions[verb](params.id, body.reason)));
  }
  app.post<Of & { Body: { planId?: string; quantity?: number } }>(`${at}/:id/revise`, schema('Asks the customer for another plan or quantity; without proration, from the next billing on', { ...of, body: object({ planId, quantity: whole(1, 1_000_000) }) }), async ({ params, body }, reply) => told(reply, await on('revise').subscriptions.revise(params.id, body)));
  app.post<Of & { Body: { amountMinor: number; currency: string; note: string } }>(`${at}/:id/capture`, schema('Takes what failed payments left unpaid', { ...of, body: object({ amountMinor: whole(1, 99_999_999), currency, note: line(127) }, ['amountMinor', 'currency', 'note']) }), async ({ params, body }, reply) => told(reply, await on('capture').subscriptions.captureOutstanding(params.id, body)));
}

const HEARD: Readonly<Record<string, string>> = {
  'BILLING.SUBSCRIPTION.ACTIVATED': 'activated', 'BILLING.SUBSCRIPTION.UPDATED': 'updated', 'BILLING.SUBSCRIPTION.SUSPENDED': 'suspended', 'BILLING.SUBSCRIPTION.CANCELLED': 'cancelled',
  'BILLING.SUBSCRIPTION.EXPIRED': 'expired', 'BILLING.SUBSCRIPTION.PAYMENT.FAILED': 'paymentFailed', 'PAYMENT.SALE.COMPLETED': 'paid',
};

/**
 * What PayPal says of a subscription becomes an event once; the state in it is read back, for what is said may be late. Undefined: it is about
 * something else.
 * @example await hearPaypalSubscription(verified.value, providers.paypalBilling('webhook'), events) // 'applied'
 */
export async function hearPaypalSubscription(event: PaymentEvent, { subscriptions }: PaypalBilling, events: Events): Promise<'applied' | 'repeated' | 'ignored' | undefined> {
  const what = HEARD[event.type];
  if (!what || !event.objectId.startsWith('I-')) return undefined;
  const now = await subscriptions.get(event.objectId);
  if (!now) return 'ignored';
  const { id: paypalId, ...state } = now;
  const { repeated } = await events.publish({ type: `paypalSubscription.${what}`, stream: `paypal-${paypalId}`, key: `event:${event.id}`, data: { paypalId, ...state, ...(what === 'paid' && event.amountMinor !== undefined ? { paidMinor: event.amountMinor } : {}) } });
  return repeated ? 'repeated' : 'applied';
}
