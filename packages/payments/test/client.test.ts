import { stripePayments } from '../src/index.ts';
import { bench, order, type Bench } from './support.ts';

let b: Bench;
beforeEach(async () => void (b = await bench()));
afterEach(() => b.close());

describe('verify', () => {
  test('[S1-064][S1-081] a payment of the right order, amount and currency that waits for capture is accepted', async () => {
    const paid = b.pay({ orderId: 'ord_1' });
    const decision = await b.stripe.verify(paid);
    expect(decision).toMatchObject({ type: 'accepted', value: { status: 'requires_capture', amountMinor: 11_492, currency: 'CAD', orderId: 'ord_1', refundedMinor: 0 } });
  });

  test.each([
    ['[S1-064] one cent less', { amountMinor: 11_491 }, {}, 'amountMismatch'],
    ['[S1-064] one cent more', { amountMinor: 11_493 }, {}, 'amountMismatch'],
    ['another currency', {}, { currency: 'USD' }, 'currencyMismatch'],
    ['[S1-077] a payment bound to another order', { orderId: 'ord_2' }, {}, 'orderMismatch'],
    ['a payment nobody made', {}, { paymentIntent: 'pi_nobody' }, 'paymentUnknown'],
    ['[S1-081] a card that was declined', { paymentMethod: 'pm_card_chargeDeclined' }, {}, 'declined'],
    ['[S1-081] a payment that waits for the bank\'s challenge', { paymentMethod: 'pm_card_authenticationRequired' }, {}, 'notPayable'],
  ])('%s is refused', async (_name, paid, asked, code) => {
    const refused = await b.stripe.verify({ ...b.pay(paid), ...asked });
    expect(refused).toMatchObject({ type: 'refused', code });
    expect(b.sandbox.charges().every((charge) => !charge.captured)).toBe(true);
  });

  test('a refunded or disputed payment does not pay another time', async () => {
    const paid = b.pay({ captureMethod: 'automatic' });
    b.sandbox.dispute(paid.paymentIntent);
    expect(await b.stripe.verify(paid)).toMatchObject({ code: 'notPayable' });
    const again = b.pay({ captureMethod: 'automatic' });
    await b.stripe.refund({ ...again, reference: 'r1' });
    expect(await b.stripe.verify(again)).toMatchObject({ code: 'notPayable', message: 'The payment was refunded.' });
  });
});

test('[S0-82][S2-095] a decline says what to do, never that the card is reported stolen, and nothing of the card', async () => {
  const stolen = await b.stripe.verify(b.pay({ paymentMethod: 'pm_card_visa_chargeDeclinedStolenCard' }));
  expect(stolen).toMatchObject({ code: 'declined', facts: { declineCode: 'stolen_card', action: 'stop', customerReason: 'generic_decline' } });
  expect(JSON.stringify([stolen.type === 'refused' && stolen.message, stolen])).not.toMatch(/9979|4000|visa/);
  const funds = await b.stripe.verify(b.pay({ paymentMethod: 'pm_card_chargeDeclinedInsufficientFunds' }));
  expect(funds).toMatchObject({ facts: { action: 'retryLater', customerReason: 'insufficient_funds' } });
  const expired = await b.stripe.verify(b.pay({ paymentMethod: 'pm_card_chargeDeclinedExpiredCard' }));
  expect(expired).toMatchObject({ facts: { action: 'updateCard' } });
});

describe('capture', () => {
  test('[S1-074] takes the authorised amount; a second call finds it taken', async () => {
    const paid = b.pay();
    expect(await b.stripe.capture(paid)).toMatchObject({ type: 'accepted', value: { repeated: false, view: { status: 'succeeded', capturedMinor: 11_492 } } });
    expect(await b.stripe.capture(paid)).toMatchObject({ type: 'accepted', value: { repeated: true } });
    expect(b.calls(/POST .*capture/)).toBe(1);
  });

  test.each(['resetAfter', 'truncate', 'htmlAfter', 'hangAfter'] as const)('[S1-103] done, but the answer was lost (%s): read back, not repeated', async (kind) => {
    const paid = b.pay();
    b.world.inject({ system: 'stripe', method: 'POST', path: 'capture', kind });
    expect(await b.stripe.capture(paid)).toMatchObject({ type: 'accepted', value: { view: { status: 'succeeded' } } });
    expect(b.calls(/POST .*capture/)).toBe(1);
    expect(b.sandbox.charges().filter((charge) => charge.captured)).toHaveLength(1);
  });

  test('[S1-103] cut before it was done: seen not to have happened, then repeated under the same key', async () => {
    const paid = b.pay();
    b.world.inject({ system: 'stripe', method: 'POST', path: 'capture', kind: 'resetBefore' });
    expect(await b.stripe.capture(paid)).toMatchObject({ type: 'accepted' });
    expect(b.calls(/POST .*capture/)).toBe(2);
    expect(b.calls(/GET .*payment_intents/)).toBeGreaterThanOrEqual(2);
  });

  test('nobody can tell: the outcome is unknown, neither a success nor a no', async () => {
    const paid = b.pay();
    b.world.inject({ system: 'stripe', method: 'POST', path: 'capture', kind: 'resetAfter' });
    // Stripe goes away while we wait to look.
    const clock = { now: () => b.world.clock.now(), sleep: async () => b.world.inject({ system: 'stripe', kind: 'status', status: 503, body: {}, times: 9 }) };
    const stripe = stripePayments({ secretKey: b.sandbox.secretKey, clock, baseUrl: b.sandbox.url });
    await expect(stripe.capture(paid)).rejects.toMatchObject({ name: 'VendorError', kind: 'timedOut', outcome: 'unknown' });
    expect(b.calls(/POST .*capture/)).toBe(1);
  });

  test('a 5xx is looked into and repeated under a new key, since Stripe goes on answering it under the old one', async () => {
    const paid = b.pay();
    b.sandbox.breakNext();
    expect(await b.stripe.capture(paid)).toMatchObject({ type: 'accepted', value: { view: { status: 'succeeded' } } });
  });

  test('a refund answered by a 5xx keeps its key: better late than paid twice', async () => {
    const paid = b.pay({ captureMethod: 'automatic' });
    b.sandbox.breakNext();
    await expect(b.stripe.refund({ ...paid, reference: 'a' })).rejects.toMatchObject({ name: 'VendorError', kind: 'unavailable', outcome: 'notApplied' });
    expect(b.sandbox.refunds()).toEqual([]);
    expect(await b.stripe.refund({ ...paid, reference: 'a', group: 2 })).toMatchObject({ type: 'accepted' });
  });

  test('an authorisation that lapsed after seven days is not payable', async () => {
    const paid = b.pay();
    b.world.clock.advance(7 * 86_400_000);
    expect(await b.stripe.capture(paid)).toMatchObject({ type: 'refused', code: 'notPayable', facts: { status: 'canceled' } });
  });
});

describe('cancel and refund', () => {
  test('cancel releases once; a captured payment is to be refunded instead', async () => {
    const paid = b.pay();
    expect(await b.stripe.cancel(paid)).toMatchObject({ value: { repeated: false, view: { status: 'canceled' } } });
    expect(await b.stripe.cancel(paid)).toMatchObject({ value: { repeated: true } });
    const taken = b.pay({ captureMethod: 'automatic' });
    expect(await b.stripe.cancel(taken)).toMatchObject({ code: 'notPayable', hint: 'Refund it instead.' });
    expect(await b.stripe.cancel({ ...b.pay({ orderId: 'ord_2' }) })).toMatchObject({ code: 'orderMismatch' });
  });

  test.each([0, -1, 11_493])('a refund of %d is refused: nought never means all', async (amountMinor) => {
    const paid = b.pay({ captureMethod: 'automatic' });
    expect(await b.stripe.refund({ ...paid, amountMinor, reference: 'r' })).toMatchObject({ type: 'refused', code: 'amountMismatch' });
    expect(b.sandbox.refunds()).toEqual([]);
  });

  test('partial refunds add up to what was taken and not a cent more; the same reference is the same refund', async () => {
    const paid = b.pay({ captureMethod: 'automatic' });
    const first = await b.stripe.refund({ ...paid, amountMinor: 5_000, reference: 'a' });
    expect(first).toMatchObject({ value: { repeated: false, refund: { status: 'succeeded', amountMinor: 5_000 }, view: { refundedMinor: 5_000 } } });
    expect(await b.stripe.refund({ ...paid, amountMinor: 5_000, reference: 'a' })).toMatchObject({ value: { repeated: true } });
    expect(await b.stripe.refund({ ...paid, amountMinor: 6_493, reference: 'b' })).toMatchObject({ code: 'amountMismatch', facts: { leftMinor: 6_492 } });
    expect(await b.stripe.refund({ ...paid, amountMinor: 6_492, reference: 'b' })).toMatchObject({ value: { repeated: false } });
    expect(b.sandbox.refunds().map((refund) => refund.amount)).toEqual([5_000, 6_492]);
  });

  test('[S1-103] a refund whose answer was lost is found, not paid twice', async () => {
    const paid = b.pay({ captureMethod: 'automatic' });
    b.world.inject({ system: 'stripe', method: 'POST', path: 'refunds', kind: 'resetAfter' });
    expect(await b.stripe.refund({ ...paid, reference: 'a' })).toMatchObject({ type: 'accepted' });
    expect(b.sandbox.refunds()).toHaveLength(1);
    expect(b.calls(/POST .*refunds/)).toBe(1);
  });

  test('what was only authorised is cancelled, not refunded', async () => {
    expect(await b.stripe.refund({ ...b.pay(), reference: 'a' })).toMatchObject({ code: 'notPayable', hint: 'Cancel the authorisation instead.' });
  });
});

describe('failures', () => {
  test('a wrong key is `unauthorised`, and neither it nor anything sent is in the failure', async () => {
    const wrong = stripePayments({ secretKey: 'sk_test_wrongsecret', clock: b.world.clock, baseUrl: b.sandbox.url });
    const failure = await wrong.verify(b.pay()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'VendorError', vendor: 'stripe', kind: 'unauthorised', status: 401 });
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toMatch(/wrongsecret|sk_test/);
  });

  test.each([
    [{ kind: 'status', status: 429, body: { error: { message: 'slow' } } }, 'rateLimited'],
    [{ kind: 'status', status: 503, body: { error: { message: 'down' } } }, 'unavailable'],
    [{ kind: 'html' }, 'unexpectedReply'],
    [{ kind: 'truncate' }, 'unexpectedReply'],
  ] as const)('a read that meets %j is `%s`, outcome notApplied', async (fault, kind) => {
    const paid = b.pay();
    b.world.inject({ system: 'stripe', method: 'GET', times: 9, ...fault });
    await expect(b.stripe.verify(paid)).rejects.toMatchObject({ name: 'VendorError', kind, outcome: 'notApplied' });
  });

  test('an account that is not there is `unavailable`', async () => {
    const nowhere = stripePayments({ secretKey: 'sk_test_x', clock: b.world.clock, baseUrl: 'http://127.0.0.1:9' });
    await expect(nowhere.verify({ ...order, paymentIntent: 'pi_1' })).rejects.toMatchObject({ name: 'VendorError', kind: 'unavailable', outcome: 'notApplied' });
  });
});
