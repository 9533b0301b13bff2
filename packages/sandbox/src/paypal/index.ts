import { randomBytes, randomUUID } from 'node:crypto';
import { callbackQueue, posted } from '../callbacks.ts';
import { serve, type Running, type SimReply, type SimRequest } from '../http.ts';
import type { World } from '../world.ts';
import { captureOrder, createOrder, patchOrder, refundCapture } from './orders.ts';
import { signPaypal, verifies } from './signing.ts';
import { centsOf, paypalId, PaypalProblem, type Order, type Refund } from './state.ts';
import { paypalSubscriptionDesk, type PaypalSubscriptionDesk } from './subscriptions.ts';

export interface PaypalSandboxOptions {
  readonly port?: number;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly webhooks?: readonly { readonly url: string; readonly webhookId: string }[];
}
export interface PaypalEvent { readonly id: string; readonly event_type: string; readonly create_time: string; readonly resource_type: string; readonly resource: object }
export interface PaypalSandbox extends Running {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The payer says yes on PayPal's page; `bank` is what happens at the capture. */
  approve(orderId: string, bank?: 'yes' | 'declined' | 'pending'): void;
  /** A pending capture is decided. */
  decide(orderId: string, completed: boolean): void;
  dispute(orderId: string): void;
  /** What PayPal bills by itself. */
  readonly billing: Pick<PaypalSubscriptionDesk, 'approve' | 'bill' | 'plans' | 'subscriptions' | 'charged'>;
  orders(): readonly Order[];
  refunds(): readonly Refund[];
  events(): readonly PaypalEvent[];
  addWebhook(url: string, webhookId: string): void;
  flush(): Promise<void>;
}

const TOKEN_SECONDS = 32_400;
const MINUTE = 60_000;
/** PayPal tries up to 25 times over three days. */
const RETRIES = Array.from({ length: 24 }, (_one, index) => Math.min(2 ** index, 300) * MINUTE);

/** A PayPal merchant account on loopback: orders, captures, refunds, signed webhooks and their verification (erp.md 6.2). */
export async function startPaypal(world: World, options: PaypalSandboxOptions = {}): Promise<PaypalSandbox> {
  const { clientId = 'sandbox-client', clientSecret = 'sandbox-paypal-secret' } = options;
  const callbacks = callbackQueue(world);
  const tokens = new Map<string, number>();
  const orders = new Map<string, Order>();
  const banks = new Map<string, 'yes' | 'declined' | 'pending'>();
  const events: PaypalEvent[] = [];
  const hooks = [...(options.webhooks ?? [])];
  const kept = new Map<string, { readonly print: string; readonly reply: SimReply }>();
  let running: Running | undefined;
  const shop = {
    orders, now: () => world.clock.now(), url: () => running?.url ?? '',
    emit: (type: string, resource: object): void => {
      const event: PaypalEvent = { id: `WH-${paypalId()}-${paypalId()}`, create_time: world.clock.now(), resource_type: type.startsWith('CHECKOUT') ? 'checkout-order' : type.startsWith('BILLING') ? 'subscription' : type.includes('SALE') ? 'sale' : type.includes('REFUND') ? 'refund' : 'capture', event_type: type, resource: structuredClone(resource) };
      events.push(event);
      for (const { url, webhookId } of hooks) {
        const raw = JSON.stringify(event);
        callbacks.add(0, () => posted(url, { 'content-type': 'application/json', ...signPaypal(randomUUID(), world.clock.now(), webhookId, raw) }, raw), RETRIES);
      }
    },
  };
  const desk = paypalSubscriptionDesk(shop);
  const orderOf = (id: string): Order => {
    const order = orders.get(id);
    if (!order) throw new PaypalProblem(404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID');
    return order;
  };

  function route(request: SimRequest): SimReply {
    const [, version, area, collection, id = '', verb] = request.rawPath.split('/').map(decodeURIComponent);
    const body = (request.text === '' ? {} : JSON.parse(request.text)) as Record<string, unknown>;
    const key = request.headers['paypal-request-id'];
    const once = (work: () => SimReply): SimReply => {
      if (typeof key !== 'string') return work();
      if (key.length > 108) throw new PaypalProblem(400, 'INVALID_REQUEST', 'INVALID_STRING_LENGTH', 'PayPal-Request-Id');
      const print = `${request.rawPath}\n${request.text}`;
      const before = kept.get(`${request.rawPath} ${key}`);
      if (before && before.print !== print) throw new PaypalProblem(422, 'UNPROCESSABLE_ENTITY', 'PAYPAL_REQUEST_ID_PREVIOUSLY_USED');
      if (before) return before.reply;
      const reply = work();
      kept.set(`${request.rawPath} ${key}`, { print, reply: structuredClone(reply) });
      return reply;
    };
    switch (`${request.method} ${version}/${area}/${collection}${id ? '/:id' : ''}${verb ? `/${verb}` : ''}`) {
      case 'POST v2/checkout/orders': return once(() => ({ status: 201, body: structuredClone(createOrder(shop, body)) }));
      case 'GET v2/checkout/orders/:id': return { status: 200, body: orderOf(id) };
      case 'PATCH v2/checkout/orders/:id': patchOrder(orderOf(id), body); return { status: 204 };
      case 'POST v2/checkout/orders/:id/capture': return once(() => ({ status: 201, body: structuredClone(captureOrder(shop, orderOf(id), banks.get(id) ?? 'yes')) }));
      case 'POST v2/payments/captures/:id/refund': return once(() => ({ status: 201, body: structuredClone(refundCapture(shop, id, body)) }));
      case 'POST v1/notifications/verify-webhook-signature': return { status: 200, body: { verification_status: verifies(request.text) ? 'SUCCESS' : 'FAILURE' } };
    }
    const answered = desk.route(request, body, once);
    if (answered) return answered;
    throw new PaypalProblem(404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID');
  }

  function handle(request: SimRequest): SimReply {
    const { authorization = '' } = request.headers;
    if (request.rawPath === '/v1/oauth2/token') {
      if (authorization !== `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`) return { status: 401, body: { error: 'invalid_client', error_description: 'Client Authentication failed' } };
      if (new URLSearchParams(request.text).get('grant_type') !== 'client_credentials') return { status: 400, body: { error: 'unsupported_grant_type' } };
      const token = `A21AA${randomBytes(24).toString('base64url')}`;
      tokens.set(token, world.clock.ms + TOKEN_SECONDS * 1000);
      return { status: 200, body: { access_token: token, token_type: 'Bearer', app_id: 'APP-80W284485P519543T', expires_in: TOKEN_SECONDS } };
    }
    if (!((tokens.get(authorization.replace(/^Bearer /, '')) ?? 0) > world.clock.ms)) return { status: 401, body: { error: 'invalid_token', error_description: 'Token signature verification failed' } };
    try {
      return { headers: { 'paypal-debug-id': randomBytes(7).toString('hex') }, ...route(request) };
    } catch (error) {
      if (error instanceof PaypalProblem) return { status: error.status, body: error.body };
      if (error instanceof SyntaxError) return { status: 400, body: new PaypalProblem(400, 'INVALID_REQUEST', 'MALFORMED_REQUEST_JSON').body };
      throw error;
    }
  }
  running = await serve(world, 'paypal', handle, options.port ?? 0);
  return {
    ...running, clientId, clientSecret,
    approve: (id, bank = 'yes') => {
      banks.set(id, bank);
      orderOf(id).status = 'APPROVED';
      shop.emit('CHECKOUT.ORDER.APPROVED', orderOf(id));
    },
    decide: (id, completed) => {
      const capture = orderOf(id).purchase_units[0].payments!.captures[0]!;
      capture.status = completed ? 'COMPLETED' : 'DECLINED';
      shop.emit(completed ? 'PAYMENT.CAPTURE.COMPLETED' : 'PAYMENT.CAPTURE.DENIED', capture);
    },
    dispute: (id) => {
      const { id: seller_transaction_id, amount } = orderOf(id).purchase_units[0].payments!.captures[0]!;
      shop.emit('CUSTOMER.DISPUTE.CREATED', { dispute_id: `PP-D-${centsOf(amount)}`, dispute_amount: amount, status: 'OPEN', disputed_transactions: [{ seller_transaction_id }] });
    },
    billing: desk,
    orders: () => structuredClone([...orders.values()]),
    refunds: () => structuredClone([...orders.values()].flatMap((order) => order.purchase_units[0].payments?.refunds ?? [])),
    events: () => structuredClone(events),
    addWebhook: (url, webhookId) => void hooks.push({ url, webhookId }),
    flush: () => callbacks.flush(),
    close: async () => {
      callbacks.close();
      await running.close();
    },
  };
}
