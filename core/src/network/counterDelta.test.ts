import fc from 'fast-check';
import { civilDateIn } from '../kernel/zone.ts';
import { counterDelta, type CounterDelta, type CounterReport } from './counterDelta.ts';
import { rateUsage } from '../usage/rateUsage.ts';

const at = '2026-04-01T10:00:00Z';
const later = '2026-04-01T10:05:00Z';
const delta = (before: Omit<CounterReport, 'at'>, after: Omit<CounterReport, 'at'>): CounterDelta | string => {
  const answer = counterDelta({ at, ...before }, { at: later, ...after }, 'America/Toronto');
  return answer.type === 'accepted' ? answer.value : `${answer.code} ${answer.path}`;
};
const octets = (n: number, reset = false) => ({ octets: n, day: '2026-04-01', reset });

test.each<[string, Omit<CounterReport, 'at'>, Omit<CounterReport, 'at'>, ReturnType<typeof delta>]>([
  ['both directions since the last report', { inputOctets: 100, outputOctets: 5 }, { inputOctets: 150, outputOctets: 9 }, octets(54)],
  ['the first report of a session', {}, { inputOctets: 7 }, octets(7)],
  ['the same report again', { inputOctets: 7 }, { inputOctets: 7 }, octets(0)],
  ['a low word that wrapped, with its Gigaword', { inputOctets: 4294967295 }, { inputOctets: 1, inputGigawords: 1 }, octets(2)],
  ['Gigawords of both directions', {}, { inputOctets: 1, inputGigawords: 2, outputOctets: 3, outputGigawords: 1 }, octets(3 * 2 ** 32 + 4)],
  ['the text of a FreeRADIUS bigint, Gigawords folded in', { inputOctets: '8589934592' }, { inputOctets: '8589934600' }, octets(8)],
  ['counters beyond what a number holds, their difference exact', { inputOctets: '18446744073709551614' }, { inputOctets: '18446744073709551615' }, octets(1)],
  ['a router that began anew', { inputOctets: 500, outputOctets: 90 }, { inputOctets: 20, outputOctets: 95 }, octets(115, true)],
  ['a low word that fell without a Gigaword: counted from 0, never too much', { inputOctets: 4294967295 }, { inputOctets: 1 }, octets(1, true)],
  ['a difference beyond the safe range', {}, { inputOctets: '9007199254740992' }, 'badInput after'],
  ['more than 64 bits', {}, { inputOctets: '18446744073709551616' }, 'badInput after'],
  ['more than 64 bits before', { inputOctets: '99999999999999999999' }, { inputOctets: 1 }, 'badInput after'],
  ['folded octets beside Gigawords', {}, { inputOctets: 4294967296, inputGigawords: 1 }, 'badInput after'],
  ['a negative counter', {}, { inputOctets: -1 }, 'badInput after.inputOctets'],
  ['a float', {}, { outputOctets: 1.5 }, 'badInput after.outputOctets'],
  ['an unsafe number', { inputOctets: 2 ** 60 }, {}, 'badInput before.inputOctets'],
  ['hexadecimal', {}, { inputOctets: '0x10' }, 'badInput after.inputOctets'],
  ['no text', {}, { inputOctets: '' }, 'badInput after.inputOctets'],
])('[S0-07] %s', (_name, before, after, expected) => {
  expect(delta(before, after)).toEqual(expected);
});

test.each([
  ['a report from before', { at: later }, { at }, 'UTC', 'after'],
  ['no instant', { at }, { at: '2026-04-02' }, 'UTC', 'after'],
  ['a day that is not', { at: '2026-02-30T10:00:00Z' }, { at }, 'UTC', 'after'],
  ['a zone that is not', { at }, { at: later }, 'Mars/Olympus', 'zone'],
  ['a year before the calendar', { at: '0000-01-01T00:00:00Z' }, { at }, 'UTC', 'before.at'],
])('%s is refused', (_name, before, after, zone, path) => {
  expect(counterDelta(before, after, zone)).toMatchObject({ type: 'refused', code: 'badInput', path });
});

test('a report at midnight tells of the day that ended', () => {
  const dayOf = (instant: string, zone: string) => {
    const answer = counterDelta({ at: '2026-03-07T00:00:00Z' }, { at: instant, inputOctets: 1 }, zone);
    return answer.type === 'accepted' && answer.value.day;
  };
  expect(dayOf('2026-04-01T04:00:00.000Z', 'America/Toronto')).toBe('2026-03-31');
  expect(dayOf('2026-04-01T04:00:00.001Z', 'America/Toronto')).toBe('2026-04-01');
  // Havana and Beirut skip midnight itself.
  expect(dayOf('2026-03-08T05:00:00Z', 'America/Havana')).toBe('2026-03-07');
  expect(dayOf('2026-03-28T22:00:00Z', 'Asia/Beirut')).toBe('2026-03-28');
});

test('[S0-07] the differences of a session add up to its counters, to the octet, however they were written, and are rated by civil days', () => {
  const zone = fc.constantFrom('America/Toronto', 'America/Havana', 'Asia/Beirut', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Sydney', 'Australia/Lord_Howe');
  const step = fc.record({ minutes: fc.integer({ min: 0, max: 900 }), used: fc.tuple(...[0, 1].map(() => fc.oneof(fc.constantFrom(0, 1, 2 ** 32 - 1, 2 ** 32), fc.nat()))), folded: fc.boolean() });
  fc.assert(fc.property(zone, fc.bigInt({ min: 0n, max: 2n ** 63n }), fc.array(step, { minLength: 1, maxLength: 10 }), fc.constantFrom('2026-03-07T20:00:00.000Z', '2026-10-31T20:00:00.000Z', '2028-02-28T20:00:00.000Z'), (where, base, steps, start) => {
    const write = (n: bigint, folded: boolean) => (folded ? [n.toString(), undefined] : [Number(n & 0xffffffffn), Number(n >> 32n)]);
    const report = (instant: string, [up, down]: readonly bigint[], folded: boolean): CounterReport => {
      const [[inputOctets, inputGigawords], [outputOctets, outputGigawords]] = [write(up!, folded), write(down!, folded)];
      return JSON.parse(JSON.stringify({ at: instant, inputOctets, inputGigawords, outputOctets, outputGigawords })) as CounterReport;
    };
    let [now, clock] = [[base, base / 2n] as readonly bigint[], Date.parse(start)];
    let last = report(start, now, true);
    let total = 0;
    const days: Record<string, number> = {};
    for (const { minutes, used, folded } of steps) {
      clock += minutes * 60_000;
      now = now.map((n, i) => n + BigInt(used[i]!));
      const next = report(new Date(clock).toISOString(), now, folded);
      const answer = counterDelta(last, next, where);
      if (answer.type === 'refused') throw new Error(answer.message);
      expect(answer.value).toMatchObject({ octets: used[0]! + used[1]!, reset: false, day: civilDateIn(new Date(clock - 1).toISOString(), where) });
      days[answer.value.day] = (days[answer.value.day] ?? 0) + answer.value.octets;
      total += answer.value.octets;
      last = next;
    }
    expect(BigInt(total)).toBe(now[0]! + now[1]! - base - base / 2n);
    const rated = rateUsage({ subscription: 's', meter: { version: '1', metric: 'octets', unit: 'octet', included: null }, month: '2028-02', records: Object.entries(days).map(([day, quantity]) => ({ id: day, at: day, metric: 'octets', quantity })).filter((one) => one.at < '2028-03-01') });
    expect(rated.type).toBe('accepted');
  }), { numRuns: 150 });
});
