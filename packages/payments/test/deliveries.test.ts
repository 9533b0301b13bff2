import { signStripe } from '../../sandbox/src/stripe/webhooks.ts';
import { verifyStripeWebhook, type LedgerParts } from '../src/index.ts';
import { closeDb, ledgerBench, type LedgerBench } from './support.ts';

let b: LedgerBench;
beforeAll(async () => void (b = await ledgerBench(20_000)), 60_000);
afterAll(async () => { await b.close(); await closeDb(); });

/** A seeded generator, so that a failing order of deliveries can be run again. */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
/** A database under a hub that is killed now and then: at any of its statements, or after a commit, before it could answer. */
function mortal(db: LedgerParts['db'], random: () => number): LedgerParts['db'] {
  const life = () => Math.floor(random() * 40);
  let left = life();
  const burn = (): void => {
    if ((left -= 1) >= 0) return;
    left = life();
    throw new Error('killed');
  };
  const watch = (on: Pick<LedgerParts['db'], 'query'>): LedgerParts['db']['query'] => async (sql, params) => (burn(), on.query(sql, params));
  return {
    query: watch(db),
    transaction: async (work) => {
      const done = await db.transaction((tx) => work({ query: watch(tx) }));
      burn();
      return done;
    },
  };
}
const DELIVERIES = 10_000;
const SECRET = 'whsec_deliveries';

test('[S0-117][S1-103][S2-092][S2-093] 10,000 deliveries, shuffled, duplicated and partly forged, to hubs of which one is killed again and again, leave the ledger exact', async () => {
  const random = seeded(20_260_401);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

  // 60 payments, of which Stripe alone knows what became of them: captured, partly or wholly refunded, refund failed, cancelled, declined, disputed.
  const ids: string[] = [];
  for (let i = 0; i < 60; i += 1) {
    const paid = { ...b.pay({ amountMinor: 1_000 + i, orderId: `ord_${i}`, ...(i % 10 === 9 ? { paymentMethod: 'pm_card_chargeDeclined' } : {}) }), amountMinor: 1_000 + i, orderId: `ord_${i}` };
    ids.push(paid.paymentIntent);
    if (i % 10 === 9) continue;
    if (i % 3 !== 0) await b.ledger.verify(paid); // the ledger knows two thirds of them as authorised only
    if (i % 10 === 8) await b.stripe.cancel(paid);
    else if (i % 10 !== 7) await b.stripe.capture(paid);
    if (i % 10 < 4) await b.stripe.refund({ ...paid, amountMinor: i % 10 < 2 ? paid.amountMinor : 400, reference: 'a' });
    if (i % 10 === 3) b.sandbox.failRefund(b.sandbox.refunds().at(-1)!.id);
    if (i % 10 === 5) b.sandbox.dispute(paid.paymentIntent);
  }
  const events = b.sandbox.events();
  const at = Math.floor(b.world.clock.ms / 1000);
  const genuine = events.map((event) => JSON.stringify(event, null, 2)).map((raw) => ({ raw, header: signStripe(SECRET, at, raw) }));

  const deliveries: { raw: string; header: string; forged: boolean }[] = genuine.map((one) => ({ ...one, forged: false }));
  while (deliveries.length < DELIVERIES) {
    const { raw, header } = pick(genuine);
    const kind = Math.floor(random() * 8);
    if (kind === 0) { // one byte changed
      const place = Math.floor(random() * raw.length);
      deliveries.push({ raw: raw.slice(0, place) + String.fromCharCode(raw.charCodeAt(place) ^ 1) + raw.slice(place + 1), header, forged: true });
    } else if (kind === 1) deliveries.push({ raw: raw.replace(/"type": "[a-z_.]+"/, '"type": "payment_intent.succeeded"').replace('evt_', 'evt_x'), header: signStripe('whsec_other', at, raw), forged: true });
    else if (kind === 2) deliveries.push({ raw: JSON.stringify(JSON.parse(raw)), header, forged: true }); // written again by a proxy
    else deliveries.push({ raw, header, forged: false });
  }
  for (let i = deliveries.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [deliveries[i], deliveries[j]] = [deliveries[j]!, deliveries[i]!];
  }

  const seen: Record<string, number> = {};
  const count = (what: string) => void (seen[what] = (seen[what] ?? 0) + 1);
  const hubs = [b.ledger, b.another(), b.another(mortal(b.db, random))];
  const queue = [...deliveries];
  expect([queue.length, new Set(queue.filter(({ forged }) => !forged).map(({ raw }) => raw)).size]).toEqual([DELIVERIES, events.length]);
  const lane = async (hub: number): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const verified = verifyStripeWebhook({ raw: Buffer.from(next.raw), header: next.header, secret: SECRET, now: b.world.clock.now() });
      expect(verified.type).toBe(next.forged ? 'refused' : 'accepted');
      if (verified.type === 'refused') {
        count('forged');
        continue;
      }
      const outcome = await hubs[hub]!.receive(verified.value).catch((error: Error) => error.message);
      if (outcome === 'killed') queue.unshift(next); // nobody answered: it is delivered again later
      count(outcome);
    }
  };
  await Promise.all([lane(0), lane(1), lane(2), lane(1)]);

  expect(seen['forged']).toBe(deliveries.filter(({ forged }) => forged).length);
  expect(seen['forged']).toBeGreaterThan(2_000);
  expect(seen['killed']).toBeGreaterThan(20);
  expect(Object.keys(seen).sort()).toEqual(['applied', 'forged', 'ignored', 'killed', 'repeated']);
  expect((await b.db.query('SELECT event_id FROM payment_event')).rows).toHaveLength(events.length); // each genuine event counted once
  const rows = (await b.db.query<{ payment_intent: string; state: string; captured_minor: number; refunded_minor: number }>('SELECT payment_intent, state, captured_minor, refunded_minor FROM payment')).rows;
  const truth = await Promise.all(rows.map(async ({ payment_intent }) => (await b.stripe.retrieve(payment_intent)) as { capturedMinor: number; refundedMinor: number; status: string }));
  rows.forEach((row, i) => {
    const { capturedMinor, refundedMinor, status } = truth[i]!;
    const state = status === 'canceled' ? 'cancelled' : status === 'requires_capture' ? 'authorised' : refundedMinor === 0 ? 'captured' : refundedMinor === capturedMinor ? 'refunded' : 'partlyRefunded';
    expect([row.payment_intent, row.state, Number(row.captured_minor), Number(row.refunded_minor)]).toEqual([row.payment_intent, state, capturedMinor, refundedMinor]);
  });
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['captured', 'authorised', 'refunded', 'partlyRefunded', 'cancelled']));
  // What was told is what happened, once each, also for payments the ledger never bound.
  const told = (type: string) => b.told.filter((one) => one.type === type).length;
  const charges = b.sandbox.charges();
  expect(told('payment.captured')).toBe(charges.filter(({ captured }) => captured).length);
  expect(told('payment.failed')).toBe(6);
  expect(told('payment.cancelled')).toBe(6);
  expect(told('payment.disputed')).toBe(6);
  expect(told('payment.refundFailed')).toBe(6);
  const given = b.sandbox.refunds();
  expect(b.told.filter(({ type }) => type === 'payment.refunded').map(({ data }) => data['amountMinor']).sort()).toEqual(given.map(({ amount }) => amount).sort());
  expect(ids).toHaveLength(60);
}, 240_000);
