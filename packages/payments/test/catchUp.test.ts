import { catchUp, chargeKey, heardEvents, stripeEvents, happened, methodHappened, type EventFeed, type FedEvent, type LedgerParts } from '../src/index.ts';
import { closeDb, ledgerBench, type LedgerBench } from './support.ts';

let b: LedgerBench;
beforeEach(async () => void (b = await ledgerBench()));
afterEach(() => b.close());
afterAll(closeDb);

const DAY = 86_400_000;
type Told = ReturnType<LedgerBench['pay']>;
const feed = () => stripeEvents({ secretKey: b.sandbox.secretKey, clock: b.world.clock, baseUrl: b.sandbox.url, timeoutMs: 400 });
const missed = (from: EventFeed = feed(), db: LedgerParts['db'] = b.db) => catchUp({ db, feed: from, ledger: b.another(db), clock: b.world.clock });
const paid = (orderId: string) => b.pay({ orderId, captureMethod: 'automatic' });
const told = (type: string) => b.told.filter((one) => one.type === type).length;
const pages = () => b.calls(/GET \/v1\/events/);

test('[S2-092] events whose webhook was lost settle the ledger; a second look applies nothing', async () => {
  const order = { ...b.pay(), orderId: 'ord_a' };
  await b.ledger.verify(order);
  await b.stripe.capture(order); // by a hub that died before it wrote it down
  expect((await b.db.query('SELECT state FROM payment')).rows).toEqual([{ state: 'authorised' }]);
  expect(await missed().run()).toMatchObject({ applied: 1, repeated: 0, gap: false });
  expect((await b.db.query('SELECT state, captured_minor FROM payment')).rows).toEqual([{ state: 'captured', captured_minor: 11_492 }]);
  expect(await missed().run()).toMatchObject({ applied: 0, ignored: 0, repeated: 2 });
  expect(told('payment.captured')).toBe(1);
});

test('[S2-092] what came by webhook is not applied again, also when both come at the same moment', async () => {
  paid('ord_a');
  const event = b.sandbox.events().find(({ type }) => type === 'payment_intent.succeeded')!;
  const { id } = event.data.object as { id: string };
  const heard = { id: event.id, type: event.type, objectId: id, paymentIntent: id };
  const outcomes = await Promise.all([missed().run(), b.ledger.receive(heard), missed().run(), b.another().receive(heard)]);
  expect(outcomes.map((one) => (typeof one === 'string' ? Number(one === 'applied') : one.applied)).reduce((sum, one) => sum + one)).toBe(1);
  expect(told('payment.captured')).toBe(1);
});

test('every page is read: 250 payments are 3 pages, each event once, the oldest first', async () => {
  for (let i = 0; i < 250; i += 1) {
    paid(`ord_${i}`);
    b.world.clock.advance(1_000);
  }
  const seen = await feed().since(new Date(b.world.clock.ms - DAY).toISOString());
  expect(pages()).toBe(3);
  expect(new Set(seen.map(({ event }) => event.id)).size).toBe(250);
  expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).sort());
});

test('an event that happens between two pages moves none out of sight', async () => {
  for (let i = 0; i < 150; i += 1) paid(`ord_${i}`);
  const inner = b.world.takeFault.bind(b.world);
  let asked = 0;
  b.world.takeFault = (system, method, path) => {
    if (path === '/v1/events' && (asked += 1) === 2) for (let i = 0; i < 30; i += 1) paid(`ord_late_${i}`);
    return inner(system, method, path);
  };
  expect((await feed().since(new Date(b.world.clock.ms - DAY).toISOString())).length).toBe(150);
  expect(await missed().run()).toMatchObject({ seen: 180 });
});

test('a look begins an hour before the last one ended, and never more than thirty days back', async () => {
  const at = (ms: number) => new Date(ms).toISOString();
  const start = b.world.clock.ms;
  expect(await missed().run()).toMatchObject({ from: at(start - 30 * DAY), until: at(start), gap: false });
  b.world.clock.advance(10 * 60_000);
  expect(await missed().run()).toMatchObject({ from: at(start - 3_600_000), gap: false });
  b.world.clock.advance(31 * DAY);
  expect(await missed().run()).toMatchObject({ from: at(b.world.clock.ms - 30 * DAY), gap: true });
  expect(await missed().run()).toMatchObject({ gap: false });
});

test('[S2-092] after a gap the open payments are read one by one: what became of them is told, once; what is still so is not', async () => {
  const [captured, cancelled, waiting] = ['a', 'b', 'c'].map((orderId) => ({ ...b.pay(), orderId })) as [Told, Told, Told];
  for (const paid of [captured, cancelled, waiting]) await b.ledger.verify(paid);
  await b.stripe.capture(captured);
  await b.stripe.cancel(cancelled);
  b.told.length = 0;
  await b.db.query(`INSERT INTO payment_feed (provider, read_until, looked_at) VALUES ('stripe', $1, $1)`, [new Date(b.world.clock.ms - 40 * DAY).toISOString()]);
  const nothing: EventFeed = { provider: 'stripe', keptDays: 30, since: async () => [] };
  expect(await missed(nothing).run()).toMatchObject({ seen: 0, gap: true, readAgain: 3 });
  expect(b.told.map(({ type, stream }) => `${stream} ${type}`)).toEqual(['order-a payment.captured', 'order-b payment.cancelled']);
  expect((await b.db.query<{ state: string }>('SELECT state FROM payment ORDER BY order_id')).rows.map(({ state }) => state)).toEqual(['captured', 'cancelled', 'authorised']);
  expect(await missed().run()).toMatchObject({ applied: 3, gap: false, readAgain: 0 }); // that c is authorised is news
  expect([told('payment.captured'), told('payment.cancelled')]).toEqual([1, 1]);
});

test('a look at a part leaves what lies before it to the next', async () => {
  paid('ord_old');
  b.world.clock.advance(2 * DAY);
  paid('ord_new');
  const looks = missed();
  expect(await looks.run(new Date(b.world.clock.ms - DAY).toISOString())).toMatchObject({ seen: 1, applied: 1 });
  expect(await looks.state()).toBeUndefined();
  expect(await looks.run()).toMatchObject({ seen: 2, applied: 1, repeated: 1 });
  expect(await looks.state()).toEqual({ readUntil: b.world.clock.now(), lookedAt: b.world.clock.now() });
  // Looked at again from further back, what is known stays known.
  await looks.run(new Date(b.world.clock.ms - 5 * DAY).toISOString());
  expect(await looks.state()).toMatchObject({ readUntil: b.world.clock.now() });
});

test('[S1-103] a look that broke off goes on where it was; nothing is lost or told twice', async () => {
  const all: FedEvent[] = Array.from({ length: 1_200 }, (_, i) => ({ at: new Date(b.world.clock.ms - DAY + i * 1_000).toISOString(), event: { id: `evt_${i}`, type: 'payment_intent.succeeded', objectId: `pi_${i}`, paymentIntent: `pi_${i}` } }));
  const from: string[] = [];
  const list: EventFeed = { provider: 'stripe', keptDays: 30, since: async (instant) => { from.push(instant); return all.filter(({ at }) => at >= instant); } };
  let alive = 700;
  const received: string[] = [];
  const receive = async (event: FedEvent['event']) => {
    if (alive-- === 0) throw new Error('killed');
    received.push(event.id);
    await b.db.query('INSERT INTO payment_event (event_id, type, object_id, received_at) VALUES ($1, $2, $3, $4)', [event.id, event.type, event.objectId, b.world.clock.now()]);
    return 'ignored' as const;
  };
  const looks = catchUp({ db: b.db, feed: list, ledger: { receive, readAgain: async () => undefined }, clock: b.world.clock });
  await expect(looks.run()).rejects.toThrow('killed');
  expect(await looks.state()).toMatchObject({ readUntil: all[499]!.at });
  alive = Infinity;
  await looks.run();
  expect(Date.parse(from[1]!)).toBe(Date.parse(all[499]!.at) - 3_600_000);
  expect(received).toEqual(all.map(({ event }) => event.id));
});

test('Stripe down in the middle: a VendorError, nothing is passed over', async () => {
  for (const order of ['a', 'b', 'c']) paid(order);
  b.world.inject({ system: 'stripe', method: 'GET', path: '/v1/payment_intents', skip: 1, kind: 'status', status: 503, body: { error: { message: 'down' } } });
  await expect(missed().run()).rejects.toMatchObject({ name: 'VendorError', kind: 'unavailable' });
  expect(told('payment.captured')).toBe(1);
  expect(await missed().state()).toBeUndefined();
  expect(await missed().run()).toMatchObject({ applied: 2, repeated: 1 });
  expect(told('payment.captured')).toBe(3);
});

test('[S1-103] a charge without the customer whose run died is closed by its event alone: paid once, refundable, in the history', async () => {
  await b.charges.addMethod('acc_1', 'pm_card_visa');
  const charge = { accountId: 'acc_1', invoiceId: 'INV-1', amountMinor: 4_599, currency: 'CAD' };
  const captured = () => b.sandbox.charges().filter((one) => one.captured).length;
  const dies = async (sql: string): Promise<void> => { if (captured() > 0 && /UPDATE payment_charge/.test(sql)) throw new Error('killed'); };
  const db: LedgerParts['db'] = { query: async (sql, params) => (await dies(sql), b.db.query(sql, params)), transaction: (work) => b.db.transaction((tx) => work({ query: async (sql, params) => (await dies(sql), tx.query(sql, params)) })) };
  await expect(b.anotherCharges(db).charge(charge)).rejects.toThrow('killed');
  expect(b.sandbox.intents()[0]!.metadata['leadlight_charge']).toBe(chargeKey('INV-1', 1));
  await missed().run();
  expect((await b.db.query('SELECT outcome, payment_intent FROM payment_charge')).rows).toEqual([{ outcome: 'done', payment_intent: b.sandbox.intents()[0]!.id }]);
  expect(await b.charges.charge(charge)).toMatchObject({ type: 'accepted', value: { repeated: true } });
  expect([captured(), told('payment.captured')]).toEqual([1, 1]);
  expect(await b.ledger.refund({ orderId: 'INV-1', paymentIntent: b.sandbox.intents()[0]!.id, amountMinor: 4_599, currency: 'CAD' })).toMatchObject({ type: 'accepted' });
});

describe('stored methods', () => {
  test('[S2-091] a card stored, renewed by its bank and removed is told to whoever waits for a new card, once each', async () => {
    const added = await b.charges.addMethod('acc_1', 'pm_card_visa');
    const id = added.type === 'accepted' ? added.value.methods[0]!.id : '';
    b.sandbox.bankRenews(id);
    await b.charges.removeMethod('acc_1', id);
    await missed().run();
    await missed().run();
    expect(b.told.map(({ type, stream, data }) => [type, stream, data])).toEqual(['paymentMethod.stored', 'paymentMethod.updated', 'paymentMethod.removed'].map((type) => [type, 'account-acc_1', { accountId: 'acc_1', paymentMethod: id }]));
  });

  test('a method of a customer who is not ours is ignored', async () => {
    expect(await b.ledger.receive({ id: 'evt_x', type: 'payment_method.attached', objectId: 'pm_x', paymentMethod: 'pm_x', customer: 'cus_x' })).toBe('ignored');
    expect(b.told).toEqual([]);
  });
});

test('what is asked for is what means something: twenty names at most, each known here', () => {
  expect(heardEvents.length).toBeLessThanOrEqual(20);
  const view = (status: string) => ({ paymentIntent: 'pi_1', status, amountMinor: 1, capturedMinor: 0, refundedMinor: 0, currency: 'CAD', livemode: false, disputed: false });
  const means = (type: string) => ['requires_capture', 'succeeded', 'canceled', 'processing', 'requires_action', 'requires_payment_method'].some((status) => happened({ id: 'evt_1', type, objectId: 'x', status: 'succeeded' }, view(status))) || methodHappened({ id: 'evt_1', type, objectId: 'pm_1', paymentMethod: 'pm_1' });
  expect(heardEvents.filter((type) => !means(type))).toEqual(['charge.refunded']);
});
