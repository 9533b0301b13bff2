import { startPaypal, type PaypalSandbox } from '../../sandbox/src/paypal/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { paymentRoutes } from '../src/routes/payments.ts';
import { closeDb, routeBench, type RouteBench } from './routeBench.ts';

const webhookId = '8PT597110X687430LKGECATA';
let world: World;
let paypal: PaypalSandbox;
let b: RouteBench;
beforeEach(async () => {
  world = new World();
  paypal = await startPaypal(world);
  b = await routeBench(world, paymentRoutes, { paypal: { clientId: paypal.clientId, clientSecret: paypal.clientSecret, webhookId, live: false, baseUrl: paypal.url } }, ['payment', 'payment_event']);
  await b.app.listen({ port: 0, host: '127.0.0.1' });
  paypal.addWebhook(`http://127.0.0.1:${(b.app.server.address() as { port: number }).port}/v1/payments/webhooks/paypal`, webhookId);
});
afterEach(async () => {
  await paypal.close();
  await b.app.close();
});
afterAll(closeDb);
const at = '/v1/payments/paypal/subscriptions';
const post = async (url: string, body: object = {}) => (await b.call('POST', url, body)).body;
const plan = (more = {}) => post('/v1/payments/paypal/plans', { key: 'FTTH150I-2026', productId: 'LEADLIGHT', name: 'Fibre 150', amountMinor: 9_995, currency: 'CAD', every: 'month', ...more });
const pages = { returnUrl: 'https://www.example.ca/merci', cancelUrl: 'https://www.example.ca/panier' };

test('[S2-090] a PayPal subscription: plan, approval, suspension, failed payment and what it left, revision, end; PayPal’s word of each is told once', async () => {
  const { id: planId } = await plan();
  expect(await plan()).toMatchObject({ type: 'paypalPlan', id: planId, repeated: true });
  const made = await post(at, { subscriptionId: 'sub_1', planId, ...pages });
  expect(made).toMatchObject({ type: 'paypalSubscription', subscription: { status: 'APPROVAL_PENDING', subscriptionId: 'sub_1' }, approveUrl: expect.stringContaining('paypal.com') });
  const { id } = made.subscription;
  paypal.billing.approve(id);
  expect((await b.call('GET', `${at}/${id}`)).body).toMatchObject({ subscription: { status: 'ACTIVE', planId } });
  expect(await post(`${at}/${id}/suspend`, { reason: 'unpaid' })).toMatchObject({ subscription: { status: 'SUSPENDED' }, repeated: false });
  expect(await post(`${at}/${id}/activate`, { reason: 'paid' })).toMatchObject({ subscription: { status: 'ACTIVE' } });
  paypal.billing.bill(id, false);
  expect(await post(`${at}/${id}/capture`, { amountMinor: 9_996, currency: 'CAD', note: 'April' })).toMatchObject({ type: 'refused', code: 'amountMismatch' });
  expect(await post(`${at}/${id}/capture`, { amountMinor: 9_995, currency: 'CAD', note: 'April' })).toMatchObject({ subscription: { outstandingMinor: 0 } });
  const { id: bigger } = await plan({ key: 'FTTH500I-2026', amountMinor: 10_995 });
  expect(await post(`${at}/${id}/revise`, { planId: bigger })).toMatchObject({ subscription: { planId }, approveUrl: expect.any(String) });
  expect(await post(`${at}/${id}/cancel`, { reason: 'moved' })).toMatchObject({ subscription: { status: 'CANCELLED' } });
  await paypal.flush();
  const told = (await b.deps.events.list({ types: 'paypalSubscription.*' })).map(({ type, stream }) => [type, stream]);
  expect(told).toEqual(['activated', 'suspended', 'activated', 'paymentFailed', 'paid', 'cancelled'].map((what) => [`paypalSubscription.${what}`, `paypal-${id}`]));
  const paid = (await b.deps.events.list({ types: 'paypalSubscription.paid' }))[0]!;
  expect(paid.data).toMatchObject({ paypalId: id, subscriptionId: 'sub_1', paidMinor: 9_995, currency: 'CAD' });
});

test('[S2-092] the same delivery twice is one event; a forged one is none', async () => {
  const { id: planId } = await plan();
  const { subscription: { id } } = await post(at, { subscriptionId: 'sub_1', planId, ...pages });
  paypal.billing.approve(id);
  paypal.addWebhook(`http://127.0.0.1:${(b.app.server.address() as { port: number }).port}/v1/payments/webhooks/paypal`, webhookId);
  paypal.billing.bill(id, false);
  await paypal.flush();
  expect((await b.deps.events.list({ types: 'paypalSubscription.paymentFailed' })).length).toBe(1);
  const forged = await b.app.inject({ method: 'POST', url: '/v1/payments/webhooks/paypal', payload: `{"id":"WH-9","event_type":"BILLING.SUBSCRIPTION.CANCELLED","resource":{"id":"${id}"}}`, headers: { 'content-type': 'application/json', 'paypal-transmission-id': 'x', 'paypal-transmission-time': 'x', 'paypal-transmission-sig': 'eA==', 'paypal-cert-url': 'https://api.sandbox.paypal.com/v1/notifications/certs/x', 'paypal-auth-algo': 'SHA256withRSA' } });
  expect(forged.statusCode).toBe(400);
  expect((await b.deps.events.list({ types: 'paypalSubscription.cancelled' }))).toEqual([]);
});

test('[S2-096] currencies that are none or not taken, ids that are none, and a hub without PayPal', async () => {
  expect(await plan({ currency: 'ZZZ' })).toMatchObject({ code: 'badInput', path: 'currency' });
  expect(await plan({ currency: 'JPY' })).toMatchObject({ code: 'badInput', path: 'currency' });
  expect(paypal.billing.plans()).toEqual([]);
  expect((await b.call('GET', `${at}/I-NOSUCHONE`)).body).toMatchObject({ type: 'refused', code: 'subscriptionUnknown' });
  expect((await b.call('POST', `${at}/sub_1/cancel`, { reason: 'x' })).status).toBe(400);
  const off = await routeBench(world, paymentRoutes, {}, ['payment']);
  expect(await off.call('POST', `${at}/I-NOSUCHONE/cancel`, { reason: 'x' })).toMatchObject({ status: 503, body: { hint: expect.stringContaining('PAYPAL') } });
  await off.app.close();
});
