import { callbackQueue, posted } from '../callbacks.ts';
import { serve, type Running, type SimReply, type SimRequest } from '../http.ts';
import type { World } from '../world.ts';
import type { Card } from './cards.ts';
import { methodOf, renewMethod } from './customers.ts';
import { idempotencyStore } from './idempotency.ts';
import { answerChallenge, confirmIntent, createIntent, intentOf } from './intents.ts';
import { Problem } from './problem.ts';
import { createRefund, failRefund } from './refunds.ts';
import { route } from './routes.ts';
import { answerSetup, setupOf } from './setupIntents.ts';
import { newState, type Charge, type Customer, type Intent, type Method, type Refund, type SetupIntent, type StripeEvent } from './state.ts';
import { signStripe, webhookRetriesMs } from './webhooks.ts';

export interface StripeSandboxOptions {
  readonly port?: number;
  /** Default `sk_test_leadlight`. */
  readonly secretKey?: string;
  /** Where signed events go. */
  readonly webhooks?: readonly { readonly url: string; readonly secret: string; readonly types?: readonly string[] }[];
}
export interface StripeSandbox extends Running {
  readonly secretKey: string;
  /** What a customer does in the checkout page: a confirmed intent, by default authorised for manual capture. A declined card gives the intent back unpaid. */
  authorise(order: { readonly amountMinor: number; readonly currency: string; readonly orderId?: string; readonly paymentMethod?: string; readonly captureMethod?: 'manual' | 'automatic' }): Intent;
  answerChallenge(intentId: string, passed: boolean): Intent;
  answerSetupChallenge(setupIntentId: string, passed: boolean): SetupIntent;
  /** The bank changes its mind about a stored card; left out, it says yes again. */
  bankSays(methodId: string, decline?: NonNullable<Card['decline']>): void;
  /** The bank gives a stored card a new expiry, and Stripe writes it down. */
  bankRenews(methodId: string): Method;
  /** Gives the id of the dispute. */
  dispute(intentId: string): string;
  closeDispute(disputeId: string, status: 'won' | 'lost'): void;
  failRefund(refundId: string): Refund;
  /** Somebody refunds in the dashboard. */
  giveBack(intentId: string, amountMinor: number): Refund;
  /** The next POST with an idempotency key does nothing and answers 500, and goes on answering that under its key. */
  breakNext(times?: number): void;
  addWebhook(url: string, secret: string, types?: readonly string[]): void;
  /** The next deliveries leave and are never heard of again, as behind an endpoint that is switched off; `GET /v1/events` still has them. */
  loseWebhooks(times: number): void;
  /** Delivers what is due now; a failed delivery waits for its next time on the world's clock. */
  flush(): Promise<void>;
  /** Sends an event again, as Stripe does when it is unsure. */
  redeliver(eventId: string): Promise<void>;
  intents(): readonly Intent[];
  charges(): readonly Charge[];
  refunds(): readonly Refund[];
  customers(): readonly Customer[];
  events(): readonly StripeEvent[];
}

/** A stateful Stripe account on loopback: PaymentIntents, refunds, events with signed webhooks, idempotency keys (erp.md 6.1). */
export async function startStripe(world: World, options: StripeSandboxOptions = {}): Promise<StripeSandbox> {
  const secretKey = options.secretKey ?? 'sk_test_leadlight';
  const callbacks = callbackQueue(world);
  const disputes = new Map<string, Record<string, unknown>>();
  let lost = 0;
  const send = (event: StripeEvent): void => {
    for (const { url, secret, types } of state.endpoints) {
      if (!types.includes('*') && !types.includes(event.type)) continue;
      if (lost > 0) {
        lost -= 1;
        continue;
      }
      const body = JSON.stringify(event, null, 2); // Stripe pretty-prints: whoever re-serialises fails the signature
      callbacks.add(0, () => posted(url, { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)', 'stripe-signature': signStripe(secret, state.now(), body) }, body), webhookRetriesMs);
    }
  };
  const state = newState(world, send);
  const addWebhook = (url: string, secret: string, types: readonly string[] = ['*']) => void state.endpoints.push({ id: state.id('we'), url, secret, types });
  for (const { url, secret, types } of options.webhooks ?? []) addWebhook(url, secret, types);
  const idempotency = idempotencyStore(() => state.now());

  const running = await serve(world, 'stripe', (request) => {
    const requestId = state.id('req').replace('_1', '_');
    const refused = authorised(request, secretKey);
    const key = request.headers['idempotency-key'];
    const reply = refused ?? (request.method === 'POST' ? idempotency.run(typeof key === 'string' ? key : undefined, `${request.rawPath}\n${request.text}`, requestId, () => route(state, request)) : caught(() => route(state, request)));
    const version = request.headers['stripe-version'];
    return { ...reply, headers: { ...reply.headers, 'request-id': requestId, ...(typeof version === 'string' ? { 'stripe-version': version } : {}), ...(typeof key === 'string' ? { 'idempotency-key': key } : {}) } };
  }, options.port ?? 0);

  return {
    ...running,
    secretKey,
    authorise: ({ amountMinor, currency, orderId, paymentMethod = 'pm_card_visa', captureMethod = 'manual' }) => {
      const intent = createIntent(state, { amount: String(amountMinor), currency, capture_method: captureMethod, metadata: orderId ? { order_id: orderId } : {} });
      try {
        confirmIntent(state, intent, { payment_method: paymentMethod, return_url: 'https://shop.example/thanks' });
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 402) throw error;
      }
      return structuredClone(intent);
    },
    answerChallenge: (id, passed) => answerChallenge(state, intentOf(state, id), passed),
    answerSetupChallenge: (id, passed) => answerSetup(state, setupOf(state, id), passed),
    bankRenews: (id) => renewMethod(state, methodOf(state, id)),
    bankSays: (id, decline) => {
      const { brand, last4 } = state.methods.get(id)!;
      state.methods.set(id, { brand, last4, ...(decline ? { decline } : {}) });
    },
    dispute: (id) => {
      const charge = state.charges.get(intentOf(state, id).latest_charge ?? '');
      if (!charge) throw new Error(`${id} has no charge`);
      charge.disputed = true;
      const dispute = { id: state.id('du'), object: 'dispute', amount: charge.amount, charge: charge.id, currency: charge.currency, payment_intent: id, reason: 'fraudulent', status: 'needs_response' };
      disputes.set(dispute.id, dispute);
      state.emit('charge.dispute.created', dispute);
      return dispute.id;
    },
    closeDispute: (id, status) => {
      const dispute = disputes.get(id);
      if (!dispute) throw new Error(`no dispute ${id}`);
      dispute['status'] = status;
      state.emit('charge.dispute.closed', dispute);
    },
    failRefund: (id) => failRefund(state, id),
    giveBack: (id, minor) => createRefund(state, { payment_intent: id, amount: String(minor) }),
    breakNext: (times) => idempotency.breakNext(times),
    addWebhook,
    loseWebhooks: (times) => void (lost = times),
    flush: () => callbacks.flush(),
    redeliver: async (id) => {
      const event = state.events.find((one) => one.id === id);
      if (!event) throw new Error(`no event ${id}`);
      send(event);
      await callbacks.flush();
    },
    intents: () => structuredClone([...state.intents.values()]),
    charges: () => structuredClone([...state.charges.values()]),
    refunds: () => structuredClone([...state.refunds.values()]),
    customers: () => structuredClone([...state.customers.values()]),
    events: () => structuredClone(state.events),
    close: async () => {
      callbacks.close();
      await running.close();
    },
  };
}

function authorised(request: SimRequest, secretKey: string): SimReply | undefined {
  const header = request.headers.authorization ?? '';
  const given = header.startsWith('Bearer ') ? header.slice(7) : header.startsWith('Basic ') ? Buffer.from(header.slice(6), 'base64').toString().split(':')[0]! : '';
  if (given === secretKey) return undefined;
  const message = given
    ? `Invalid API Key provided: ${given.slice(0, 8)}${'*'.repeat(12)}`
    : "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').";
  return { ...new Problem(401, { message, type: 'invalid_request_error' }).reply(), headers: { 'www-authenticate': 'Basic realm="Stripe"' } };
}

function caught(work: () => SimReply): SimReply {
  try {
    return work();
  } catch (error) {
    if (error instanceof Problem) return error.reply();
    throw error;
  }
}
