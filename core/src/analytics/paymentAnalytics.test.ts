import fc from 'fast-check';
import { paymentAnalytics, type PaymentReport } from './paymentAnalytics.ts';
import { paymentOutcomes, type PaymentAttempt } from './paymentAttempt.ts';

const april = { start: '2026-04-01T04:00:00.000Z', end: '2026-05-01T04:00:00.000Z' };
const attempt = (id: string, more: Partial<PaymentAttempt> = {}): PaymentAttempt => ({ id, subject: id, provider: 'stripe', method: 'storedMethod', currency: 'CAD', amountMinor: 10_000, startedAt: '2026-04-10T12:00:00.000Z', outcome: 'succeeded', ...more });
const reports = (attempts: readonly PaymentAttempt[], period = april): readonly PaymentReport[] => {
  const answer = paymentAnalytics(attempts, period);
  if (answer.type === 'refused') throw new Error(`${answer.code} ${answer.path}`);
  return answer.value;
};

test('[S2-097] success rate, method mix, declines by class, time to settle, what a retry brought in, what went back', () => {
  const all = [
    attempt('a', { subject: 'INV-1', outcome: 'declined', declineClass: 'retryLater' }), attempt('b', { subject: 'INV-1', startedAt: '2026-04-13T12:00:00.000Z', settledAt: '2026-04-13T12:00:03.000Z' }),
    attempt('c', { subject: 'INV-2', outcome: 'declined', declineClass: 'updateCard', amountMinor: 4_599 }),
    attempt('d', { method: 'paypal', provider: 'paypal', amountMinor: 5_000, settledAt: '2026-04-10T12:00:08.000Z', refundedMinor: 1_000 }), attempt('e', { method: 'checkout', amountMinor: 2_500, disputedMinor: 2_500 }),
    attempt('f', { outcome: 'unknown' }), attempt('g', { provider: 'invoice', method: 'terms', outcome: 'open', amountMinor: 90_000 }), attempt('h', { outcome: 'cancelled' }), attempt('i', { subject: 'INV-3', outcome: 'failed' }),
  ];
  expect(reports(all)).toEqual([{
    currency: 'CAD', attempts: 9, outcomes: { succeeded: 3, declined: 2, failed: 1, cancelled: 1, open: 1, unknown: 1 }, takenMinor: 17_500,
    // Three of the six that were decided: what nobody knows, what is open and what was called off is in neither part.
    successRate: { part: 3, whole: 6, basisPoints: 5_000 },
    methods: [
      { name: 'checkout', attempts: 1, succeeded: 1, takenMinor: 2_500, successRate: { part: 1, whole: 1, basisPoints: 10_000 }, ofAttempts: { part: 1, whole: 9, basisPoints: 1_111 }, ofTaken: { part: 2_500, whole: 17_500, basisPoints: 1_429 } },
      { name: 'paypal', attempts: 1, succeeded: 1, takenMinor: 5_000, successRate: { part: 1, whole: 1, basisPoints: 10_000 }, ofAttempts: { part: 1, whole: 9, basisPoints: 1_111 }, ofTaken: { part: 5_000, whole: 17_500, basisPoints: 2_857 } },
      { name: 'storedMethod', attempts: 6, succeeded: 1, takenMinor: 10_000, successRate: { part: 1, whole: 4, basisPoints: 2_500 }, ofAttempts: { part: 6, whole: 9, basisPoints: 6_667 }, ofTaken: { part: 10_000, whole: 17_500, basisPoints: 5_714 } },
      { name: 'terms', attempts: 1, succeeded: 0, takenMinor: 0, successRate: { part: 0, whole: 0, basisPoints: null }, ofAttempts: { part: 1, whole: 9, basisPoints: 1_111 }, ofTaken: { part: 0, whole: 17_500, basisPoints: 0 } },
    ],
    providers: [expect.objectContaining({ name: 'invoice', attempts: 1 }), expect.objectContaining({ name: 'paypal', takenMinor: 5_000 }), expect.objectContaining({ name: 'stripe', attempts: 7, takenMinor: 12_500 })],
    declines: [{ class: 'retryLater', count: 1, amountMinor: 10_000, ofDeclines: { part: 1, whole: 2, basisPoints: 5_000 } }, { class: 'updateCard', count: 1, amountMinor: 4_599, ofDeclines: { part: 1, whole: 2, basisPoints: 5_000 } }],
    settling: { measured: 2, unmeasured: 1, totalMs: 11_000, averageMs: 5_500, longestMs: 8_000 },
    recovered: { firstRefused: 3, recovered: 1, recoveredMinor: 10_000, ofSubjects: { part: 1, whole: 3, basisPoints: 3_333 } },
    refunded: { payments: 1, minor: 1_000, ofTaken: { part: 1_000, whole: 17_500, basisPoints: 571 } }, disputed: { payments: 1, minor: 2_500, ofTaken: { part: 2_500, whole: 17_500, basisPoints: 1_429 } },
  }]);
});

test('[S2-097] two currencies are two reports; the period has its first instant and not its last', () => {
  const all = [attempt('a', { currency: 'USD' }), attempt('b'), attempt('first', { startedAt: april.start }), attempt('late', { startedAt: april.end }), attempt('early', { startedAt: '2026-04-01T03:59:59.999Z' })];
  expect(reports(all).map(({ currency, takenMinor, attempts }) => [currency, attempts, takenMinor])).toEqual([['CAD', 2, 20_000], ['USD', 1, 10_000]]);
  expect(paymentAnalytics(all, april)).toMatchObject({ because: ['3 of 5 attempts began in the period'] });
  expect(reports([])).toEqual([]);
});

test('[S2-097] a payment after the first try is no recovery; one that settled before it began is not measured', () => {
  const [report] = reports([attempt('a', { subject: 'x' }), attempt('b', { subject: 'x', outcome: 'declined', startedAt: '2026-04-11T12:00:00.000Z' }), attempt('c', { settledAt: '2026-04-10T11:00:00.000Z' })]);
  expect(report).toMatchObject({ recovered: { firstRefused: 0, recovered: 0, recoveredMinor: 0 }, settling: { measured: 0, unmeasured: 2, averageMs: null }, declines: [{ class: 'unclassified' }] });
});

test('[S2-097] the parts make the whole, whatever happened, and the order they are told in does not matter', () => {
  const row = fc.record({ subject: fc.constantFrom('x', 'y', 'z'), method: fc.constantFrom('storedMethod', 'checkout', 'paypal'), provider: fc.constantFrom('stripe', 'paypal'), currency: fc.constantFrom('CAD', 'USD', 'EUR'), amountMinor: fc.integer({ min: 0, max: 1e7 }), outcome: fc.constantFrom(...paymentOutcomes), declineClass: fc.constantFrom('stop', 'retryLater'), minute: fc.integer({ min: 0, max: 59 }) });
  fc.assert(fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
    const all = rows.map(({ minute, ...one }, index) => attempt(`p${index}`, { ...one, startedAt: `2026-04-10T12:${String(minute).padStart(2, '0')}:00.000Z` }));
    const found = reports(all);
    expect(found.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(all.length);
    for (const { currency, attempts, outcomes, takenMinor, successRate, methods, providers, declines, recovered } of found) {
      const mine = all.filter((one) => one.currency === currency);
      expect([attempts, takenMinor]).toEqual([mine.length, mine.filter(({ outcome }) => outcome === 'succeeded').reduce((sum, one) => sum + one.amountMinor, 0)]);
      expect(Object.values(outcomes).reduce((a, b) => a + b)).toBe(attempts);
      expect(successRate).toMatchObject({ part: outcomes.succeeded, whole: attempts - outcomes.open - outcomes.cancelled - outcomes.unknown });
      for (const mix of [methods, providers]) expect([mix.reduce((sum, one) => sum + one.attempts, 0), mix.reduce((sum, one) => sum + one.takenMinor, 0)]).toEqual([attempts, takenMinor]);
      expect(declines.reduce((sum, { count }) => sum + count, 0)).toBe(outcomes.declined);
      expect(recovered.recovered).toBeLessThanOrEqual(recovered.firstRefused);
      expect(recovered.recoveredMinor).toBeLessThanOrEqual(takenMinor);
    }
    expect(reports([...all].reverse())).toEqual(found);
  }));
});

test.each<[string, readonly unknown[], { start: string; end: string }, string]>([
  ['half a cent', [attempt('a', { amountMinor: 0.5 })], april, '[0].amountMinor'], ['an outcome nobody knows', [attempt('a', { outcome: 'paid' as never })], april, '[0].outcome'], ['a currency that is none', [attempt('a'), attempt('b', { currency: 'ZZZ' })], april, '[1].currency'],
  ['the same attempt twice', [attempt('a'), attempt('a')], april, '[1].id'], ['more given back than taken', [attempt('a', { refundedMinor: 10_001 })], april, '[0].refundedMinor'], ['more disputed than taken', [attempt('a', { disputedMinor: 10_001 })], april, '[0].disputedMinor'],
  ['a time that is none', [attempt('a', { startedAt: '2026-04-31T00:00:00Z' })], april, '[0].startedAt'], ['a settlement at no time', [attempt('a', { settledAt: '2026-04-10T25:00:00Z' })], april, '[0].settledAt'],
  ['a period that ends before it begins', [], { start: april.end, end: april.start }, 'end'], ['a period that begins at no time', [], { start: 'April', end: april.end }, 'start'],
])('[S2-097] %s is refused', (_name, attempts, period, path) => {
  expect(paymentAnalytics(attempts as never, period)).toMatchObject({ type: 'refused', code: 'badInput', path });
});
