import { startPaypal, type PaypalSandbox } from '../../sandbox/src/paypal/index.ts';
import { startStripe, type StripeSandbox } from '../../sandbox/src/stripe/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { paymentRoutes } from '../src/routes/payments.ts';
import { closeDb, routeBench, type RouteBench } from './routeBench.ts';

const webhookId = '8PT597110X687430LKGECATA';
let world: World;
let stripe: StripeSandbox;
let paypal: PaypalSandbox;
let b: RouteBench;
let at: string;
beforeEach(async () => {
  world = new World('2026-04-10T13:00:00.000Z');
  [stripe, paypal] = [await startStripe(world), await startPaypal(world)];
  b = await routeBench(world, paymentRoutes, {
    stripe: { secretKey: stripe.secretKey, webhookSecret: 'whsec_hub', baseUrl: stripe.url }, paypal: { clientId: paypal.clientId, clientSecret: paypal.clientSecret, webhookId, live: false, baseUrl: paypal.url },
  }, ['payment', 'payment_call', 'payment_event', 'payment_charge', 'payment_customer', 'payment_terms']);
  await b.app.listen({ port: 0, host: '127.0.0.1' });
  at = `http://127.0.0.1:${(b.app.server.address() as { port: number }).port}`;
});
afterEach(async () => {
  for (const one of [stripe, paypal]) await one.close();
  await b.app.close();
});
afterAll(closeDb);
const post = async (url: string, body: object = {}) => (await b.call('POST', url, body)).body;
const reports = async (query = 'from=2026-04-01&to=2026-05-01') => (await b.call('GET', `/v1/payments/analytics?${query}`)).body;

test('[S2-097] what the ledger holds: charges with a decline and a retry, a checkout, a PayPal order, terms, a refund, a dispute; one currency apart from the other', async () => {
  paypal.addWebhook(`${at}/v1/payments/webhooks/paypal`, webhookId);
  await post('/v1/payments/accounts/acc_1/methods', { token: 'pm_card_chargeCustomerFail' });
  const charge = { accountId: 'acc_1', invoiceId: 'INV-1', amountMinor: 4_599, currency: 'CAD' };
  expect(await post('/v1/payments/charge', charge)).toMatchObject({ code: 'declined' });
  world.clock.advance(3 * 86_400_000);
  await post('/v1/payments/accounts/acc_1/methods', { token: 'pm_card_visa', asDefault: true });
  expect(await post('/v1/payments/charge', { ...charge, attempt: 2 })).toMatchObject({ type: 'charged' });

  const intent = stripe.authorise({ amountMinor: 11_492, currency: 'CAD' }).id;
  const paid = { orderId: 'ord_1', amountMinor: 11_492, currency: 'CAD', paymentIntent: intent };
  await post('/v1/payments/verify', paid);
  world.clock.advance(5_000);
  await post('/v1/payments/capture', paid);
  await post('/v1/payments/refund', { ...paid, amountMinor: 1_000 });

  const order = { orderId: 'ord_2', amountMinor: 5_000, currency: 'USD' };
  const { paymentIntent } = await post('/v1/payments/paypal/orders', order);
  paypal.approve(paymentIntent);
  await post('/v1/payments/capture', { ...order, paymentIntent });
  paypal.dispute(paymentIntent);
  await paypal.flush();
  const terms = await post('/v1/payments/terms', { orderId: 'ord_3', amountMinor: 90_000, currency: 'CAD', invoicedOn: '2026-04-10' });
  await post('/v1/payments/capture', { orderId: 'ord_3', amountMinor: 90_000, currency: 'CAD', paymentIntent: terms.paymentIntent });

  const told = await reports();
  expect(told).toMatchObject({ type: 'paymentAnalytics', from: '2026-04-01', to: '2026-05-01', zone: 'America/Toronto' });
  expect(told.reports.map(({ currency }: { currency: string }) => currency)).toEqual(['CAD', 'USD']);
  const [cad, usd] = told.reports;
  expect(cad).toMatchObject({
    attempts: 4, takenMinor: 16_091, outcomes: { succeeded: 2, declined: 1, failed: 0, cancelled: 0, open: 1, unknown: 0 }, successRate: { part: 2, whole: 3, basisPoints: 6_667 },
    methods: [{ name: 'checkout', takenMinor: 11_492 }, { name: 'storedMethod', attempts: 2, successRate: { part: 1, whole: 2 } }, { name: 'terms', takenMinor: 0 }],
    declines: [{ class: 'retryLater', count: 1, amountMinor: 4_599 }], recovered: { firstRefused: 1, recovered: 1, recoveredMinor: 4_599 }, refunded: { payments: 1, minor: 1_000 }, disputed: { payments: 0 },
    settling: { measured: 2, unmeasured: 0, longestMs: 5_000 },
  });
  expect(usd).toMatchObject({ attempts: 1, takenMinor: 5_000, providers: [{ name: 'paypal' }], disputed: { payments: 1, minor: 5_000, ofTaken: { basisPoints: 10_000 } } });
  expect((await reports('from=2026-04-01&to=2026-05-01&currency=USD')).reports).toEqual([usd]);
  // The fourth attempt began three days later; days begin at midnight in Toronto.
  expect((await reports('from=2026-04-10&to=2026-04-11')).reports).toMatchObject([{ currency: 'CAD', attempts: 1, outcomes: { declined: 1 } }]);
  expect((await reports('from=2026-05-01&to=2026-06-01')).reports).toEqual([]);
});

test('[S2-097] days begin at midnight in the zone of the hub, and the last one does not belong to the period', async () => {
  await b.deps.db.query(`INSERT INTO payment_charge (invoice_id, attempt, provider, account_id, payment_method, amount_minor, currency, intended_at, outcome) VALUES ('late', 1, 'stripe', 'acc_1', 'pm_1', 100, 'CAD', '2026-04-10T03:59:59Z', 'done'), ('early', 1, 'stripe', 'acc_1', 'pm_1', 200, 'CAD', '2026-04-10T04:00:00Z', 'done')`);
  const taken = async (query: string) => (await reports(query)).reports.map(({ takenMinor }: { takenMinor: number }) => takenMinor);
  expect([await taken('from=2026-04-09&to=2026-04-10'), await taken('from=2026-04-10&to=2026-04-11'), await taken('from=2026-04-09&to=2026-04-11')]).toEqual([[100], [200], [300]]);
});

test('[S2-097] a charge whose outcome nobody knows is counted apart; a decline at the checkout that Stripe told of counts once', async () => {
  await b.deps.db.query(`INSERT INTO payment_charge (invoice_id, attempt, provider, account_id, payment_method, amount_minor, currency, intended_at, outcome) VALUES ('INV-9', 1, 'stripe', 'acc_1', 'pm_1', 100, 'CAD', '2026-04-10T13:00:00Z', 'unknown'), ('INV-8', 1, 'stripe', 'acc_1', 'pm_1', 100, 'CAD', '2026-04-10T13:00:00Z', NULL)`);
  await b.deps.db.query(`INSERT INTO payment_charge (invoice_id, attempt, provider, account_id, payment_method, amount_minor, currency, intended_at, outcome, charge_id, decline_code) VALUES ('INV-7', 1, 'stripe', 'acc_1', 'pm_1', 100, 'CAD', '2026-04-10T13:00:00Z', 'declined', 'ch_7', 'stolen_card')`);
  const failed = { paymentIntent: 'pi_1', orderId: null, status: 'requires_payment_method', currency: 'CAD', amountMinor: 700, declineCode: 'insufficient_funds', action: 'retryLater', customerReason: 'insufficient_funds' };
  await b.deps.events.publish({ type: 'payment.failed', stream: 'payment-pi_1', key: 'failed:ch_1', data: failed });
  await b.deps.events.publish({ type: 'payment.failed', stream: 'order-INV-7', key: 'failed:ch_7', data: { ...failed, orderId: 'INV-7' } });
  await b.deps.events.publish({ type: 'payment.failed', stream: 'order-INV-9', key: 'failed:ch_9', data: { ...failed, orderId: 'INV-9' } });
  const { reports: [cad] } = await reports();
  expect(cad).toMatchObject({ attempts: 4, outcomes: { unknown: 2, declined: 2 }, successRate: { part: 0, whole: 2, basisPoints: 0 }, declines: [{ class: 'retryLater', count: 1, amountMinor: 700 }, { class: 'stop', count: 1, amountMinor: 100 }] });
  expect(JSON.stringify(cad)).not.toMatch(/acc_1|pm_1|stolen/);
});

test.each([['from=2026-02-30&to=2026-03-01', 'from'], ['from=2026-04-01&to=2026-04-31', 'to'], ['from=2026-05-01&to=2026-05-01', 'to'], ['from=2024-01-01&to=2026-01-01', 'to'], ['from=2026-04-01', 'to'], ['from=2026-04-01&to=2026-05-01&currency=ZZZ', 'currency']])('[S2-097] %s is refused at %s', async (query, path) => {
  expect(await b.call('GET', `/v1/payments/analytics?${query}`)).toMatchObject({ status: 400, body: { type: 'refused', code: 'badInput', path } });
});

test('[S2-090] the four providers: on or not, live or not, where each delivers, and no secret', async () => {
  const { status, body } = await b.call('GET', '/v1/payments/providers');
  expect([status, body]).toEqual([200, {
    type: 'paymentProviders', currencies: ['CAD', 'EUR', 'GBP', 'USD'], providers: [
      { provider: 'stripe', on: true, live: false, webhookUrl: 'http://hub.test/v1/payments/webhooks/stripe', hint: null }, { provider: 'paypal', on: true, live: false, webhookUrl: 'http://hub.test/v1/payments/webhooks/paypal', hint: null },
      { provider: 'azure_marketplace', on: false, live: null, webhookUrl: 'http://hub.test/v1/marketplace/webhook', hint: expect.stringContaining('LEADLIGHT_AZURE_MARKETPLACE_TENANT') }, { provider: 'invoice', on: true, live: null, webhookUrl: null, hint: null },
    ],
  }]);
  expect(JSON.stringify(body)).not.toMatch(new RegExp(`${stripe.secretKey}|${paypal.clientSecret}|whsec`));
});

test.each([
  ['/v1/payments/capture', { orderId: 'o', paymentIntent: 'pi_1', amountMinor: 1 }], ['/v1/payments/refund', { orderId: 'o', paymentIntent: 'pi_1', amountMinor: 1 }], ['/v1/payments/charge', { accountId: 'a', invoiceId: 'i', amountMinor: 1 }],
  ['/v1/payments/paypal/orders', { orderId: 'o', amountMinor: 1 }], ['/v1/payments/terms', { orderId: 'o', amountMinor: 1, invoicedOn: '2026-04-01' }],
])('[S2-096] %s refuses three capitals that are no currency, and one that is not taken here; no provider hears of it', async (url, body) => {
  for (const currency of ['ZZZ', 'JPY', 'XAU']) expect(await b.call('POST', url, { ...body, currency })).toMatchObject({ status: 400, body: { type: 'refused', code: 'badInput', path: 'currency', hint: expect.stringContaining('CAD, EUR, GBP, USD') } });
  expect(world.calls).toEqual([]);
});

test('[S2-096] an operator says what is taken', async () => {
  const yen = await routeBench(world, paymentRoutes, { currencies: ['JPY'] }, ['payment_terms']);
  const terms = { orderId: 'o', amountMinor: 1, invoicedOn: '2026-04-01' };
  expect((await yen.call('POST', '/v1/payments/terms', { ...terms, currency: 'JPY' })).body).toMatchObject({ type: 'terms' });
  expect((await yen.call('POST', '/v1/payments/terms', { ...terms, currency: 'CAD' })).body).toMatchObject({ code: 'badInput', path: 'currency' });
  await yen.app.close();
});
