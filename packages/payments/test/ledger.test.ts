import type { LedgerParts } from '../src/index.ts';
import { closeDb, ledgerBench, type LedgerBench } from './support.ts';

let b: LedgerBench;
beforeEach(async () => void (b = await ledgerBench()));
afterEach(() => b.close());
afterAll(closeDb);

const captured = () => b.sandbox.charges().filter((charge) => charge.captured).length;
/** A database that dies at the first statement that matches, as a killed process would leave it. */
function dyingAt(pattern: RegExp): LedgerParts['db'] {
  const watch = <Q extends { query: LedgerParts['db']['query'] }>(on: Q): LedgerParts['db']['query'] => async (sql, params) => {
    if (pattern.test(sql)) throw new Error('killed');
    return on.query(sql, params);
  };
  return { query: watch(b.db), transaction: (work) => b.db.transaction((tx) => work({ query: watch(tx) })) };
}

test('[S1-077][S1-103] the same payment verified and captured ten times over is one order bound and one charge', async () => {
  const paid = b.pay();
  for (let i = 0; i < 10; i += 1) {
    expect(await b.ledger.verify(paid)).toMatchObject({ type: 'accepted' });
    expect(await b.ledger.capture(paid)).toMatchObject({ type: 'accepted', value: { status: 'succeeded', amountMinor: 11_492, currency: 'CAD', repeated: i > 0 } });
  }
  expect(captured()).toBe(1);
  expect(b.calls(/POST .*capture/)).toBe(1);
  expect(b.told.map((event) => `${event.stream} ${event.type}`)).toEqual(['order-ord_1 payment.verified', 'order-ord_1 payment.captured']);
  expect(b.sandbox.intents()[0]!.metadata).toEqual({ order_id: 'ord_1' });
});

test('[S1-077] twenty captures at once are one charge and one event, over two hubs on one database', async () => {
  const paid = b.pay();
  const hubs = [b.ledger, b.another()];
  const all = await Promise.all(Array.from({ length: 20 }, (_, i) => hubs[i % 2]!.capture(paid)));
  expect(all.every((one) => one.type === 'accepted' && one.value.status === 'succeeded')).toBe(true);
  expect(captured()).toBe(1);
  expect(b.told.filter((event) => event.type === 'payment.captured')).toHaveLength(1);
  expect(b.sandbox.charges()).toHaveLength(1);
});

describe('[S1-077] one payment, one order', () => {
  test('a second order with the same payment is refused, even when the payment carries no order', async () => {
    const paid = b.pay();
    await b.ledger.verify(paid);
    expect(await b.ledger.verify({ ...paid, orderId: 'ord_2' })).toMatchObject({ code: 'orderMismatch' });
    expect(await b.ledger.capture({ ...paid, orderId: 'ord_2' })).toMatchObject({ code: 'orderMismatch' });
    expect(await b.ledger.cancel({ ...paid, orderId: 'ord_2' })).toMatchObject({ code: 'orderMismatch' });
    expect(await b.ledger.refund({ ...paid, orderId: 'ord_2' })).toMatchObject({ code: 'orderMismatch' });
    expect(captured()).toBe(0);
  });

  test('two orders race for one payment: one gets it', async () => {
    const paid = b.pay();
    const hubs = [b.ledger, b.another()];
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => hubs[i % 2]!.capture({ ...paid, orderId: `ord_${i}` })));
    expect(all.filter((one) => one.type === 'accepted')).toHaveLength(1);
    expect(all.filter((one) => one.type === 'refused' && one.code === 'orderMismatch')).toHaveLength(9);
    expect(captured()).toBe(1);
  });

  test('two hubs verify one payment for two orders at the same moment: the ledger decides, before Stripe carries a mark', async () => {
    for (let i = 0; i < 5; i += 1) {
      const paid = b.pay();
      const both = await Promise.all([b.ledger.verify({ ...paid, orderId: `a_${i}` }), b.another().verify({ ...paid, orderId: `b_${i}` })]);
      expect(both.map((one) => (one.type === 'refused' ? one.code : one.type)).sort()).toEqual(['accepted', 'orderMismatch']);
    }
  });

  test('a replayed order that comes with a second payment is not paid twice; once the first is cancelled it may', async () => {
    const first = b.pay();
    const second = b.pay();
    await b.ledger.verify(first);
    expect(await b.ledger.capture(second)).toMatchObject({ code: 'orderMismatch', facts: { otherPayment: first.paymentIntent } });
    b.world.clock.advance(7 * 86_400_000); // both authorisations lapse
    const third = b.pay();
    expect(await b.ledger.capture(third)).toMatchObject({ type: 'accepted' });
    expect(captured()).toBe(1);
  });

  test('[S1-064] a refused payment leaves nothing behind: no row, no mark on the payment', async () => {
    const paid = b.pay();
    expect(await b.ledger.capture({ ...paid, amountMinor: 1 })).toMatchObject({ code: 'amountMismatch' });
    expect((await b.db.query('SELECT * FROM payment')).rows).toEqual([]);
    expect(b.sandbox.intents()[0]).toMatchObject({ status: 'requires_capture', metadata: {} });
    expect(await b.ledger.verify({ ...paid, orderId: 'ord_2' })).toMatchObject({ type: 'accepted' });
  });
});

describe('[S1-103] a run that dies midway is settled by the next', () => {
  test.each([
    ['before the charge, after it was intended', /^never/, true],
    ['between the charge and its record', /UPDATE payment SET state = \$2[\s\S]*/, false],
    ['between the record and the settled intent', /UPDATE payment_call/, false],
  ])('%s', async (_name, pattern, cut) => {
    const paid = b.pay();
    await b.ledger.verify(paid);
    if (cut) b.world.inject({ system: 'stripe', method: 'POST', path: 'capture', kind: 'status', status: 401, body: { error: { message: 'no' } } });
    // The verification before a capture reads the row too; die only once the money moved.
    const dying = dyingAt(pattern);
    const db: LedgerParts['db'] = { query: (sql, params) => (captured() > 0 ? dying.query(sql, params) : b.db.query(sql, params)), transaction: (work) => (captured() > 0 ? dying.transaction(work) : b.db.transaction(work)) };
    await expect(b.another(db).capture(paid)).rejects.toThrow();
    expect(captured()).toBe(cut ? 0 : 1);
    expect(b.told.some((event) => event.type === 'payment.captured')).toBe(false);

    expect(await b.another().capture(paid)).toMatchObject({ type: 'accepted', value: { status: 'succeeded' } });
    expect(captured()).toBe(1);
    expect(b.told.filter((event) => event.type === 'payment.captured')).toHaveLength(1);
    expect((await b.db.query('SELECT operation, outcome FROM payment_call')).rows).toEqual([{ operation: 'capture', outcome: 'done' }]);
    expect((await b.db.query('SELECT state, captured_minor FROM payment')).rows).toEqual([{ state: 'captured', captured_minor: 11_492 }]);
  });

  test('a failure that was seen not to have happened gives the next try a key of its own', async () => {
    const paid = b.pay({ captureMethod: 'automatic' });
    await b.ledger.verify(paid);
    b.sandbox.breakNext();
    await expect(b.ledger.refund(paid)).rejects.toMatchObject({ name: 'VendorError' });
    expect((await b.db.query('SELECT outcome FROM payment_call')).rows).toEqual([{ outcome: 'failed' }]);
    expect(await b.ledger.refund(paid)).toMatchObject({ type: 'accepted' });
    expect(b.sandbox.refunds()).toHaveLength(1);
  });
});

describe('giving back', () => {
  test('cancel releases the authorisation, once, and says so', async () => {
    const paid = b.pay();
    await b.ledger.verify(paid);
    expect(await b.ledger.cancel(paid)).toMatchObject({ value: { status: 'canceled', repeated: false } });
    expect(await b.ledger.cancel(paid)).toMatchObject({ value: { repeated: true } });
    expect(await b.ledger.capture(paid)).toMatchObject({ code: 'notPayable' });
    expect(b.told.at(-1)).toMatchObject({ type: 'payment.cancelled', stream: 'order-ord_1' });
  });

  test('a refund asked for twenty times is one refund; a refunded payment is not captured again', async () => {
    const paid = b.pay();
    await b.ledger.capture(paid);
    const all = await Promise.all(Array.from({ length: 20 }, () => b.ledger.refund(paid)));
    expect(all.filter((one) => one.type === 'accepted' && !one.value.repeated)).toHaveLength(1);
    expect(b.sandbox.refunds()).toHaveLength(1);
    expect(await b.ledger.capture(paid)).toMatchObject({ code: 'notPayable' });
    expect((await b.db.query('SELECT state, refunded_minor FROM payment')).rows).toEqual([{ state: 'refunded', refunded_minor: 11_492 }]);
  });

  test('two refunds of the same amount need a reference each; a reference keeps its amount', async () => {
    const paid = b.pay();
    await b.ledger.capture(paid);
    const part = { ...paid, amountMinor: 1_000 };
    await b.ledger.refund(part, 'router');
    await b.ledger.refund(part, 'decoder');
    expect(await b.ledger.refund({ ...part, amountMinor: 2_000 }, 'router')).toMatchObject({ code: 'amountMismatch' });
    expect(b.sandbox.refunds()).toHaveLength(2);
    expect((await b.db.query('SELECT state, refunded_minor FROM payment')).rows).toEqual([{ state: 'partlyRefunded', refunded_minor: 2_000 }]);
  });
});

describe('events', () => {
  const event = (type: string, more = {}) => ({ id: `evt_${type}`, type, objectId: 'x', ...more });

  test('[S2-092] a replayed event is applied once, and ours and Stripe\'s telling are one event', async () => {
    const paid = b.pay();
    await b.ledger.capture(paid);
    const succeeded = event('payment_intent.succeeded', { paymentIntent: paid.paymentIntent });
    expect(await Promise.all([b.ledger.receive(succeeded), b.another().receive(succeeded)])).toEqual(expect.arrayContaining(['applied', 'repeated']));
    expect(await b.ledger.receive(succeeded)).toBe('repeated');
    expect(b.told.filter((one) => one.type === 'payment.captured')).toHaveLength(1);
  });

  test('an event that comes late never takes a captured payment back', async () => {
    const paid = b.pay();
    await b.ledger.capture(paid);
    await b.ledger.receive(event('payment_intent.processing', { paymentIntent: paid.paymentIntent }));
    await b.ledger.receive(event('payment_intent.payment_failed', { paymentIntent: paid.paymentIntent }));
    expect((await b.db.query('SELECT state FROM payment')).rows).toEqual([{ state: 'captured' }]);
    expect(b.told.map((one) => one.type)).not.toContain('payment.failed');
  });

  test('[S0-82] a declined payment is told at once, with the reason that may be given', async () => {
    const paid = b.pay({ orderId: 'ord_1', paymentMethod: 'pm_card_visa_chargeDeclinedStolenCard' });
    expect(await b.ledger.receive(event('payment_intent.payment_failed', { paymentIntent: paid.paymentIntent, chargeId: 'ch_1' }))).toBe('applied');
    expect(b.told).toMatchObject([{ type: 'payment.failed', stream: 'order-ord_1', data: { action: 'stop', customerReason: 'generic_decline' } }]);
  });

  test('an event whose payment cannot be read back is not recorded, so that Stripe sends it again', async () => {
    const paid = b.pay({ orderId: 'ord_1' });
    const authorised = event('payment_intent.amount_capturable_updated', { paymentIntent: paid.paymentIntent });
    b.world.inject({ system: 'stripe', method: 'GET', kind: 'status', status: 503, body: {} });
    await expect(b.ledger.receive(authorised)).rejects.toMatchObject({ name: 'VendorError' });
    expect(await b.ledger.receive(authorised)).toBe('applied');
  });

  test('a refund that the bank sends back reopens the ledger', async () => {
    const paid = b.pay();
    await b.ledger.capture(paid);
    await b.ledger.refund(paid);
    const { id } = b.sandbox.failRefund(b.sandbox.refunds()[0]!.id);
    expect(await b.ledger.receive(event('refund.failed', { paymentIntent: paid.paymentIntent, objectId: id, amountMinor: 11_492 }))).toBe('applied');
    expect((await b.db.query('SELECT state, refunded_minor FROM payment')).rows).toEqual([{ state: 'captured', refunded_minor: 0 }]);
    expect(b.told.at(-1)).toMatchObject({ type: 'payment.refundFailed' });
  });

  test('an event about a payment that is not ours is acknowledged and ignored', async () => {
    expect(await b.ledger.receive(event('payment_intent.succeeded', { paymentIntent: 'pi_other' }))).toBe('ignored');
    expect(await b.ledger.receive(event('customer.created'))).toBe('ignored');
  });
});
