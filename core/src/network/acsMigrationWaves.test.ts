import fc from 'fast-check';
import { schemaComplaint } from '../kernel/schema.ts';
import { acsMigrationPolicySchema, defaultAcsMigrationPolicy as policy } from './acsMigrationPolicy.ts';
import { acsMigrationWaves, type AcsOlt, type AcsWave } from './acsMigrationWaves.ts';

const start = '2026-04-01T13:00:00.000Z';
const later = (minutes: number): string => new Date(Date.parse(start) + minutes * 60_000).toISOString();
const wave = (more: Partial<AcsWave> = {}): AcsWave => ({ olt: 'a', wave: 1, step: 0, startedAt: start, size: 10, admitted: 10, open: 0, bad: 0, closedAt: null, ...more });
const moves = (olts: readonly AcsOlt[], now = start) => acsMigrationWaves(olts, now, policy).value.moves;

test('the policy conforms to its schema, and a careless one does not', () => {
  expect(schemaComplaint(acsMigrationPolicySchema, policy)).toBeNull();
  for (const [change, path] of [[{ informIntervalSeconds: 300 }, 'informIntervalSeconds'], [{ oldConcurrency: 50 }, 'oldConcurrency'], [{ newConcurrency: 2 }, 'newConcurrency'], [{ ladder: [] }, 'ladder'], [{ settleSeconds: 1 }, 'settleSeconds'], [{ more: 1 }, 'more']] as const) {
    expect(schemaComplaint(acsMigrationPolicySchema, { ...policy, ...change })?.path).toBe(path);
  }
});
test('[acs-42] 10, then 100, then 500 an hour; the first is alone, then as many OLTs as the policy allows', () => {
  const waiting = ['a', 'b', 'c', 'd'].map((olt) => ({ olt, waiting: 1_000, last: null }));
  expect(moves(waiting)).toEqual([{ type: 'open', olt: 'a', step: 0, size: 10 }]);
  const first = [{ ...waiting[0]!, last: wave({ admitted: 10, open: 3 }) }, ...waiting.slice(1)];
  expect(moves(first)).toEqual([]);
  const proven = [{ ...waiting[0]!, last: wave({ closedAt: later(9) }) }, ...waiting.slice(1)];
  expect(moves(proven, later(9))).toEqual([{ type: 'open', olt: 'a', step: 1, size: 100 }, { type: 'open', olt: 'b', step: 0, size: 10 }, { type: 'open', olt: 'c', step: 0, size: 10 }]);
  // Never a second wave on an OLT, however much waits and however many others may run.
  expect(moves([{ olt: 'a', waiting: 900, last: wave({ step: 1, size: 100, admitted: 100, open: 1 }) }])).toEqual([]);
  expect(moves([{ olt: 'a', waiting: 7, last: wave({ step: 1, closedAt: later(30) }) }], later(30))).toEqual([{ type: 'open', olt: 'a', step: 2, size: 7 }]);
});
test('500 an hour are spread over the hour, and the next 500 wait for the next', () => {
  const hour = wave({ step: 2, size: 500, admitted: 0 });
  expect(moves([{ olt: 'a', waiting: 600, last: hour }])).toEqual([{ type: 'admit', olt: 'a', wave: 1, count: 1 }]);
  expect(acsMigrationWaves([{ olt: 'a', waiting: 600, last: { ...hour, admitted: 251, open: 4 } }], later(30), policy).value).toEqual({ moves: [], wakeAt: new Date(Date.parse(start) + 251 * 7_200).toISOString() });
  const over = { ...hour, admitted: 500, closedAt: later(61) };
  expect(acsMigrationWaves([{ olt: 'a', waiting: 600, last: { ...over, closedAt: later(59) } }], later(59), policy).value).toEqual({ moves: [], wakeAt: later(60) });
  expect(moves([{ olt: 'a', waiting: 600, last: over }], later(61))).toEqual([{ type: 'open', olt: 'a', step: 2, size: 500 }]);
});
test('[acs-42] more than 2 % failed or unseen stops the run: one of ten, three of a hundred, eleven of five hundred', () => {
  for (const [size, bad, stops] of [[10, 1, true], [100, 2, false], [100, 3, true], [500, 10, false], [500, 11, true]] as const) {
    const answer = acsMigrationWaves([{ olt: 'a', waiting: 5, last: wave({ size, admitted: size, open: 1, bad }) }, { olt: 'b', waiting: 5, last: null }], start, policy);
    expect(answer.value.moves).toEqual(stops ? [{ type: 'stop', olt: 'a', wave: 1, bad, size }] : []);
    if (stops) expect(answer.because[0]).toContain('more than 2 %');
  }
});
test('with nothing left it is finished', () => {
  expect(moves([{ olt: 'a', waiting: 0, last: wave({ closedAt: start }) }])).toEqual([{ type: 'finish' }]);
  expect(moves([{ olt: 'a', waiting: 0, last: wave() }])).toEqual([{ type: 'close', olt: 'a', wave: 1 }]);
});

/** Plays a fleet: each device settles some minutes after it is admitted, good or bad. */
function play(fleet: Readonly<Record<string, readonly { readonly minutes: number; readonly bad: boolean }[]>>) {
  const olts = Object.keys(fleet).map((olt) => ({ olt, queue: [...fleet[olt]!], waves: [] as { step: number; size: number; at: number; closed: number | null; reserved: { minutes: number; bad: boolean }[]; running: { until: number; bad: boolean }[]; settled: { bad: boolean }[] }[] }));
  const admissions: { olt: string; at: number }[] = [];
  let stopped: { olt: string } | null = null;
  let at = Date.parse(start);
  for (let turn = 0; turn < 20_000; turn += 1) {
    for (const { waves } of olts) for (const one of waves) {
      one.settled.push(...one.running.filter(({ until }) => until <= at));
      one.running = one.running.filter(({ until }) => until > at);
    }
    const view = olts.map(({ olt, queue, waves }): AcsOlt => {
      const last = waves.at(-1);
      const bad = last?.settled.filter((one) => one.bad).length ?? 0;
      return { olt, waiting: queue.length, last: last ? { olt, wave: waves.length, step: last.step, startedAt: new Date(last.at).toISOString(), size: last.size, admitted: last.size - last.reserved.length, open: last.running.length, bad, closedAt: last.closed === null ? null : new Date(last.closed).toISOString() } : null };
    });
    for (const one of olts) expect(one.waves.filter(({ closed }) => closed === null).length).toBeLessThanOrEqual(1);
    const { moves: next, wakeAt } = acsMigrationWaves(view, new Date(at).toISOString(), policy).value;
    for (const move of next) {
      if (move.type === 'finish') return { olts, admissions, stopped };
      const mine = olts.find(({ olt }) => olt === move.olt)!;
      const last = mine.waves.at(-1)!;
      if (move.type === 'open') mine.waves.push({ step: move.step, size: move.size, at, closed: null, reserved: mine.queue.splice(0, move.size), running: [], settled: [] });
      else if (move.type === 'close') last.closed = at;
      else if (move.type === 'stop') return { olts, admissions, stopped: { olt: move.olt } };
      else for (const device of last.reserved.splice(0, move.count)) {
        admissions.push({ olt: move.olt, at });
        last.running.push({ until: at + device.minutes * 60_000, bad: device.bad });
      }
    }
    if (next.length > 0) continue;
    const times = [...olts.flatMap(({ waves }) => waves.flatMap(({ running }) => running.map(({ until }) => until))), ...(wakeAt ? [Date.parse(wakeAt)] : [])].filter((time) => time > at);
    if (times.length === 0) throw new Error('The run stands still.');
    at = Math.min(...times);
  }
  throw new Error('The run does not end.');
}
test('[acs-42] laws of the waves: no OLT has two at once, never more than 500 an hour once it is big, it ends, and bad ones stop it in time', () => {
  const device = fc.record({ minutes: fc.integer({ min: 1, max: 40 }), bad: fc.integer({ min: 0, max: 80 }).map((n) => n === 0) });
  fc.assert(fc.property(fc.array(fc.array(device, { maxLength: 700, size: 'max' }), { minLength: 1, maxLength: 4 }), (fleets) => {
    const fleet = Object.fromEntries(fleets.map((devices, n) => [`olt-${n}`, devices]));
    const { olts, admissions, stopped } = play(fleet);
    for (const { waves, queue, olt } of olts) {
      expect(waves.slice(0, 3).map(({ size }, n) => size <= [10, 100, 500][n]!)).not.toContain(false);
      for (const one of waves) {
        const bad = one.settled.filter((settled) => settled.bad).length;
        if (stopped?.olt !== olt) expect(bad * 100).toBeLessThanOrEqual(one.size * 2);
      }
      if (!stopped) expect(queue).toEqual([]);
      const mine = admissions.filter((one) => one.olt === olt).map((one) => one.at);
      for (let i = 500; i < mine.length; i += 1) if (i - 500 >= 110) expect(mine[i]! - mine[i - 500]!).toBeGreaterThanOrEqual(3_590_000);
    }
    if (!stopped) expect(admissions).toHaveLength(fleets.flat().length);
  }), { numRuns: 40 });
});
