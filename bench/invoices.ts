// npm run bench:invoices [-- --n 100000] [--rounds 5] [--passes 1]: a billing run over a million subscriptions, and the same work on three pairs of libraries.
import { getHeapStatistics } from 'node:v8';
import type { BillInput } from '../core/src/index.ts';
import { bigDateFns } from './invoices/bigDateFns.ts';
import { decimalLuxon } from './invoices/decimalLuxon.ts';
import { dineroTemporal } from './invoices/dineroTemporal.ts';
import { leadlight } from './invoices/ours.ts';
import { rival, type Calculation, type Contestant } from './invoices/rivalBill.ts';
import { BATCH, streamOf } from './invoices/stream.ts';
import { count, cpuMs, finish, median, optionOf, undisturbed } from './race.ts';

type Mode = 'calculate' | 'bill';
type Result = Calculation | null;
const MODES: readonly Mode[] = ['calculate', 'bill'];
const BARS = { calculate: [100, 30, 15], bill: [40, 12, 6] };
/** Batches in a round; every so many of them go to the rivals as well. */
const ROUND = 160;
const EVERY = 8;

const n = optionOf('n', 1_000_000);
const rounds = Math.max(5, optionOf('rounds', 7));
const passes = optionOf('passes', 3);
const built: string = '../core/dist/index.js';
const core = (await import(built)) as typeof import('../core/src/index.ts');
const terms = { taxTable: core.canadaTaxTable };
const opened = core.openBilling(terms);
if (opened.type === 'refused') throw new Error(opened.message);
const stream = streamOf(core, opened.value);
const ours = leadlight(core, terms);
const rivals: readonly Contestant[] = [rival(decimalLuxon, terms), rival(dineroTemporal, terms), rival(bigDateFns, terms)];

function checksum(results: readonly Result[], of = 0): number {
  let sum = of;
  for (const result of results) {
    if (!result) continue;
    for (const line of result.lines) sum = (Math.imul(sum, 31) + line.amountMinor) | 0;
    for (const tax of result.taxes) sum = (Math.imul(sum, 31) + tax.amountMinor) | 0;
    sum = (Math.imul(sum, 31) + result.totalMinor) | 0;
  }
  return sum;
}
/** JSON whose fields stand in the order of their names. */
const text = (value: unknown): string => JSON.stringify(value, (_, one: unknown) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one));
function differ(who: string, index: string, a: unknown, b: unknown): never {
  console.error(`${who} and ${ours.name} disagree on ${index}:\n${JSON.stringify(a)}\n${JSON.stringify(b)}`);
  process.exit(1);
}
const results: Result[] = new Array<Result>(BATCH).fill(null);
/** Milliseconds one contestant takes for a batch; what came out is in `results`. */
function timed(who: Contestant, mode: Mode, batch: readonly BillInput[]): number {
  const work = who[mode];
  const start = cpuMs();
  for (let i = 0; i < batch.length; i += 1) results[i] = work(batch[i]!);
  return cpuMs() - start;
}

/** Every 500th subscription of the stream, byte for byte. */
function compareSample(): number {
  let compared = 0;
  for (let index = 0; index < n; index += 500) {
    const input = stream.at(index);
    for (const mode of MODES) {
      const mine = ours[mode](input);
      // All but the words beside a tax; those beside each line are compared.
      const seen = (of: Result): string => text(of && { ...of, taxes: of.taxes.map(({ because: _, ...tax }) => tax) });
      for (const one of rivals) {
        const theirs = one[mode](input);
        if (seen(theirs) !== seen(mine)) differ(one.name, input.account.id, theirs, mine);
      }
    }
    compared += 1;
  }
  return compared;
}
interface Run {
  readonly perSecond: number;
  readonly medianPerSecond: number;
  readonly wallPerSecond: number;
  readonly heapMiB: number;
  readonly bills: number;
  readonly sum: number;
}
/** All of the stream, in a hundred parts, each batch kept only until the next. The generator's time is not counted, the collector's is. */
function runAll(): Run {
  for (let batch = 0; batch < 100; batch += 1) timed(ours, 'bill', stream.batch(batch));
  results.fill(null);
  globalThis.gc?.();
  const start = getHeapStatistics().used_heap_size;
  const parts: number[] = [];
  const perPart = Math.ceil(n / BATCH / 100);
  let [peak, cpu, wall, bills, sum] = [start, 0, 0, 0, 0];
  for (let batch = 0; batch * BATCH < n; batch += 1) {
    const inputs = stream.batch(batch);
    const from = performance.now();
    cpu += timed(ours, 'bill', inputs);
    wall += performance.now() - from;
    peak = Math.max(peak, getHeapStatistics().used_heap_size);
    bills += inputs.length;
    sum = checksum(results, sum);
    if ((batch + 1) % perPart > 0) continue;
    parts.push(cpu / perPart / BATCH);
    cpu = 0;
  }
  return { perSecond: 1000 / undisturbed(parts), medianPerSecond: 1000 / median(parts), wallPerSecond: (bills / wall) * 1000, heapMiB: (peak - start) / 2 ** 20, bills, sum };
}
/** One round: ours on all its batches, the rivals on some of them, each time in another order. Microseconds per invoice, ours first. */
function race(mode: Mode, round: number): readonly number[] {
  const all = [ours, ...rivals];
  const times = all.map((): number[] => []);
  for (let b = 0; b < ROUND; b += 1) {
    const batch = stream.batch(round * ROUND + b);
    const field = b % EVERY === 0 ? all : [ours];
    const sums = field.map((_, turn) => {
      const who = (turn + round + b) % field.length;
      times[who]!.push((timed(field[who]!, mode, batch) / batch.length) * 1000);
      return checksum(results);
    });
    if (sums.some((sum) => sum !== sums[0])) differ(field.map(({ name }) => name).join(', '), `batch ${round * ROUND + b}`, sums, mode);
  }
  return times.map(undisturbed);
}

const compared = compareSample();
console.log(`\n  ${count(compared)} subscriptions, every 500th of ${count(n)}: the same lines, taxes, totals and bills from all four, byte for byte.`);
const runs = Array.from({ length: passes }, runAll);
for (const { bills, perSecond, medianPerSecond, wallPerSecond, sum } of runs) {
  if (sum !== runs[0]!.sum) differ('One pass', 'the checksum of all', sum, runs[0]!.sum);
  console.log(`  ${count(bills)} subscriptions billed one by one: ${count(perSecond)} a second undisturbed, ${count(medianPerSecond)} in the middle, ${count(wallPerSecond)} by the clock; checksum ${sum >>> 0}.`);
}
console.log('');
// Others on the machine can only take from a pass: the best one tells most of the work.
const run = runs.reduce((best, one) => (one.perSecond > best.perSecond ? one : best));
const heapMiB = Math.max(...runs.map((one) => one.heapMiB));

const names = rivals.map(({ name }) => name);
const ratios: Record<Mode, Record<string, number>> = { calculate: {}, bill: {} };
for (const mode of MODES) {
  race(mode, 0);
  const times = Array.from({ length: rounds }, (_, round) => race(mode, round + 1));
  console.log(`  ${(mode === 'calculate' ? 'calculation alone' : 'full public API').padEnd(32)} µs an invoice   times ours (median of ${rounds} rounds, lowest, highest)`);
  [ours.name, ...names].forEach((name, who) => {
    const of = times.map((round) => round[who]! / round[0]!);
    if (who > 0) ratios[mode][name] = Math.round(median(of) * 10) / 10;
    const spread = who > 0 ? `${median(of).toFixed(1).padStart(10)}   ${Math.min(...of).toFixed(1)} to ${Math.max(...of).toFixed(1)}` : '';
    console.log(`    ${name.padEnd(30)} ${median(times.map((round) => round[who]!)).toFixed(2).padStart(14)} ${spread}`);
  });
}
finish('invoices', [
  ...MODES.flatMap((mode) => names.map((name, i) => ({ what: `${mode === 'calculate' ? 'calculation alone' : 'full public API'}, times ${name}`, got: ratios[mode][name]!, atLeast: BARS[mode][i]!, unit: '×' }))),
  { what: 'invoices a second of processor time, best pass', got: run.perSecond, atLeast: 400_000, absolute: true },
  { what: 'heap above the start, peak', got: heapMiB, atMost: 64, unit: ' MiB' },
], { ratios, invoicesPerSecond: Math.round(run.perSecond), invoicesPerSecondMedian: Math.round(run.medianPerSecond), invoicesPerSecondWall: Math.round(run.wallPerSecond), passes: runs.map((one) => Math.round(one.perSecond)), heapMiB: Math.round(heapMiB * 10) / 10, invoices: run.bills });
