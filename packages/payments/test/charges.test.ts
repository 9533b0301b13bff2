import type { LedgerParts } from '../src/index.ts';
import { closeDb, ledgerBench, type LedgerBench } from './support.ts';

let b: LedgerBench;
beforeEach(async () => void (b = await ledgerBench()));
afterEach(() => b.close());
afterAll(closeDb);

const invoice = { accountId: 'acc_1', invoiceId: 'INV-202604-0001', amountMinor: 4_599, currency: 'CAD' };
const store = async (token = 'pm_card_visa', accountId = 'acc_1') => {
  const added = await b.charges.addMethod(accountId, token);
  if (added.type === 'refused') throw new Error(added.code);
  return added.value.methods[0]!.id;
};
const taken = () => b.sandbox.charges().filter((charge) => charge.captured);
const decline = (decline_code: string, advice_code?: string) => ({ code: 'card_declined', decline_code, message: 'Your card was declined.', ...(advice_code ? { advice_code } : {}) });
const posts = () => b.calls(/POST \/v1\/payment_intents/);

describe('stored methods', () => {
  test('[S0-115][S0-118][S2-091] the first card is the default; another can become it; removing the default promotes the other', async () => {
    const visa = await store();
    const master = await store('pm_card_mastercard');
    expect(await b.charges.methods('acc_1')).toMatchObject([{ id: master, brand: 'mastercard', last4: '4444', isDefault: false }, { id: visa, isDefault: true }]);
    expect(await b.charges.setDefault('acc_1', master)).toMatchObject({ value: { repeated: false } });
    expect(await b.charges.setDefault('acc_1', master)).toMatchObject({ value: { repeated: true } });
    const removed = await b.charges.removeMethod('acc_1', master);
    expect(removed).toMatchObject({ value: { promoted: visa, methods: [{ id: visa, isDefault: true }] } });
    expect(await b.charges.removeMethod('acc_1', visa)).toMatchObject({ value: { methods: [] } });
    expect(b.sandbox.customers()).toMatchObject([{ metadata: { leadlight_account: 'acc_1' }, email: null, name: null }]);
  });

  test('[S2-091] a run that died between removal and promotion is finished by the next', async () => {
    const visa = await store();
    const master = await store('pm_card_mastercard');
    b.world.inject({ system: 'stripe', method: 'POST', path: '/customers/', kind: 'status', status: 401, body: { error: { message: 'no' } } });
    await expect(b.charges.removeMethod('acc_1', visa)).rejects.toMatchObject({ name: 'VendorError' });
    expect(await b.charges.methods('acc_1')).toMatchObject([{ id: master, isDefault: false }]);
    expect(await b.charges.removeMethod('acc_1', visa)).toMatchObject({ value: { repeated: true, promoted: master } });
    expect(await b.charges.methods('acc_1')).toMatchObject([{ id: master, isDefault: true }]);
  });

  test('[S2-091] what is refused: a token nobody made, another account\'s card, a removed one; nothing is left behind', async () => {
    const visa = await store();
    expect(await b.charges.addMethod('acc_2', 'pm_nobody')).toMatchObject({ code: 'methodUnknown', path: 'paymentMethod' });
    expect(await b.charges.addMethod('acc_2', visa)).toMatchObject({ code: 'methodUnknown' });
    expect(await b.charges.setDefault('acc_2', visa)).toMatchObject({ code: 'methodUnknown' });
    expect(await b.charges.removeMethod('acc_2', visa)).toMatchObject({ code: 'methodUnknown' });
    expect(await b.charges.methods('acc_2')).toEqual([]);
    await b.charges.removeMethod('acc_1', visa);
    expect(await b.charges.addMethod('acc_1', visa)).toMatchObject({ code: 'methodUnknown' });
    expect(await b.charges.addMethod('acc_1', 'pm_card_chargeDeclined')).toMatchObject({ code: 'declined' });
    expect(await b.charges.methods('acc_1')).toEqual([]);
  });

  test('[S1-103] storing whose answer was lost stores once', async () => {
    b.world.inject({ system: 'stripe', method: 'POST', path: 'attach', kind: 'resetAfter' });
    expect(await b.charges.addMethod('acc_1', 'pm_card_visa')).toMatchObject({ type: 'accepted' });
    expect(await b.charges.methods('acc_1')).toHaveLength(1);
  });
});

describe('charges without the customer', () => {
  test('[S0-116] a stored card pays an invoice, once, however often it is asked for', async () => {
    await store();
    expect(await b.charges.charge(invoice)).toMatchObject({ type: 'accepted', value: { status: 'succeeded', amountMinor: 4_599, currency: 'CAD', repeated: false } });
    const again = await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? b.charges : b.anotherCharges()).charge({ ...invoice, attempt: 1 + (i % 3) })));
    expect(again.every((one) => one.type === 'accepted' && one.value.repeated)).toBe(true);
    expect(taken()).toHaveLength(1);
    expect(b.told).toMatchObject([{ type: 'payment.captured', stream: 'order-INV-202604-0001', data: { accountId: 'acc_1', amountMinor: 4_599 } }]);
  });

  test('[S0-116] twenty at once over two hubs and three rungs of the ladder are one charge', async () => {
    await store();
    const hubs = [b.charges, b.anotherCharges()];
    const all = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => hubs[i % 2]!.charge({ ...invoice, attempt: 1 + (i % 3) })));
    expect(all.filter((one) => one.status === 'fulfilled' && one.value.type === 'accepted').length).toBeGreaterThan(0);
    expect(await b.charges.charge(invoice)).toMatchObject({ type: 'accepted' });
    expect(taken()).toHaveLength(1);
    expect(b.told.filter(({ type }) => type === 'payment.captured')).toHaveLength(1);
  });

  test.each([
    ['insufficient_funds', undefined, 'retryLater', 'insufficient_funds'], ['do_not_honor', 'do_not_try_again', 'stop', 'do_not_honor'], ['stolen_card', undefined, 'stop', 'generic_decline'],
    ['expired_card', undefined, 'updateCard', 'expired_card'], ['generic_decline', 'confirm_card_data', 'updateCard', 'generic_decline'], ['something_new', undefined, 'retryLater', 'something_new'],
  ])('[S0-82] a decline %s (advice %s) asks for %s; the same attempt is not charged again, the next may', async (code, advice, action, customerReason) => {
    const card = await store();
    b.sandbox.bankSays(card, decline(code, advice));
    const refused = await b.charges.charge(invoice);
    expect(refused).toMatchObject({ type: 'refused', code: 'declined', facts: { declineCode: code, action, customerReason } });
    expect(b.told).toMatchObject([{ type: 'payment.failed', data: { action, customerReason, attempt: 1 } }]);
    b.sandbox.bankSays(card);
    const asked = b.world.calls.length;
    expect(await b.charges.charge(invoice)).toMatchObject({ code: 'declined', facts: { declineCode: code } });
    expect([posts(), b.world.calls.length]).toEqual([1, asked]); // known from the ledger
    expect(await b.charges.charge({ ...invoice, attempt: 2 })).toMatchObject({ type: 'accepted' });
    expect(taken()).toHaveLength(1);
    expect(JSON.stringify([refused, b.told])).not.toMatch(/4242|visa|sk_test/);
  });

  test('[S0-82] a bank that wants the customer to authenticate is a decline that asks for the customer', async () => {
    const card = await store('pm_card_authenticationRequired');
    expect(await b.charges.charge(invoice)).toMatchObject({ code: 'declined', facts: { declineCode: 'authentication_required', action: 'updateCard' } });
    expect(await b.charges.charge({ ...invoice, attempt: 2, paymentMethod: card })).toMatchObject({ code: 'declined' });
  });

  test('the decline told by us and by Stripe is one event', async () => {
    const card = await store();
    b.sandbox.bankSays(card, decline('insufficient_funds'));
    await b.charges.charge(invoice);
    const failed = b.sandbox.events().find(({ type }) => type === 'payment_intent.payment_failed')!;
    const { id, latest_charge } = failed.data.object as { id: string; latest_charge: string };
    expect(await b.ledger.receive({ id: failed.id, type: failed.type, objectId: id, paymentIntent: id, chargeId: latest_charge })).toBe('applied');
    expect(b.told.filter(({ type }) => type === 'payment.failed')).toHaveLength(1);
  });

  test.each(['resetAfter', 'truncate', 'htmlAfter', 'hangAfter'] as const)('[S1-103] charged, but the answer was lost (%s): found, not charged again', async (kind) => {
    await store();
    b.world.inject({ system: 'stripe', method: 'POST', path: 'payment_intents', kind });
    expect(await b.charges.charge(invoice)).toMatchObject({ type: 'accepted' });
    expect([taken().length, posts()]).toEqual([1, 1]);
  });

  test.each([['at once', 0], ['two days later, when Stripe has forgotten the key', 48 * 3_600_000]])('[S1-077][S1-103] killed between the charge and its record, settled by the replay: one charge (%s)', async (_name, wait) => {
    await store();
    const dies = async (sql: string): Promise<void> => { if (taken().length > 0 && /UPDATE payment_charge/.test(sql)) throw new Error('killed'); };
    const db: LedgerParts['db'] = {
      query: async (sql, params) => (await dies(sql), b.db.query(sql, params)),
      transaction: (work) => b.db.transaction((tx) => work({ query: async (sql, params) => (await dies(sql), tx.query(sql, params)) })),
    };
    await expect(b.anotherCharges(db).charge(invoice)).rejects.toThrow('killed');
    expect([taken().length, b.told.length]).toEqual([1, 0]);
    b.world.clock.advance(wait);
    // Also when the next run stands on the next rung.
    expect(await b.anotherCharges().charge({ ...invoice, attempt: 2 })).toMatchObject({ type: 'accepted', value: { status: 'succeeded' } });
    expect(await b.charges.charge(invoice)).toMatchObject({ value: { repeated: true } });
    expect([taken().length, posts(), b.told.length]).toEqual([1, 1, 1]);
  });

  test('a 5xx keeps its key and is seen not to have happened; the next run goes under the next', async () => {
    await store();
    b.sandbox.breakNext();
    await expect(b.charges.charge(invoice)).rejects.toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
    expect(await b.charges.charge(invoice)).toMatchObject({ type: 'accepted' });
    expect(taken()).toHaveLength(1);
  });

  test('an invoice keeps its amount, currency and account; without a card there is nothing to charge', async () => {
    expect(await b.charges.charge(invoice)).toMatchObject({ code: 'methodUnknown', hint: expect.stringContaining('store a card') });
    await store();
    await b.charges.charge(invoice);
    expect(await b.charges.charge({ ...invoice, amountMinor: 4_600, attempt: 2 })).toMatchObject({ code: 'amountMismatch' });
    expect(await b.charges.charge({ ...invoice, currency: 'USD' })).toMatchObject({ code: 'currencyMismatch' });
    expect(await b.charges.charge({ ...invoice, accountId: 'acc_2' })).toMatchObject({ code: 'orderMismatch' });
    expect(await b.charges.charge({ ...invoice, invoiceId: 'INV-2', paymentMethod: 'pm_nobody' })).toMatchObject({ code: 'methodUnknown' });
    // A card that was none is no reason to give the attempt up.
    expect(await b.charges.charge({ ...invoice, invoiceId: 'INV-2' })).toMatchObject({ type: 'accepted' });
    expect(taken()).toHaveLength(2);
  });

  test('[S0-117][S2-093] what was charged is given back in parts, never more than was taken', async () => {
    await store();
    const charged = await b.charges.charge(invoice);
    const paid = { orderId: invoice.invoiceId, paymentIntent: charged.type === 'accepted' ? charged.value.paymentIntent : '', currency: 'CAD' };
    expect(await b.ledger.refund({ ...paid, amountMinor: 4_000 }, 'a')).toMatchObject({ type: 'accepted' });
    expect(await b.ledger.refund({ ...paid, amountMinor: 600 }, 'b')).toMatchObject({ code: 'amountMismatch', facts: { leftMinor: 599 } });
    expect(await b.ledger.refund({ ...paid, amountMinor: 599, currency: 'USD' }, 'c')).toMatchObject({ code: 'currencyMismatch' });
    expect((await b.db.query('SELECT state, refunded_minor FROM payment')).rows).toEqual([{ state: 'partlyRefunded', refunded_minor: 4_000 }]);
  });

  test('[S1-077] an invoice paid at the checkout is not charged again', async () => {
    await store();
    const paid = b.pay();
    await b.ledger.capture({ ...paid, orderId: invoice.invoiceId });
    expect(await b.charges.charge(invoice)).toMatchObject({ code: 'orderMismatch', facts: { otherPayment: paid.paymentIntent } });
  });
});
