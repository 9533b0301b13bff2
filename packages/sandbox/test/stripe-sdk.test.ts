import Stripe from 'stripe';
import { startStripe, type StripeSandbox } from '../src/stripe/index.ts';
import { World } from '../src/world.ts';

// The official SDK as it comes, with nothing of ours around it.
let world: World;
let sandbox: StripeSandbox;
let stripe: Stripe;
beforeEach(async () => {
  world = new World();
  sandbox = await startStripe(world);
  stripe = new Stripe(sandbox.secretKey, { host: '127.0.0.1', port: sandbox.port, protocol: 'http', maxNetworkRetries: 0 });
});
afterEach(() => sandbox.close());

const create = (more: Partial<Stripe.PaymentIntentCreateParams> = {}, options: Stripe.RequestOptions = {}) => stripe.paymentIntents.create({ amount: 11_492, currency: 'cad', capture_method: 'manual', automatic_payment_methods: { enabled: true, allow_redirects: 'never' }, ...more }, options);

test('create, confirm, capture with the charge expanded', async () => {
  const made = await create({ metadata: { order_id: 'ord_1' } });
  expect(made).toMatchObject({ object: 'payment_intent', status: 'requires_payment_method', amount: 11_492, currency: 'cad', livemode: false, metadata: { order_id: 'ord_1' } });
  expect(await stripe.paymentIntents.confirm(made.id, { payment_method: 'pm_card_visa' })).toMatchObject({ status: 'requires_capture', amount_capturable: 11_492, amount_received: 0 });
  expect(await stripe.paymentIntents.capture(made.id)).toMatchObject({ status: 'succeeded', amount_received: 11_492, amount_capturable: 0 });
  expect(await stripe.paymentIntents.retrieve(made.id, { expand: ['latest_charge'] })).toMatchObject({ latest_charge: { object: 'charge', captured: true, amount_captured: 11_492 } });
});

test('update merges metadata and deletes an emptied key; an authorised amount cannot be changed', async () => {
  const { id } = await create({ metadata: { a: '1', b: '2' } });
  expect((await stripe.paymentIntents.update(id, { metadata: { b: '', c: '3' } })).metadata).toEqual({ a: '1', c: '3' });
  await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
  await expect(stripe.paymentIntents.update(id, { amount: 100 })).rejects.toMatchObject({ type: 'StripeInvalidRequestError', code: 'payment_intent_unexpected_state' });
});

test('a second capture, and cancelling what was captured, are unexpected states that bring the intent', async () => {
  const { id } = await create({ confirm: true, payment_method: 'pm_card_visa' });
  await stripe.paymentIntents.capture(id);
  await expect(stripe.paymentIntents.capture(id)).rejects.toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state', payment_intent: { id, status: 'succeeded' } });
  await expect(stripe.paymentIntents.cancel(id)).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
});

test('cancel, and a lapsed authorisation', async () => {
  const { id } = await create();
  expect(await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' })).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
  const held = await create({ confirm: true, payment_method: 'pm_card_visa' });
  world.clock.advance(7 * 86_400_000);
  expect(await stripe.paymentIntents.retrieve(held.id)).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic' });
});

test.each([['pm_card_chargeDeclined', 'card_declined', 'generic_decline'], ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'], ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card']])('%s is a StripeCardError %s/%s', async (payment_method, code, decline_code) => {
  await expect(create({ confirm: true, payment_method })).rejects.toMatchObject({ type: 'StripeCardError', statusCode: 402, code, decline_code, payment_intent: { status: 'requires_payment_method' } });
});

test('a card that asks for authentication waits for the customer', async () => {
  const { id, status, next_action } = await create({ confirm: true, payment_method: 'pm_card_authenticationRequired' });
  expect([status, next_action?.type]).toEqual(['requires_action', 'use_stripe_sdk']);
  sandbox.answerChallenge(id, true);
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_capture');
});

describe('idempotency keys', () => {
  test('same key, same body: the first answer again, word for word, and one intent', async () => {
    const first = await create({}, { idempotencyKey: 'k1' });
    await stripe.paymentIntents.update(first.id, { description: 'moved on' });
    const again = await create({}, { idempotencyKey: 'k1' });
    expect(again.id).toBe(first.id);
    expect(again.description).toBeNull();
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(sandbox.intents()).toHaveLength(1);
  });
  test('same key, another body: idempotency_error', async () => {
    await create({}, { idempotencyKey: 'k1' });
    await expect(create({ amount: 5_000 }, { idempotencyKey: 'k1' })).rejects.toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
  });
  test('a decline and a 500 are kept; a validation error is not; after a day the key is free', async () => {
    const bad = { confirm: true, payment_method: 'pm_card_chargeDeclined' };
    await expect(create(bad, { idempotencyKey: 'k1' })).rejects.toMatchObject({ statusCode: 402 });
    await expect(create(bad, { idempotencyKey: 'k1' })).rejects.toMatchObject({ statusCode: 402 });
    expect(sandbox.charges()).toHaveLength(1);
    sandbox.breakNext();
    await expect(create({}, { idempotencyKey: 'k2' })).rejects.toMatchObject({ type: 'StripeAPIError' });
    await expect(create({}, { idempotencyKey: 'k2' })).rejects.toMatchObject({ type: 'StripeAPIError' });
    await expect(create({ amount: 1 }, { idempotencyKey: 'k3' })).rejects.toMatchObject({ code: 'amount_too_small' });
    expect((await create({ amount: 100 }, { idempotencyKey: 'k3' })).amount).toBe(100);
    world.clock.advance(25 * 3_600_000);
    expect((await create({}, { idempotencyKey: 'k2' })).status).toBe('requires_payment_method');
  });
});

test('refunds: partial, whole, too much, nought, twice', async () => {
  const { id } = await create({ capture_method: 'automatic', confirm: true, payment_method: 'pm_card_visa' });
  expect(await stripe.refunds.create({ payment_intent: id, amount: 5_000 })).toMatchObject({ object: 'refund', status: 'succeeded', amount: 5_000, payment_intent: id });
  await expect(stripe.refunds.create({ payment_intent: id, amount: 6_493 })).rejects.toMatchObject({ statusCode: 400, param: 'amount' });
  await expect(stripe.refunds.create({ payment_intent: id, amount: 0 })).rejects.toMatchObject({ code: 'parameter_invalid_integer' });
  expect((await stripe.refunds.create({ payment_intent: id })).amount).toBe(6_492);
  await expect(stripe.refunds.create({ payment_intent: id })).rejects.toMatchObject({ code: 'charge_already_refunded' });
  expect((await stripe.refunds.list({ payment_intent: id })).data.map((refund) => refund.amount)).toEqual([6_492, 5_000]);
});

test('errors as the SDK sorts them: key, unknown object, unknown and missing parameter', async () => {
  const wrong = new Stripe('sk_test_other', { host: '127.0.0.1', port: sandbox.port, protocol: 'http', maxNetworkRetries: 0 });
  await expect(wrong.paymentIntents.retrieve('pi_1')).rejects.toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401 });
  await expect(stripe.paymentIntents.retrieve('pi_1')).rejects.toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 404, code: 'resource_missing' });
  await expect(create({ colour: 'red' } as never)).rejects.toMatchObject({ code: 'parameter_unknown', param: 'colour' });
  await expect(stripe.paymentIntents.create({ currency: 'cad' } as never)).rejects.toMatchObject({ code: 'parameter_missing', param: 'amount' });
  await expect(create({ payment_method: 'pm_nobody' })).rejects.toMatchObject({ code: 'resource_missing', statusCode: 400 });
});

test('lists page by themselves', async () => {
  for (let i = 0; i < 7; i += 1) await create({ amount: 100 + i });
  const seen: number[] = [];
  for await (const intent of stripe.paymentIntents.list({ limit: 3 })) seen.push(intent.amount);
  expect(seen).toEqual([106, 105, 104, 103, 102, 101, 100]);
});

test('events are listed, delivered signed, and delivered again after a failure', async () => {
  const { createServer } = jest.requireActual<typeof import('node:http')>('node:http');
  const got: Stripe.Event[] = [];
  let refusals = 1;
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    if (refusals-- > 0) return void res.writeHead(500).end();
    got.push(Stripe.webhooks.constructEvent(Buffer.concat(chunks), req.headers['stripe-signature']!, 'whsec_x', 300, undefined, world.clock.ms));
    res.writeHead(200).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  sandbox.addWebhook(`http://127.0.0.1:${(server.address() as { port: number }).port}/hook`, 'whsec_x', ['payment_intent.created']);
  await create();
  await sandbox.flush();
  expect(got).toEqual([]);
  world.clock.advance(60_000);
  await sandbox.flush();
  expect(got.map((event) => event.type)).toEqual(['payment_intent.created']);
  expect((await stripe.events.list({ type: 'payment_intent.created' })).data.map((event) => event.id)).toEqual([got[0]!.id]);
  await new Promise((resolve) => server.close(resolve));
});
