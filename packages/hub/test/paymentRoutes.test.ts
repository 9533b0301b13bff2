import { startStripe, type StripeSandbox } from '../../sandbox/src/stripe/index.ts';
import { signStripe } from '../../sandbox/src/stripe/webhooks.ts';
import { World } from '../../sandbox/src/world.ts';
import { paymentRoutes } from '../src/routes/payments.ts';
import { closeDb, routeBench, type RouteBench } from './routeBench.ts';

const webhookSecret = 'whsec_hub';
let world: World;
let stripe: StripeSandbox;
let b: RouteBench;
beforeEach(async () => {
  world = new World();
  stripe = await startStripe(world);
  b = await routeBench(world, paymentRoutes, { stripe: { secretKey: stripe.secretKey, webhookSecret, baseUrl: stripe.url } }, ['payment', 'payment_call', 'payment_event', 'payment_feed']);
});
afterEach(async () => {
  await b.app.close();
  await stripe.close();
});
afterAll(closeDb);

const pay = (more: Partial<Parameters<StripeSandbox['authorise']>[0]> = {}) => ({ orderId: 'ord_1', amountMinor: 11_492, currency: 'CAD', paymentIntent: stripe.authorise({ amountMinor: 11_492, currency: 'CAD', ...more }).id });
const captured = () => stripe.charges().filter((charge) => charge.captured).length;
const hook = (raw: string, signature: string) => b.app.inject({ method: 'POST', url: '/v1/payments/webhooks/stripe', headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature }, payload: raw });
const seconds = () => Math.floor(world.clock.ms / 1000);

test('[S1-064][S1-074][S1-081] verify, capture, refund', async () => {
  const paid = pay();
  expect(await b.call('POST', '/v1/payments/verify', paid)).toEqual({ status: 200, body: { type: 'verified', paymentIntent: paid.paymentIntent, status: 'requires_capture', amountMinor: 11_492, currency: 'CAD', chargeId: expect.any(String), repeated: false } });
  expect((await b.call('POST', '/v1/payments/capture', paid)).body).toMatchObject({ type: 'captured', status: 'succeeded', repeated: false });
  expect((await b.call('POST', '/v1/payments/refund', { ...paid, amountMinor: 1_000, reference: 'router' })).body).toMatchObject({ type: 'refunded', status: 'succeeded', amountMinor: 1_000 });
  expect((await b.call('POST', '/v1/payments/cancel', paid)).body).toMatchObject({ type: 'refused', code: 'notPayable' });
  expect(await b.types()).toEqual(['payment.verified', 'payment.captured', 'payment.refunded']);
});

test('[S1-077][S1-103] twenty captures at once and a replay after them are one charge', async () => {
  const paid = pay();
  const all = await Promise.all(Array.from({ length: 20 }, () => b.call('POST', '/v1/payments/capture', paid)));
  expect(all.filter(({ body }) => body.type === 'captured')).toHaveLength(20);
  expect(all.filter(({ body }) => !body.repeated)).toHaveLength(1);
  expect((await b.call('POST', '/v1/payments/capture', paid)).body).toMatchObject({ repeated: true });
  expect(captured()).toBe(1);
});

test.each([
  ['amountMismatch', { amountMinor: 11_491 }, {}], ['currencyMismatch', { currency: 'USD' }, {}], ['paymentUnknown', { paymentIntent: 'pi_none' }, {}],
  ['orderMismatch', {}, { orderId: 'ord_9' }], ['declined', {}, { paymentMethod: 'pm_card_chargeDeclined' }],
])('[S1-064] %s is a refusal with 4xx and no charge', async (code, asked, paid) => {
  const { status, body } = await b.call('POST', '/v1/payments/capture', { ...pay(paid), ...asked });
  expect(status).toBe(409);
  expect(body).toMatchObject({ type: 'refused', code, message: expect.any(String), hint: expect.any(String) });
  expect(captured()).toBe(0);
});

test.each([
  ['a text for an amount', { amountMinor: '11492' }, 'amountMinor'], ['a fraction', { amountMinor: 1.5 }, 'amountMinor'], ['a client secret', { paymentIntent: 'pi_1_secret_2' }, 'paymentIntent'],
  ['a field it does not know', { cvv: '123' }, 'cvv'], ['a small currency', { currency: 'cad' }, 'currency'],
])('%s is bad input that names the field; Stripe is not asked', async (_name, change, path) => {
  const paid = pay();
  expect(await b.call('POST', '/v1/payments/capture', { ...paid, ...change })).toMatchObject({ status: 400, body: { type: 'refused', code: 'badInput', path } });
  expect(world.calls).toEqual([]);
});

test('no key: 401; Stripe down: a VendorError with 5xx, without secrets', async () => {
  expect((await b.call('POST', '/v1/payments/capture', pay(), {})).status).toBe(401);
  world.inject({ system: 'stripe', kind: 'status', status: 503, body: { error: { message: 'x' } }, times: 99 });
  const { status, body } = await b.call('POST', '/v1/payments/capture', pay());
  expect([status, body]).toMatchObject([503, { type: 'vendorError', vendor: 'stripe', kind: 'unavailable' }]);
  expect(JSON.stringify(body) + b.logged.join()).not.toMatch(/sk_test|whsec/);
});

describe('webhooks', () => {
  const event = (paymentIntent: string, id = 'evt_1', type = 'payment_intent.succeeded') => JSON.stringify({ id, object: 'event', type, data: { object: { id: paymentIntent, object: 'payment_intent', amount: 11_492 } } }, null, 2);

  test('[S2-092][S2-118] signed by Stripe: applied without a key, once; the replay is acknowledged and ignored', async () => {
    const paid = pay({ captureMethod: 'automatic', orderId: 'ord_1' });
    const raw = event(paid.paymentIntent);
    const signature = signStripe(webhookSecret, seconds(), raw);
    expect((await hook(raw, signature)).json()).toEqual({ type: 'received', outcome: 'applied' });
    expect((await hook(raw, signature)).json()).toEqual({ type: 'received', outcome: 'repeated' });
    expect(await b.types()).toEqual(['payment.captured']);
  });

  test.each([
    ['forged with another secret', (raw: string) => [raw, signStripe('whsec_guess', seconds(), raw)]],
    ['altered after signing', (raw: string) => [raw.replace('11492', '99999'), signStripe(webhookSecret, seconds(), raw)]],
    ['re-serialised by a proxy', (raw: string) => [JSON.stringify(JSON.parse(raw)), signStripe(webhookSecret, seconds(), raw)]],
    ['replayed six minutes later', (raw: string) => [raw, signStripe(webhookSecret, seconds() - 360, raw)]],
    ['unsigned', (raw: string) => [raw, '']],
  ] as const)('[S2-092] %s: 400, nothing recorded, Stripe not asked', async (_name, make) => {
    const [raw, signature] = make(event(pay({ captureMethod: 'automatic' }).paymentIntent)) as [string, string];
    const reply = await hook(raw, signature);
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'badSignature']);
    expect((await b.deps.db.query('SELECT * FROM payment_event')).rows).toEqual([]);
    expect(await b.types()).toEqual([]);
    expect(world.calls).toEqual([]);
  });

  test('a signed lie about the state changes nothing: the payment is read back', async () => {
    const paid = pay({ orderId: 'ord_1' });
    const raw = event(paid.paymentIntent);
    expect((await hook(raw, signStripe(webhookSecret, seconds(), raw))).json()).toMatchObject({ outcome: 'ignored' });
    expect(await b.types()).toEqual([]);
  });

  test('Stripe down while an event is applied: 5xx, so that it comes again, and then it counts', async () => {
    const raw = event(pay({ captureMethod: 'automatic', orderId: 'ord_1' }).paymentIntent);
    world.inject({ system: 'stripe', kind: 'status', status: 503, body: { error: { type: 'api_error', message: 'x' } } });
    expect((await hook(raw, signStripe(webhookSecret, seconds(), raw))).statusCode).toBe(503);
    expect((await hook(raw, signStripe(webhookSecret, seconds(), raw))).json()).toMatchObject({ outcome: 'applied' });
  });

  test('[S0-82] the simulated account delivers: authorised, captured by us, declined, each told once', async () => {
    await b.app.listen({ port: 0, host: '127.0.0.1' });
    stripe.addWebhook(`http://127.0.0.1:${(b.app.server.address() as { port: number }).port}/v1/payments/webhooks/stripe`, webhookSecret);
    const authorised = pay();
    await stripe.flush(); // heard while it is still so
    await b.call('POST', '/v1/payments/capture', authorised);
    stripe.authorise({ amountMinor: 500, currency: 'CAD', orderId: 'ord_2', paymentMethod: 'pm_card_chargeDeclined' });
    await stripe.flush();
    await stripe.redeliver(stripe.events().find((one) => one.type === 'payment_intent.payment_failed')!.id);
    expect((await b.types()).sort()).toEqual(['payment.authorised', 'payment.captured', 'payment.failed', 'payment.verified']);
  });
});

describe('missed events', () => {
  const lost = () => stripe.authorise({ amountMinor: 11_492, currency: 'CAD', orderId: 'ord_1', captureMethod: 'automatic' });

  test('[S2-092] an event whose webhook was lost is found, applied once, and not again by a late webhook', async () => {
    await b.app.listen({ port: 0, host: '127.0.0.1' });
    stripe.addWebhook(`http://127.0.0.1:${(b.app.server.address() as { port: number }).port}/v1/payments/webhooks/stripe`, webhookSecret);
    stripe.loseWebhooks(99);
    lost();
    await stripe.flush();
    expect(await b.types()).toEqual([]);
    expect((await b.call('POST', '/v1/payments/catch-up', {})).body).toEqual({ type: 'paymentCatchUp', from: expect.any(String), until: world.clock.now(), seen: 1, applied: 1, ignored: 0, repeated: 0, gap: false, readAgain: 0 });
    stripe.loseWebhooks(0);
    await stripe.redeliver(stripe.events().find(({ type }) => type === 'payment_intent.succeeded')!.id);
    expect((await b.call('POST', '/v1/payments/catch-up', {})).body).toMatchObject({ seen: 1, applied: 0, repeated: 1 });
    expect(await b.types()).toEqual(['payment.captured']);
    expect((await b.call('GET', '/v1/payments/catch-up')).body).toMatchObject({ type: 'paymentCatchUpState', on: true, everyMinutes: 10, readUntil: world.clock.now(), found: { repeated: 1 }, failure: null });
  });

  test('Stripe down: a VendorError, the state says so, and the next look finds everything', async () => {
    lost();
    world.inject({ system: 'stripe', path: '/v1/events', kind: 'status', status: 503, body: { error: { message: 'x' } } });
    expect(await b.call('POST', '/v1/payments/catch-up', {})).toMatchObject({ status: 503, body: { type: 'vendorError', vendor: 'stripe' } });
    expect((await b.call('GET', '/v1/payments/catch-up')).body).toMatchObject({ readUntil: null, found: null, failure: { kind: 'unavailable', at: world.clock.now() } });
    expect((await b.call('POST', '/v1/payments/catch-up', {})).body).toMatchObject({ applied: 1 });
    expect((await b.call('GET', '/v1/payments/catch-up')).body).toMatchObject({ failure: null, found: { applied: 1 } });
  });

  test.each(['yesterday', '2026-02-30T00:00:00Z', '2026-04-01'])('since "%s" is bad input; Stripe is not asked', async (since) => {
    expect(await b.call('POST', '/v1/payments/catch-up', { since })).toMatchObject({ status: 400, body: { code: 'badInput', path: 'since' } });
    expect(world.calls).toEqual([]);
  });
});

test('a hub without Stripe says so', async () => {
  const off = await routeBench(world, paymentRoutes, {}, ['payment']);
  expect(await off.call('POST', '/v1/payments/verify', pay())).toMatchObject({ status: 503, body: { type: 'vendorError', message: 'No payment provider is set up in this hub.' } });
  expect((await off.call('GET', '/v1/payments/catch-up')).body).toMatchObject({ on: false, readUntil: null });
  expect(await off.call('POST', '/v1/payments/catch-up', {})).toMatchObject({ status: 503, body: { type: 'vendorError' } });
  await off.app.close();
});
