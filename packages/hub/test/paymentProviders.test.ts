import { startAzure, type AzureSandbox } from '../../sandbox/src/azure/index.ts';
import { startPaypal, type PaypalSandbox } from '../../sandbox/src/paypal/index.ts';
import { startStripe, type StripeSandbox } from '../../sandbox/src/stripe/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { paymentRoutes } from '../src/routes/payments.ts';
import { closeDb, routeBench, type RouteBench } from './routeBench.ts';

const webhookId = '8PT597110X687430LKGECATA';
let world: World;
let stripe: StripeSandbox;
let paypal: PaypalSandbox;
let azure: AzureSandbox;
let b: RouteBench;
let at: string;
beforeEach(async () => {
  world = new World();
  [stripe, paypal, azure] = [await startStripe(world), await startPaypal(world), await startAzure(world)];
  b = await routeBench(world, paymentRoutes, {
    stripe: { secretKey: stripe.secretKey, webhookSecret: 'whsec_hub', baseUrl: stripe.url },
    paypal: { clientId: paypal.clientId, clientSecret: paypal.clientSecret, webhookId, live: false, baseUrl: paypal.url },
    azureMarketplace: { tenantId: azure.tenantId, clientId: azure.clientId, clientSecret: azure.clientSecret, baseUrl: azure.url, loginUrl: azure.url },
  }, ['payment', 'payment_call', 'payment_event', 'payment_charge', 'payment_customer', 'payment_terms']);
  await b.app.listen({ port: 0, host: '127.0.0.1' });
  at = `http://127.0.0.1:${(b.app.server.address() as { port: number }).port}`;
});
afterEach(async () => {
  // The systems first: a delivery that is under way must not keep the hub open.
  for (const one of [stripe, paypal, azure]) await one.close();
  await b.app.close();
});
afterAll(closeDb);
const post = async (url: string, body: object = {}) => (await b.call('POST', url, body)).body;
const rows = async (sql: string) => (await b.deps.db.query(sql)).rows;

test('[S2-090][S2-118] a PayPal order: made, approved, verified, captured, told once by us and by PayPal, refunded', async () => {
  paypal.addWebhook(`${at}/v1/payments/webhooks/paypal`, webhookId);
  const order = { orderId: 'ord_1', amountMinor: 11_492, currency: 'CAD' };
  const made = await post('/v1/payments/paypal/orders', order);
  expect(made).toMatchObject({ type: 'paypalOrder', approveUrl: expect.stringContaining(made.paymentIntent) });
  const paid = { ...order, paymentIntent: made.paymentIntent };
  expect(await post('/v1/payments/capture', paid)).toMatchObject({ code: 'notPayable' });
  paypal.approve(made.paymentIntent);
  await paypal.flush();
  expect(await post('/v1/payments/verify', paid)).toMatchObject({ type: 'verified', status: 'requires_capture' });
  expect(await Promise.all(Array.from({ length: 5 }, () => post('/v1/payments/capture', paid)))).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'captured', status: 'succeeded' })]));
  await paypal.flush();
  expect(await post('/v1/payments/refund', { ...paid, amountMinor: 1_000, reference: 'a' })).toMatchObject({ type: 'refunded', amountMinor: 1_000 });
  await paypal.flush();
  expect((await b.types()).sort()).toEqual(['payment.authorised', 'payment.captured', 'payment.refunded', 'payment.verified']);
  expect(await rows('SELECT provider, state, captured_minor, refunded_minor FROM payment')).toEqual([{ provider: 'paypal', state: 'partlyRefunded', captured_minor: 11_492, refunded_minor: 1_000 }]);
  // One order has one payment, whoever keeps it.
  expect(await post('/v1/payments/capture', { ...order, paymentIntent: stripe.authorise({ amountMinor: 11_492, currency: 'CAD' }).id })).toMatchObject({ code: 'orderMismatch' });
});

test('[S2-092][S2-118] a PayPal delivery with one byte changed is refused and nothing moves', async () => {
  const raw = '{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"id":"C"}}';
  const reply = await b.app.inject({ method: 'POST', url: '/v1/payments/webhooks/paypal', payload: raw, headers: { 'content-type': 'application/json', 'paypal-transmission-id': 'x', 'paypal-transmission-time': 'x', 'paypal-transmission-sig': 'eA==', 'paypal-cert-url': 'https://api.sandbox.paypal.com/v1/notifications/certs/x', 'paypal-auth-algo': 'SHA256withRSA' } });
  expect([reply.statusCode, reply.json()]).toMatchObject([400, { code: 'badSignature' }]);
  expect(await rows('SELECT * FROM payment_event')).toEqual([]);
});

test('[S2-091][S2-115][S2-116] methods of an account, and a charge without the customer', async () => {
  const methods = '/v1/payments/accounts/acc_1/methods';
  const first = await post(methods, { token: 'pm_card_visa' });
  expect(first).toMatchObject({ type: 'paymentMethods', methods: [{ brand: 'visa', last4: '4242', isDefault: true }] });
  const second = (await post(methods, { token: 'pm_card_mastercard', asDefault: true })).methods[0].id;
  expect((await b.call('GET', methods)).body.methods).toMatchObject([{ id: second, isDefault: true }, { isDefault: false }]);
  const charge = { accountId: 'acc_1', invoiceId: 'INV-1', amountMinor: 4_599, currency: 'CAD' };
  expect(await post('/v1/payments/charge', charge)).toMatchObject({ type: 'charged', status: 'succeeded', repeated: false });
  expect(await post('/v1/payments/charge', charge)).toMatchObject({ repeated: true });
  expect((await b.call('GET', `${methods}/${second}`)).body).toMatchObject({ type: 'paymentMethods', methods: [{ id: second, brand: 'mastercard', isDefault: true }] });
  expect((await b.call('DELETE', `${methods}/${second}`)).body).toMatchObject({ promoted: first.methods[0].id, methods: [{ isDefault: true }] });
  expect(await b.call('GET', `${methods}/${second}`)).toMatchObject({ status: 409, body: { type: 'refused', code: 'methodUnknown', path: 'methodId' } });
  expect(await post(`${methods}/${second}/default`)).toMatchObject({ type: 'refused', code: 'methodUnknown' });
  expect(stripe.charges()).toHaveLength(1);
});

test('[S2-116] the history of an account, declined attempts and refunds included, and of an order; strangers see nothing', async () => {
  const card = (await post('/v1/payments/accounts/acc_1/methods', { token: 'pm_card_visa' })).methods[0].id;
  stripe.bankSays(card, { code: 'card_declined', decline_code: 'stolen_card', message: 'Your card was declined.' });
  const charge = { accountId: 'acc_1', invoiceId: 'INV-1', amountMinor: 4_599, currency: 'CAD' };
  expect(await post('/v1/payments/charge', charge)).toMatchObject({ code: 'declined' });
  stripe.bankSays(card);
  world.clock.advance(60_000);
  const { paymentIntent } = await post('/v1/payments/charge', { ...charge, attempt: 2 });
  await post('/v1/payments/refund', { orderId: 'INV-1', paymentIntent, amountMinor: 599, currency: 'CAD', reference: 'goodwill' });
  const shared = { invoiceId: 'INV-1', amountMinor: 4_599, currency: 'CAD', provider: 'stripe', paymentMethod: card };
  expect((await b.call('GET', '/v1/payments/accounts/acc_1/charges')).body).toMatchObject({ type: 'accountCharges', next: null, charges: [
    { ...shared, attempt: 2, outcome: 'paid', paymentIntent, refundedMinor: 599, declineCode: null, action: null },
    { ...shared, attempt: 1, outcome: 'declined', paymentIntent: null, refundedMinor: 0, declineCode: 'stolen_card', action: 'stop', customerReason: 'generic_decline' },
  ] });
  expect((await b.call('GET', '/v1/payments/orders/INV-1')).body).toMatchObject({ type: 'orderPayments', payments: [{ paymentIntent, state: 'partlyRefunded', capturedMinor: 4_599, refundedMinor: 599, calls: [{ operation: 'refund', reference: 'goodwill', amountMinor: 599, outcome: 'done' }] }] });
  expect((await b.call('GET', '/v1/payments/accounts/acc_9/charges')).body).toEqual({ type: 'accountCharges', charges: [], next: null });
  expect((await b.call('GET', '/v1/payments/orders/ord_9')).body).toEqual({ type: 'orderPayments', payments: [] });
});

test.each([['a card number', { token: '4242424242424242' }], ['a card', { card: { number: '4242424242424242', cvc: '123' } }], ['a number dressed as a token', { token: 'tok_4242424242424242' }]])('[S2-095] %s is bad input and reaches no one', async (_name, body) => {
  const { status, body: said } = await b.call('POST', '/v1/payments/accounts/acc_1/methods', body);
  expect([status, said.code]).toEqual([400, 'badInput']);
  expect(JSON.stringify(said)).not.toContain('4242');
  expect(world.calls).toEqual([]);
});

test('[S2-090] Net-30: terms are recorded, verified and taken as they are; no money moves, none is given back', async () => {
  const order = { orderId: 'ord_b2b', amountMinor: 500_000, currency: 'CAD' };
  const terms = await post('/v1/payments/terms', { ...order, invoicedOn: '2026-01-31' });
  expect(terms).toMatchObject({ type: 'terms', netDays: 30, dueOn: '2026-03-02', repeated: false });
  expect(await post('/v1/payments/terms', { ...order, invoicedOn: '2026-01-31' })).toMatchObject({ repeated: true });
  expect(await post('/v1/payments/terms', { ...order, invoicedOn: '2026-02-01' })).toMatchObject({ type: 'refused' });
  const paid = { ...order, paymentIntent: terms.paymentIntent };
  expect(await post('/v1/payments/verify', paid)).toMatchObject({ type: 'verified', status: 'on_terms' });
  expect(await post('/v1/payments/capture', paid)).toMatchObject({ type: 'captured', status: 'on_terms' });
  expect(await post('/v1/payments/refund', paid)).toMatchObject({ code: 'notPayable' });
  expect(await post('/v1/payments/capture', { ...paid, amountMinor: 1 })).toMatchObject({ code: 'amountMismatch' });
  expect(await post('/v1/payments/cancel', paid)).toMatchObject({ type: 'cancelled', status: 'canceled' });
  expect(await post('/v1/payments/capture', paid)).toMatchObject({ code: 'notPayable' });
  expect(await post('/v1/payments/terms', { ...order, orderId: 'x', invoicedOn: '2026-02-30' })).toMatchObject({ code: 'badInput' });
  expect(await rows('SELECT provider, state, captured_minor FROM payment')).toEqual([{ provider: 'invoice', state: 'cancelled', captured_minor: 0 }]);
  expect(world.calls).toEqual([]);
});

test('[S2-090][S2-118] the Azure Marketplace: resolve, activate, a change heard and answered, usage', async () => {
  azure.setWebhook(`${at}/v1/marketplace/webhook`);
  const { token, subscriptionId } = azure.buy('basic', 3);
  expect(await post('/v1/marketplace/resolve', { token })).toMatchObject({ type: 'saasSubscription', id: subscriptionId, planId: 'basic' });
  const one = `/v1/marketplace/subscriptions/${subscriptionId}`;
  expect(await post(`${one}/activate`, { planId: 'basic', quantity: 3 })).toMatchObject({ type: 'saasChanged', subscription: { status: 'Subscribed' } });
  const asked = azure.portal(subscriptionId, 'ChangePlan', { planId: 'gold' });
  await azure.flush();
  expect(await b.deps.events.list({ types: 'marketplace.changePlan' })).toMatchObject([{ stream: `marketplace-${subscriptionId}`, data: { operationId: asked.id, planId: 'gold', answerNeeded: true } }]);
  expect(await post(`${one}/operations/${asked.id}/answer`, { success: true })).toMatchObject({ type: 'saasOperation', operation: { status: 'Succeeded' } });
  expect(await post(`${one}/change`, { quantity: 4 })).toMatchObject({ subscription: { planId: 'gold', quantity: 4 } });
  expect((await b.call('POST', `${one}/change`, { quantity: 4, planId: 'basic' })).status).toBe(400);
  const usage = { subscriptionId, planId: 'gold', dimension: 'devices', quantity: 2, at: '2026-04-01T12:00:00Z' };
  expect(await post('/v1/marketplace/usage', { events: [usage, usage, { ...usage, dimension: 'cats' }] })).toMatchObject({ results: [{ type: 'taken', repeated: false }, { type: 'taken', repeated: true }, { type: 'refused', code: 'invalidDimension' }] });
  expect((await b.call('GET', '/v1/marketplace/subscriptions')).body.subscriptions).toHaveLength(1);
  expect(await post(`${one}/cancel`)).toMatchObject({ subscription: { status: 'Unsubscribed' } });
  await azure.flush();
  const forged = await b.app.inject({ method: 'POST', url: '/v1/marketplace/webhook', payload: azure.told()[0]!.body, headers: { 'content-type': 'application/json', authorization: `Bearer ${azure.webhookToken({ aud: 'x' })}` } });
  expect(forged.statusCode).toBe(401);
});

test('a provider without settings says which to set', async () => {
  const off = await routeBench(world, paymentRoutes, {}, ['payment']);
  for (const [url, body, hint] of [['/v1/payments/paypal/orders', { orderId: 'o', amountMinor: 1, currency: 'CAD' }, 'PAYPAL'], ['/v1/marketplace/resolve', { token: 'x' }, 'AZURE'], ['/v1/payments/charge', { accountId: 'a', invoiceId: 'i', amountMinor: 1, currency: 'CAD' }, 'STRIPE']] as const) {
    expect(await off.call('POST', url, body)).toMatchObject({ status: 503, body: { type: 'vendorError', hint: expect.stringContaining(hint) } });
  }
  await off.app.close();
});
