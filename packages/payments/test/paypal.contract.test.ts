import { isVendorError } from '../../../core/src/index.ts';
import { axiosSend } from '../../http/src/send.ts';
import { startPaypal, type PaypalSandbox } from '../../sandbox/src/paypal/index.ts';
import { paypalPublicKey, signPaypal } from '../../sandbox/src/paypal/signing.ts';
import { World } from '../../sandbox/src/world.ts';
import { crc32 } from 'node:zlib';
import { paypalAmount, paypalMinor, paypalPayments, paypalWebhookVerifier, verifyPaypalOffline } from '../src/index.ts';
import { planted } from './plant.ts';

// Against a real account: LEADLIGHT_PAYPAL_URL, LEADLIGHT_PAYPAL_CLIENT_ID, LEADLIGHT_PAYPAL_CLIENT_SECRET. Nobody approves there, so what needs a payer is left out.
const REAL = process.env['LEADLIGHT_PAYPAL_URL'];
const onSandbox = REAL ? test.skip : test;
const WEBHOOK_ID = '8PT597110X687430LKGECATA';
const world = new World();
let sandbox: PaypalSandbox;
let way: ReturnType<typeof planted>;
let n = 0;
const unique = `ll-${process.pid}-${Date.now().toString(36)}`;
const systemClock = { now: () => new Date().toISOString(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
const options = (secret?: string) => ({
  send: way.send, clock: REAL ? systemClock : world.clock, clientId: REAL ? process.env['LEADLIGHT_PAYPAL_CLIENT_ID'] ?? '' : sandbox.clientId,
  clientSecret: secret ?? (REAL ? process.env['LEADLIGHT_PAYPAL_CLIENT_SECRET'] ?? '' : sandbox.clientSecret),
});
const paypal = () => paypalPayments(options());
const order = () => ({ orderId: `${unique}-${(n += 1)}`, amountMinor: 11_492, currency: 'CAD' });
async function approved(bank: 'yes' | 'declined' | 'pending' = 'yes', more = {}) {
  const wanted = { ...order(), ...more };
  const made = await paypal().create(wanted);
  if (made.type === 'refused') throw new Error(made.code);
  sandbox.approve(made.value.view.paymentIntent, bank);
  return { ...wanted, paymentIntent: made.value.view.paymentIntent };
}

beforeAll(async () => void (sandbox = await startPaypal(world)));
afterAll(() => sandbox.close());
beforeEach(() => void (way = planted(axiosSend({ baseUrl: REAL ?? sandbox.url }))));

describe('amounts', () => {
  test.each([[11_492, 'CAD', '114.92'], [5, 'USD', '0.05'], [100, 'EUR', '1.00'], [1_234, 'JPY', '1234']])('%d %s is %s and back', (minor, currency, value) => {
    expect(paypalAmount(minor, currency)).toEqual({ currency_code: currency, value });
    expect(paypalMinor({ currency_code: currency, value })).toBe(minor);
  });
  test('[S2-096] a currency without whole cents there is none; a text that is no amount is none', () => {
    expect(paypalAmount(100, 'HUF')).toBeUndefined();
    for (const value of ['1.001', '-1', '1e3', '', '1,00']) expect(paypalMinor({ currency_code: 'CAD', value })).toBeNaN();
    expect(paypalMinor({ currency_code: 'CAD', value: '1.10' })).toBe(110);
  });
});

describe('orders', () => {
  test('[S2-090] made once per order and amount, for the customer to approve; not payable before', async () => {
    const wanted = order();
    const [first, again] = [await paypal().create(wanted), await paypal().create(wanted)];
    expect(first).toMatchObject({ type: 'accepted', value: { view: { status: 'requires_action', amountMinor: 11_492, currency: 'CAD', orderId: wanted.orderId, capturedMinor: 0 }, approveUrl: expect.stringContaining('paypal.com') } });
    const id = first.type === 'accepted' ? first.value.view.paymentIntent : '';
    expect(again).toMatchObject({ value: { view: { paymentIntent: id } } });
    expect(await paypal().verify({ ...wanted, paymentIntent: id })).toMatchObject({ code: 'notPayable' });
    expect(await paypal().verify({ ...wanted, orderId: 'another', paymentIntent: id })).toMatchObject({ code: 'orderMismatch' });
    expect(await paypal().verify({ ...wanted, amountMinor: 11_491, paymentIntent: id })).toMatchObject({ code: 'amountMismatch' });
    expect(await paypal().verify({ ...wanted, currency: 'USD', paymentIntent: id })).toMatchObject({ code: 'currencyMismatch' });
  });

  test('an order nobody made, and ids that are none', async () => {
    for (const paymentIntent of ['5O190127TN364715T', '../../v1/oauth2/token', 'pi_1']) expect(await paypal().verify({ ...order(), paymentIntent })).toMatchObject({ code: 'paymentUnknown' });
    expect(way.sent.every(({ path }) => !path.includes('..'))).toBe(true);
  });

  test('[S2-096] a currency or amount that PayPal does not take is refused before it is asked', async () => {
    expect(await paypal().create({ ...order(), currency: 'HUF' })).toMatchObject({ code: 'currencyMismatch' });
    expect(await paypal().create({ ...order(), amountMinor: 0 })).toMatchObject({ code: 'amountMismatch' });
    expect(way.sent).toEqual([]);
  });

  onSandbox('[S0-116] captured once; asked again it is found captured (sandbox only: nobody approves)', async () => {
    const paid = await approved();
    expect(await paypal().capture(paid)).toMatchObject({ type: 'accepted', value: { repeated: false, view: { status: 'succeeded', capturedMinor: 11_492 } } });
    expect(await paypal().capture(paid)).toMatchObject({ type: 'accepted', value: { repeated: true } });
    expect(way.count(/POST .*capture/)).toBe(1);
  });

  onSandbox('ORDER_ALREADY_CAPTURED is settled by reading (sandbox only: nobody approves)', async () => {
    const paid = await approved();
    await Promise.all([paypal().capture(paid), paypal().capture({ ...paid, group: 2 })]).then((both) => expect(both.map(({ type }) => type)).toEqual(['accepted', 'accepted']));
    expect(sandbox.orders().find(({ id }) => id === paid.paymentIntent)!.purchase_units[0].payments!.captures).toHaveLength(1);
  });

  for (const kind of ['resetAfter', 'hangAfter', 'htmlAfter', 'truncate', 'resetBefore', 'html'] as const) {
    onSandbox(`[S1-103] a capture that meets ${kind} is looked at, and taken once (sandbox only: nobody approves)`, async () => {
      const paid = await approved();
      way.plant(/POST .*capture/, kind);
      expect(await paypal().capture(paid)).toMatchObject({ type: 'accepted', value: { view: { status: 'succeeded' } } });
      expect(way.count(/POST .*capture/)).toBe(kind === 'resetBefore' || kind === 'html' ? 2 : 1);
    });
  }

  onSandbox('a declined instrument, a pending bank, another payment of the same order (sandbox only: nobody approves)', async () => {
    expect(await paypal().capture(await approved('declined'))).toMatchObject({ code: 'declined', facts: { action: 'updateCard' } });
    const slow = await approved('pending');
    expect(await paypal().capture(slow)).toMatchObject({ code: 'notPayable', facts: { status: 'processing' } });
    const first = await approved();
    await paypal().capture(first);
    expect(await paypal().capture(await approved('yes', { orderId: first.orderId, attempt: 2 }))).toMatchObject({ code: 'orderMismatch' });
  });

  onSandbox('[S0-117][S2-093] refunds add up to what was taken; nought, more, and another currency are refused (sandbox only: nobody approves)', async () => {
    const paid = await approved();
    expect(await paypal().refund({ ...paid, reference: 'a' })).toMatchObject({ code: 'notPayable' });
    await paypal().capture(paid);
    for (const amountMinor of [0, 11_493]) expect(await paypal().refund({ ...paid, amountMinor, reference: 'a' })).toMatchObject({ code: 'amountMismatch' });
    expect(await paypal().refund({ ...paid, currency: 'USD', reference: 'a' })).toMatchObject({ code: 'currencyMismatch' });
    way.plant(/POST .*refund/, 'resetAfter');
    expect(await paypal().refund({ ...paid, amountMinor: 5_000, reference: 'a' })).toMatchObject({ type: 'accepted', value: { refund: { status: 'succeeded', amountMinor: 5_000 }, view: { refundedMinor: 5_000 } } });
    expect(await paypal().refund({ ...paid, amountMinor: 5_000, reference: 'a' })).toMatchObject({ value: { repeated: true } });
    expect(await paypal().refund({ ...paid, amountMinor: 6_493, reference: 'b' })).toMatchObject({ code: 'amountMismatch', facts: { leftMinor: 6_492 } });
    expect(await paypal().refund({ ...paid, amountMinor: 6_492, reference: 'b' })).toMatchObject({ value: { repeated: false } });
    expect(sandbox.refunds().filter(({ links }) => links[0]!.href.endsWith(sandbox.orders().find(({ id }) => id === paid.paymentIntent)!.purchase_units[0].payments!.captures[0]!.id))).toHaveLength(2);
  });

  onSandbox('cancel: nothing is held before the capture; what was captured is refunded (sandbox only: nobody approves)', async () => {
    const paid = await approved();
    expect(await paypal().cancel(paid)).toMatchObject({ value: { view: { status: 'canceled' } } });
    await paypal().capture(paid);
    expect(await paypal().cancel(paid)).toMatchObject({ code: 'notPayable', hint: 'Refund it instead.' });
  });
});

describe('failures', () => {
  test('a wrong secret is `unauthorised`, and neither it nor the token is in the failure', async () => {
    const failure = await paypalPayments(options('wrong-secret')).verify({ ...order(), paymentIntent: '5O190127TN364715T' }).catch((error: unknown) => error);
    expect(isVendorError(failure) && failure).toMatchObject({ vendor: 'paypal', kind: 'unauthorised', outcome: 'notApplied', hint: expect.stringContaining('client ID') });
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toMatch(/wrong-secret|Basic|Bearer/);
  });
  test.each([['html', 'unavailable'], ['truncate', 'unavailable'], ['resetBefore', 'unavailable']] as const)('a read that meets %s is %s', async (kind, expected) => {
    way.plant(/GET/, kind);
    await expect(paypal().retrieve('5O190127TN364715T').then((view) => { if (kind === 'truncate' && 'type' in view) throw Object.assign(new Error(), { kind: 'unavailable' }); })).rejects.toMatchObject({ kind: expected });
  });
  onSandbox('a token that ended is replaced, and the call is made once more (sandbox only: a moved clock)', async () => {
    const client = paypal();
    await client.create(order());
    world.clock.advance(10 * 3_600_000);
    expect((await client.create(order())).type).toBe('accepted');
    expect(way.count(/oauth2/)).toBe(2);
  });
});

describe('webhooks of PayPal', () => {
  const raw = '{"id":"WH-1", "event_type":"PAYMENT.CAPTURE.COMPLETED", "resource":{"id":"CAP1","status":"COMPLETED","amount":{"currency_code":"CAD","value":"114.92"},"supplementary_data":{"related_ids":{"order_id":"ORDER1"}}}}';
  const deliver = (text = raw, headers = {}, webhookId = WEBHOOK_ID) => ({ raw: Buffer.from(text), headers: { ...signPaypal('t-1', '2026-04-01T13:00:00Z', WEBHOOK_ID, raw), ...headers }, webhookId });
  const certificate = async () => paypalPublicKey();
  const offline = (delivery: ReturnType<typeof deliver>) => verifyPaypalOffline(delivery, certificate, world.clock.now());

  test('the checksum of the published vector', () => expect(crc32('{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED"}')).toBe(2_325_436_976));

  onSandbox('[S2-092] PayPal says it signed it, from the raw bytes; so says the rule without asking (sandbox only: its key)', async () => {
    const expected = { type: 'accepted', value: { id: 'WH-1', type: 'payment_intent.succeeded', paymentIntent: 'ORDER1', chargeId: 'CAP1', amountMinor: 11_492 } };
    expect(await paypalWebhookVerifier(options())(deliver())).toMatchObject(expected);
    expect(await offline(deliver())).toMatchObject(expected);
  });

  test.each([
    ['one byte changed', () => deliver(raw.replace('114.92', '114.93'))], ['the same JSON written otherwise', () => deliver(JSON.stringify(JSON.parse(raw)))], ['no signature', () => deliver(raw, { 'paypal-transmission-sig': undefined })],
    ['another webhook', () => deliver(raw, {}, 'OTHER')], ['a blank webhook id', () => deliver(raw, {}, ' ')], ['a certificate of somebody else', () => deliver(raw, { 'paypal-cert-url': 'https://paypal.com.evil.example/cert' })],
    ['a certificate over plain http', () => deliver(raw, { 'paypal-cert-url': 'http://api.paypal.com/cert' })], ['another time', () => deliver(raw, { 'paypal-transmission-time': '2026-04-01T13:00:01Z' })],
  ])('[S2-092] %s is refused, asking or not', async (_name, delivery) => {
    expect(await paypalWebhookVerifier(options())(delivery())).toMatchObject({ type: 'refused', code: 'badSignature' });
    expect(await offline(delivery())).toMatchObject({ type: 'refused', code: 'badSignature' });
  });

  test('a body that would break out of the question is not asked about', async () => {
    const nasty = `{"id":"x"},"webhook_id":"${WEBHOOK_ID}"`;
    expect(await paypalWebhookVerifier(options())(deliver(nasty))).toMatchObject({ code: 'badInput' });
    expect(way.sent).toEqual([]);
  });

  test('PayPal silent: a VendorError, so that it delivers again', async () => {
    way.plant(/verify-webhook/, 'resetBefore');
    await expect(paypalWebhookVerifier(options())(deliver())).rejects.toMatchObject({ name: 'VendorError' });
  });
});
