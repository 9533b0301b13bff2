import fc from 'fast-check';
import { addDays } from '../kernel/civil.ts';
import { subscriptionAnalytics, type SubscriptionFacts, type SubscriptionReport } from './subscriptionAnalytics.ts';

const april = { start: '2026-04-01', end: '2026-05-01' };
const sub = (id: string, prices: readonly (readonly [string, number])[], more: Partial<SubscriptionFacts> = {}): SubscriptionFacts => ({ id, currency: 'CAD', prices: prices.map(([from, monthlyMinor]) => ({ from, monthlyMinor })), ...more });
function report(all: readonly SubscriptionFacts[], period = april): SubscriptionReport {
  const answer = subscriptionAnalytics(all, period);
  if (answer.type === 'refused') throw new Error(`${answer.code} ${answer.path}`);
  return answer.value[0]!;
}

describe('[S2-058] how subscriptions did', () => {
  const all = [
    sub('stays', [['2026-01-10', 7995]]),
    sub('larger plan', [['2026-01-10', 7995], ['2026-04-16', 9995]]),
    sub('smaller plan', [['2026-01-10', 9995], ['2026-04-30', 7995]]),
    sub('leaves on the last day', [['2026-01-10', 4995]], { endedOn: '2026-04-30' }),
    sub('leaves the day after', [['2026-01-10', 4995]], { endedOn: '2026-05-01' }),
    sub('comes on the first day', [['2026-04-01', 10995]]),
    sub('comes back from a pause', [['2025-06-01', 7995], ['2026-03-01', 0], ['2026-04-10', 7995]]),
    sub('comes and goes', [['2026-04-02', 7995]], { endedOn: '2026-04-09' }),
    sub('comes next month', [['2026-05-01', 7995]]),
  ];

  test('each movement by itself, customers and money', () => {
    expect(report(all)).toMatchObject({
      currency: 'CAD',
      atStart: { subscriptions: 5, monthlyMinor: 35_975 }, atEnd: { subscriptions: 6, monthlyMinor: 49_970 },
      began: { subscriptions: 1, monthlyMinor: 10_995 }, returned: { subscriptions: 1, monthlyMinor: 7995 }, grew: { subscriptions: 1, monthlyMinor: 2000 },
      shrank: { subscriptions: 1, monthlyMinor: 2000 }, lost: { subscriptions: 1, monthlyMinor: 4995 }, passing: 1,
      churn: { part: 1, whole: 5, basisPoints: 2000 }, revenueChurn: { part: 6995, whole: 35_975, basisPoints: 1944 }, retention: { part: 30_980, whole: 35_975, basisPoints: 8612 },
    });
  });

  test('conversion: trials bought or run out in the period; a purchase in the days of grace counts, one still running does not', () => {
    const trial = (startedOn: string, endsOn: string) => ({ trial: { startedOn, endsOn } });
    const trials = [
      sub('bought early', [['2026-04-05', 7995]], trial('2026-04-01', '2026-04-15')),
      sub('bought in grace', [['2026-04-17', 7995]], trial('2026-04-01', '2026-04-15')),
      sub('ran out', [], trial('2026-03-20', '2026-04-03')),
      sub('ran out before', [], trial('2026-03-01', '2026-03-15')),
      sub('still running', [], trial('2026-04-25', '2026-05-09')),
      sub('bought and gone again', [['2026-04-20', 7995]], { ...trial('2026-04-10', '2026-04-24'), endedOn: '2026-04-22' }),
    ];
    expect(report(trials).conversion).toEqual({ part: 3, whole: 4, basisPoints: 7500, daysToBuy: 4 + 16 + 10 });
    // What decides is the day it was bought, not the last day of the trial.
    const across = [sub('ends later', [['2026-04-28', 7995]], trial('2026-04-20', '2026-05-04')), sub('ended before', [['2026-04-02', 7995]], trial('2026-03-15', '2026-03-29')), sub('bought later', [['2026-05-02', 7995]], trial('2026-04-15', '2026-04-29'))];
    expect(report(across).conversion).toEqual({ part: 2, whole: 2, basisPoints: 10_000, daysToBuy: 8 + 18 });
  });

  test('usage: how much of what is included is used, month by month of the period', () => {
    const used = (...of: readonly (readonly [string, number, number | null])[]) => ({ usage: of.map(([month, units, limit]) => ({ metric: 'calls', month, used: units, limit })) });
    expect(report([sub('a', [['2026-01-01', 1]], used(['2026-04', 0, 100], ['2026-03', 999, 100])), sub('b', [], used(['2026-04', 80, 100])), sub('c', [], used(['2026-04', 101, 100])), sub('d', [], used(['2026-04', 7, null]))]).usage).toEqual([
      { metric: 'calls', months: 4, used: 188, median: 7, most: 101, unused: { part: 1, whole: 4, basisPoints: 2500 }, nearLimit: { part: 1, whole: 3, basisPoints: 3333 }, overLimit: { part: 1, whole: 3, basisPoints: 3333 } },
    ]);
  });

  test('currencies are never summed', () => {
    const both = subscriptionAnalytics([sub('a', [['2026-01-01', 100]]), sub('b', [['2026-01-01', 7]], { currency: 'USD' })], april);
    expect(both).toMatchObject({ value: [{ currency: 'CAD', atEnd: { monthlyMinor: 100 } }, { currency: 'USD', atEnd: { monthlyMinor: 7 } }] });
  });

  test('what moved explains the difference, and months in a row explain the quarter', () => {
    const day = fc.integer({ min: 0, max: 150 }).map((n) => addDays('2026-01-01', n));
    const facts = fc.array(fc.record({ days: fc.uniqueArray(day, { maxLength: 4 }), minors: fc.array(fc.constantFrom(0, 0, 4995, 7995, 9995), { minLength: 4, maxLength: 4 }), endedOn: fc.option(day, { nil: undefined }) }), { maxLength: 12 });
    fc.assert(fc.property(facts, (given) => {
      const all = given.map(({ days, minors, endedOn }, i) => sub(`s${i}`, [...days].sort().map((from, j) => [from, minors[j]!] as const), endedOn === undefined ? {} : { endedOn }));
      if (all.length === 0) return;
      const months = ['2026-02-01', '2026-03-01', '2026-04-01'].map((start, i) => report(all, { start, end: ['2026-03-01', '2026-04-01', '2026-05-01'][i]! }));
      for (const { atStart, atEnd, began, returned, grew, shrank, lost } of months) {
        expect(atStart.monthlyMinor + began.monthlyMinor + returned.monthlyMinor + grew.monthlyMinor - shrank.monthlyMinor - lost.monthlyMinor).toBe(atEnd.monthlyMinor);
        expect(atStart.subscriptions + began.subscriptions + returned.subscriptions - lost.subscriptions).toBe(atEnd.subscriptions);
      }
      months.slice(1).forEach(({ atStart }, i) => expect(atStart).toEqual(months[i]!.atEnd));
    }), { numRuns: 300 });
  });

  test.each<[string, readonly SubscriptionFacts[], string]>([
    ['one that is there twice', [sub('a', []), sub('a', [])], '[1].id'],
    ['prices out of order', [sub('a', [['2026-02-01', 1], ['2026-01-01', 1]])], '[0].prices[1].from'],
    ['a day that is none', [sub('a', [], { endedOn: '2026-02-30' })], '[0].endedOn'],
    ['a currency that is none', [sub('a', [], { currency: 'ZZZ' })], '[0].currency'],
    ['half a cent', [sub('a', [['2026-01-01', 0.5]])], '[0].prices[0].monthlyMinor'],
    ['a trial that ends before it begins', [sub('a', [], { trial: { startedOn: '2026-02-02', endsOn: '2026-02-01' } })], '[0].trial'],
    ['no list', 'all' as never, ''],
  ])('%s is refused', (_name, given, path) => {
    const answer = subscriptionAnalytics(given, april);
    expect(answer).toMatchObject({ type: 'refused', code: 'badInput' });
    if (path) expect(answer).toMatchObject({ path });
  });
  test('a period that ends before it begins is refused', () => {
    expect(subscriptionAnalytics([], { start: '2026-05-01', end: '2026-05-01' })).toMatchObject({ type: 'refused', path: 'end' });
  });
});
