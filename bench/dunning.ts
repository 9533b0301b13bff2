// npm run bench:dunning [-- --n 100000] [--rounds 7]: a million open cases ticked every half hour of a morning, and a naive loop beside it.
import { DateTime } from 'luxon';
import { casesAt } from './dunning/cases.ts';
import { naive } from './dunning/naive.ts';
import { count, cpuMs, finish, median, optionOf } from './race.ts';

/** A Wednesday at 06:30 in Toronto; from here on the zones come to their hours one after the other. */
const FIRST = Date.parse('2026-06-10T10:30:00.000Z');
const HALF_HOUR = 1_800_000;
const CHUNK = 10_000;
/** Of each chunk so many cases go to the naive loop as well: all would take it minutes. */
const SAMPLE = 100;

const n = optionOf('n', 1_000_000);
const rounds = Math.max(5, optionOf('rounds', 7));
const built: string = '../core/dist/index.js';
const core = (await import(built)) as typeof import('../core/src/index.ts');
const policy = core.defaultDunningPolicy;
const { decide } = core.dunning;
const actsNaively = naive(policy);
const cases = casesAt(core, policy, new Date(FIRST - HALF_HOUR / 2).toISOString(), n);
const heapMiB = process.memoryUsage().heapUsed / 2 ** 20;
const tick = { type: 'tick' } as const;

/** Microseconds a case of both, and how many acted. */
function round(number: number): { readonly ours: number; readonly naively: number; readonly acted: number } {
  const now = new Date(FIRST + number * HALF_HOUR).toISOString();
  let [ours, naively, acted, sampled] = [0, 0, 0, 0];
  const mine: number[] = [];
  for (let at = 0; at < n; at += CHUNK) {
    const end = Math.min(n, at + CHUNK);
    const theirs: number[] = [];
    const runNaively = (): void => {
      const last = Math.min(end, at + SAMPLE);
      const start = cpuMs();
      const moment = DateTime.fromISO(now);
      for (let i = at; i < last; i += 1) if (actsNaively(cases[i]!, moment)) theirs.push(i);
      naively += cpuMs() - start;
      sampled += last - at;
    };
    mine.length = 0;
    // It must see a case as it was before it acted: so it goes first.
    runNaively();
    const start = cpuMs();
    for (let i = at; i < end; i += 1) {
      const answer = decide(cases[i]!, tick, now, policy);
      if (answer.type === 'refused') throw new Error(`${answer.code} ${answer.path ?? ''}`);
      if (answer.value.events.length === 0) continue;
      cases[i] = answer.value.state;
      mine.push(i);
    }
    ours += cpuMs() - start;
    acted += mine.length;
    const both = mine.filter((i) => i < at + SAMPLE);
    if (both.join() !== theirs.join()) {
      console.error(`At ${now} acted, of cases ${at} to ${at + SAMPLE}: ${both.join()}\nnaively: ${theirs.join()}`);
      process.exit(1);
    }
  }
  return { ours: (ours / n) * 1000, naively: (naively / sampled) * 1000, acted };
}

console.log(`\n  ${count(n)} open cases, ${heapMiB.toFixed(0)} MiB with all else; each ticked once a round, all by Leadlight, one in ${CHUNK / SAMPLE} naively as well, and of these the same acted.\n`);
console.log('  round   acted        Leadlight     luxon, from the opening each time');
round(0);
const done = Array.from({ length: rounds }, (_, number) => {
  const one = round(number + 1);
  console.log(`  ${String(number + 1).padStart(5)} ${count(one.acted).padStart(7)} ${`${count(1e6 / one.ours)}/s`.padStart(16)} ${`${count(1e6 / one.naively)}/s`.padStart(16)}   ${(one.naively / one.ours).toFixed(0)} times`);
  return one;
});
const ticksPerSecond = median(done.map(({ ours }) => 1e6 / ours));
const ratio = median(done.map(({ ours, naively }) => naively / ours));
finish('dunning', [{ what: 'ticks a second of processor time', got: ticksPerSecond, atLeast: 2_000_000, absolute: true }], {
  ratios: { luxon: Math.round(ratio) }, ticksPerSecond: Math.round(ticksPerSecond), cases: n, acted: done.map(({ acted }) => acted),
});
