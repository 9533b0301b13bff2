// Somebody else works on the same payment: in Stripe's dashboard, in another program. What was true when we read is no longer.
import Stripe from 'stripe';
import { paymentLedger, type PaymentPort } from '../src/index.ts';
import { closeDb, ledgerBench, type LedgerBench } from './support.ts';

let b: LedgerBench;
let dashboard: Stripe;
beforeEach(async () => {
  b = await ledgerBench();
  dashboard = new Stripe(b.sandbox.secretKey, { host: '127.0.0.1', port: b.sandbox.port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
});
afterEach(() => b.close());
afterAll(closeDb);

/** Does `work` after the client has read the payment and before its write arrives. */
function before(path: string, work: () => unknown): void {
  const inner = b.world.takeFault.bind(b.world);
  let done = false;
  b.world.takeFault = (system, method, at) => {
    if (!done && method === 'POST' && at.includes(path)) {
      done = true;
      work();
    }
    return inner(system, method, at);
  };
}
const refunds = () => b.sandbox.refunds().map(({ amount }) => amount);
const state = async () => (await b.db.query<{ state: string; captured_minor: number; refunded_minor: number }>('SELECT state, captured_minor, refunded_minor FROM payment')).rows[0];

test('captured in part meanwhile: the amount is another one, and the rest is not taken on top', async () => {
  const paid = b.pay();
  await b.ledger.verify(paid);
  await dashboard.paymentIntents.capture(paid.paymentIntent, { amount_to_capture: 5_000 });
  expect(await b.ledger.capture(paid)).toMatchObject({ type: 'refused', code: 'amountMismatch', path: 'amountMinor', facts: { expectedMinor: 11_492, capturedMinor: 5_000 } });
  expect(b.sandbox.charges().map(({ amount_captured }) => amount_captured)).toEqual([5_000]);
});

test('cancelled meanwhile: not payable, and no second try', async () => {
  const paid = b.pay();
  await b.ledger.verify(paid);
  await dashboard.paymentIntents.cancel(paid.paymentIntent);
  expect(await b.ledger.capture(paid)).toMatchObject({ type: 'refused', code: 'notPayable', facts: { status: 'canceled' } });
  expect(b.calls(/POST .*capture/)).toBe(0);
});

test('given another order meanwhile: that order has it', async () => {
  const paid = b.pay();
  await dashboard.paymentIntents.update(paid.paymentIntent, { metadata: { order_id: 'ord_other' } });
  expect(await b.ledger.capture(paid)).toMatchObject({ code: 'orderMismatch' });
  expect((await b.db.query('SELECT * FROM payment')).rows).toEqual([]);
});

test('[S0-117][S2-093] given back in part meanwhile: a refund above the rest is a no with what is left, not a failure of Stripe', async () => {
  const paid = b.pay();
  await b.ledger.capture(paid);
  before('/refunds', () => b.sandbox.giveBack(paid.paymentIntent, 8_000));
  expect(await b.ledger.refund(paid)).toMatchObject({ type: 'refused', code: 'amountMismatch', facts: { leftMinor: 3_492, refundedMinor: 8_000 } });
  expect(refunds()).toEqual([8_000]);
  expect(await b.ledger.refund({ ...paid, amountMinor: 3_492 })).toMatchObject({ type: 'accepted' });
  expect(await state()).toEqual({ state: 'refunded', captured_minor: 11_492, refunded_minor: 11_492 });
});

test('[S0-117] given back whole meanwhile: nothing is left, nothing is sent twice', async () => {
  const paid = b.pay();
  await b.ledger.capture(paid);
  before('/refunds', () => b.sandbox.giveBack(paid.paymentIntent, 11_492));
  expect(await b.ledger.refund({ ...paid, amountMinor: 1_000 })).toMatchObject({ type: 'refused', code: 'amountMismatch', facts: { leftMinor: 0 } });
  expect(refunds()).toEqual([11_492]);
});

test('disputed meanwhile: no refund beside the dispute', async () => {
  const paid = b.pay();
  await b.ledger.capture(paid);
  b.sandbox.dispute(paid.paymentIntent);
  expect(await b.ledger.refund(paid)).toMatchObject({ type: 'refused', code: 'notPayable', facts: { status: 'disputed' } });
  expect(refunds()).toEqual([]);
});

test('[S2-093] an event that was read before a refund and is written after it does not undo it', async () => {
  const paid = b.pay();
  await b.ledger.capture(paid);
  let refunded: unknown;
  const retrieve: PaymentPort['retrieve'] = async (id) => {
    const seen = await b.stripe.retrieve(id);
    refunded ??= await b.ledger.refund({ ...paid, amountMinor: 1_000 });
    return seen;
  };
  const slow = paymentLedger({ db: b.db, clock: b.world.clock, publish: async () => undefined, port: { ...b.stripe, retrieve } });
  await slow.receive({ id: 'evt_late', type: 'payment_intent.succeeded', objectId: paid.paymentIntent, paymentIntent: paid.paymentIntent });
  expect(refunded).toMatchObject({ type: 'accepted' });
  expect(await state()).toEqual({ state: 'partlyRefunded', captured_minor: 11_492, refunded_minor: 1_000 });
});

describe('charges without the customer', () => {
  const invoice = { accountId: 'acc_1', invoiceId: 'INV-1', amountMinor: 4_599, currency: 'CAD' };
  const store = async (token = 'pm_card_visa') => b.charges.addMethod('acc_1', token);

  test('the charge of an invoice was given back: the same charge asked for again is no payment', async () => {
    await store();
    const charged = await b.charges.charge(invoice);
    const paymentIntent = charged.type === 'accepted' ? charged.value.paymentIntent : '';
    await b.ledger.refund({ orderId: 'INV-1', paymentIntent, amountMinor: 4_599, currency: 'CAD' });
    expect(await b.charges.charge(invoice)).toMatchObject({ type: 'refused', code: 'notPayable', facts: { status: 'refunded' } });
    expect(await b.charges.charge({ ...invoice, attempt: 2 })).toMatchObject({ code: 'notPayable' });
    expect(b.sandbox.charges()).toHaveLength(1);
  });

  test('[S2-096] an amount or a currency that no card is charged in is a no that names the field; another amount goes under another invoice', async () => {
    await store();
    expect(await b.charges.charge({ ...invoice, amountMinor: 30 })).toMatchObject({ type: 'refused', code: 'amountMismatch', path: 'amountMinor' });
    expect(await b.charges.charge({ ...invoice, invoiceId: 'INV-2', currency: 'C4D' })).toMatchObject({ type: 'refused', code: 'currencyMismatch', path: 'currency' });
    expect(b.sandbox.charges()).toEqual([]);
    expect(await b.charges.charge({ ...invoice, invoiceId: 'INV-3' })).toMatchObject({ type: 'accepted' });
  });

  test('[S0-82] the advice of the bank is kept: a declined attempt asked for again says the same', async () => {
    const added = await store();
    b.sandbox.bankSays(added.type === 'accepted' ? added.value.methods[0]!.id : '', { code: 'card_declined', decline_code: 'do_not_honor', advice_code: 'do_not_try_again', message: 'Your card was declined.' });
    const first = await b.charges.charge(invoice);
    expect(first).toMatchObject({ code: 'declined', facts: { declineCode: 'do_not_honor', adviceCode: 'do_not_try_again', action: 'stop' } });
    expect(await b.charges.charge(invoice)).toEqual(first);
  });
});

test('the same capture under way elsewhere (409): looked at, then repeated; taken once', async () => {
  const paid = b.pay();
  b.world.inject({ system: 'stripe', method: 'POST', path: '/capture', kind: 'status', status: 409, body: { error: { type: 'idempotency_error', code: 'idempotency_key_in_use', message: 'There is currently another in-progress request using this Idempotent Key.' } } });
  expect(await b.ledger.capture(paid)).toMatchObject({ type: 'accepted', value: { status: 'succeeded' } });
  expect(b.sandbox.charges().filter(({ captured }) => captured)).toHaveLength(1);
});

test('asked to slow down (429): not taken, waited, then taken once', async () => {
  const paid = b.pay();
  b.world.inject({ system: 'stripe', method: 'POST', path: '/capture', kind: 'status', status: 429, body: { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' } } });
  expect(await b.ledger.capture(paid)).toMatchObject({ type: 'accepted' });
  expect(b.calls(/POST .*capture/)).toBe(2);
  expect(b.sandbox.charges().filter(({ captured }) => captured)).toHaveLength(1);
});
