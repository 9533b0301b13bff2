import { callbackQueue, posted } from '../callbacks.ts';
import { serve, type Running, type SimReply, type SimRequest } from '../http.ts';
import type { World } from '../world.ts';
import type { Card } from './cards.ts';
import { attach, createCustomer, customerOf, detach, methodOf, methodsOf, updateCustomer } from './customers.ts';
import { readForm, type Form } from './form.ts';
import { idempotencyStore } from './idempotency.ts';
import { answerChallenge, cancelIntent, captureIntent, confirmIntent, createIntent, intentOf, updateIntent } from './intents.ts';
import { expanded, page } from './pages.ts';
import { missing, Problem } from './problem.ts';
import { createRefund, failRefund } from './refunds.ts';
import { newState, type Charge, type Customer, type Intent, type Refund, type State, type StripeEvent } from './state.ts';
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
  /** The bank changes its mind about a stored card; left out, it says yes again. */
  bankSays(methodId: string, decline?: NonNullable<Card['decline']>): void;
  dispute(intentId: string): void;
  failRefund(refundId: string): Refund;
  /** The next POST with an idempotency key does nothing and answers 500, and goes on answering that under its key. */
  breakNext(times?: number): void;
  addWebhook(url: string, secret: string, types?: readonly string[]): void;
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
  const send = (event: StripeEvent): void => {
    for (const { url, secret, types } of state.endpoints) {
      if (!types.includes('*') && !types.includes(event.type)) continue;
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
        confirmIntent(state, intent, { payment_method: paymentMethod });
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 402) throw error;
      }
      return structuredClone(intent);
    },
    answerChallenge: (id, passed) => answerChallenge(state, intentOf(state, id), passed),
    bankSays: (id, decline) => {
      const { brand, last4 } = state.methods.get(id)!;
      state.methods.set(id, { brand, last4, ...(decline ? { decline } : {}) });
    },
    dispute: (id) => {
      const charge = state.charges.get(intentOf(state, id).latest_charge ?? '');
      if (!charge) throw new Error(`${id} has no charge`);
      charge.disputed = true;
      state.emit('charge.dispute.created', { id: state.id('du'), object: 'dispute', amount: charge.amount, charge: charge.id, currency: charge.currency, payment_intent: id, reason: 'fraudulent', status: 'needs_response' });
    },
    failRefund: (id) => failRefund(state, id),
    breakNext: (times) => idempotency.breakNext(times),
    addWebhook,
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

function route(state: State, request: SimRequest): SimReply {
  const form: Form = readForm(request.method === 'GET' ? request.query.toString() : request.text);
  const [, version, collection, id, verb] = request.rawPath.split('/').map(decodeURIComponent);
  const ok = (object: object): SimReply => ({ status: 200, body: expanded(state, object, form) });
  const call = `${request.method} ${collection}${id ? '/:id' : ''}${verb ? `/${verb}` : ''}`;
  if (version === 'v1') {
    switch (call) {
      case 'POST payment_intents': return ok(createIntent(state, form));
      case 'GET payment_intents': return page(state, [...state.intents.values()].filter((intent) => !form['customer'] || intent.customer === form['customer']), form, '/v1/payment_intents');
      case 'GET payment_intents/:id': return ok(intentOf(state, id!));
      case 'POST payment_intents/:id': return ok(updateIntent(state, intentOf(state, id!), form));
      case 'POST payment_intents/:id/confirm': return ok(confirmIntent(state, intentOf(state, id!), form));
      case 'POST payment_intents/:id/capture': return ok(captureIntent(state, intentOf(state, id!), form));
      case 'POST payment_intents/:id/cancel': return ok(cancelIntent(state, intentOf(state, id!), form));
      case 'POST customers': return ok(createCustomer(state, form));
      case 'GET customers/:id': return ok(customerOf(state, id!));
      case 'POST customers/:id': return ok(updateCustomer(state, customerOf(state, id!), form));
      case 'GET customers/:id/payment_methods': return page(state, methodsOf(state, customerOf(state, id!).id), form, `/v1/customers/${id}/payment_methods`);
      case 'GET payment_methods/:id': return ok(methodOf(state, id!, 'payment_method', 404));
      case 'POST payment_methods/:id/attach': return ok(attach(state, id!, customerOf(state, String(form['customer'] ?? ''), 'customer', 400)));
      case 'POST payment_methods/:id/detach': return ok(detach(state, methodOf(state, id!, 'payment_method', 404)));
      case 'GET charges/:id': return ok(found(state.charges, 'charge', id!));
      case 'POST refunds': return ok(createRefund(state, form));
      case 'GET refunds': return page(state, [...state.refunds.values()].filter((refund) => !form['payment_intent'] || refund.payment_intent === form['payment_intent']), form, '/v1/refunds');
      case 'GET refunds/:id': return ok(found(state.refunds, 'refund', id!));
      case 'GET events': return page(state, state.events.filter((event) => !form['type'] || event.type === form['type']), form, '/v1/events');
      case 'GET events/:id': return ok(found(new Map(state.events.map((event) => [event.id, event])), 'event', id!));
    }
  }
  throw new Problem(404, { message: `Unrecognized request URL (${request.method}: ${request.rawPath}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`, type: 'invalid_request_error' });
}

function found<T>(map: ReadonlyMap<string, T>, kind: string, id: string): T {
  const object = map.get(id);
  if (!object) throw missing(kind, id, 'id');
  return object;
}
