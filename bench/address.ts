// npm run bench:address -- 520k [--seed 1] [--naive 43]: search of a public register beside trigrams over whole addresses in PostgreSQL.
import { join } from 'node:path';
import { addressSearch, matchPolicy, nameKey, openSnapshot, readSnapshot } from '../packages/availability/src/index.ts';
import { built, drops, generated, questions, type Scale } from './address/register.ts';
import { hardQuestions } from './address/hardQuestions.ts';
import { loadHub } from './address/loadHub.ts';
import { naive } from './address/naive.ts';
import { count, finish, optionOf, quantile } from './race.ts';

const scale = (process.argv[2] ?? '520k') as Scale;
if (!['16k', '520k', '5200k'].includes(scale)) {
  console.error('Say how many addresses: 16k, 520k or 5200k.');
  process.exit(2);
}
const BARS = { '16k': [20, 5], '520k': [300, 100], '5200k': [1000, 500] } as const;
const seed = optionOf('seed', 1);
const sampled = optionOf('naive', scale === '5200k' ? 43 : 143);
const at = process.argv.indexOf('--generator');
const of = await generated(scale, seed, at < 0 ? join('..', 'shared', 'eval', 'address', 'gen.mjs') : process.argv[at + 1]!);
const path = join(of.folder, 'register.snapshot');

const build = await built(of, path);
globalThis.gc?.();
const resident = process.memoryUsage.rss();
const starts = performance.now();
const block = readSnapshot(path);
const register = openSnapshot(block);
const loadMs = performance.now() - starts;
console.log(`\n  ${count(build.addresses)} addresses: built in ${(build.ms / 1000).toFixed(1)} s, ${(build.bytes / build.addresses).toFixed(1)} bytes each, loaded in ${loadMs.toFixed(0)} ms, ${((process.memoryUsage.rss() - resident) / 2 ** 20).toFixed(0)} MiB more resident.`);

// Towns the operator serves, as its own drops say: they win ties.
const served = new Map<number, number>();
const own = await drops(of);
for (const { town } of own) for (const one of register.townsOf(nameKey(town))) served.set(one, (served.get(one) ?? 0) + 1);
const engine = addressSearch(register, new Set([...served].filter(([, n]) => n >= own.length / 1000).map(([town]) => town)));

const asked = questions(of);
const known = asked.filter(({ truth }) => truth !== undefined);
for (const { typed } of asked.slice(0, 400)) engine.search(typed);
const kinds = new Map<string, { n: number; first: number; five: number; taken: number; wrong: number }>();
const times: number[] = [];
for (const { kind, typed, truth } of asked) {
  const from = performance.now();
  const { match, candidates } = engine.search(typed);
  times.push(performance.now() - from);
  const labels = candidates.map(({ civic, street, town }) => `${civic} ${street}, ${town}`);
  const row = kinds.get(kind) ?? { n: 0, first: 0, five: 0, taken: 0, wrong: 0 };
  kinds.set(kind, row);
  row.n += 1;
  if (truth !== undefined && labels[0] === truth) row.first += 1;
  if (truth !== undefined && labels.includes(truth)) row.five += 1;
  if (match === 'exact') row.taken += 1;
  if (match === 'exact' && labels[0] !== truth) row.wrong += 1;
}
const all = (field: 'n' | 'first' | 'five' | 'wrong', only = (_: string): boolean => true): number => [...kinds].reduce((sum, [kind, row]) => sum + (only(kind) ? row[field] : 0), 0);
const answerable = (kind: string): boolean => kind !== 'unknown';
const percent = (part: number, whole: number): number => Math.round((10_000 * part) / whole) / 100;
console.log('\n  kind of noise      n    first %   in five %   taken %   wrongly');
for (const [kind, { n, first, five, taken, wrong }] of kinds) console.log(`  ${kind.padEnd(14)} ${String(n).padStart(5)} ${percent(first, n).toFixed(1).padStart(10)} ${percent(five, n).toFixed(1).padStart(11)} ${percent(taken, n).toFixed(1).padStart(9)} ${String(wrong).padStart(9)}`);
const hard = hardQuestions(engine, seed);
console.log(`  not there: number ${hard.missingNumberPercent} % taken, town ${hard.wrongTownPercent} % taken; as registered ${hard.cleanKeptPercent} % taken.`);
console.log(`  all ${asked.length}: p50 ${quantile(times, 0.5).toFixed(2)} ms, p95 ${quantile(times, 0.95).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms`);

const today = await naive(of.csv, (line) => console.log(line));
const race = { ours: [] as number[], gin: [] as number[], gist: [] as number[] };
const right = { ours: 0, gin: 0, gist: 0 };
const step = Math.max(1, Math.floor(known.length / sampled));
const plain = (text: string): string => text.replace(/ app \d+,/, ',');
for (let i = 0; i < known.length && race.ours.length < sampled; i += step) {
  const { typed, truth } = known[i]!;
  const turns = ['ours', 'gin', 'gist'] as const;
  const took = { ours: Infinity, gin: Infinity, gist: Infinity };
  // Each is asked twice and its better time counts: a few questions tell little of the slowest ones when a neighbour takes part.
  for (let t = 0; t < 6; t += 1) {
    const who = turns[(i + t) % 3]!;
    const from = performance.now();
    const found = who === 'ours' ? engine.search(typed).candidates.map(({ label }) => label) : await today[who](typed);
    took[who] = Math.min(took[who], performance.now() - from);
    if (t < 3 && found[0] !== undefined && plain(found[0]).startsWith(truth!)) right[who] += 1;
  }
  for (const who of turns) race[who].push(took[who]);
}
await today.close();
const best = (q: number): number => Math.min(quantile(race.gin, q), quantile(race.gist, q));
const ratio = (q: number): number => best(q) / quantile(race.ours, q);
console.log(`\n  ${race.ours.length} questions, in turns         p50 ms      p95 ms      p99 ms   first right %`);
for (const [who, name] of [['gin', 'pg_trgm, GIN'], ['gist', 'pg_trgm, GiST'], ['ours', 'Leadlight']] as const) console.log(`  ${name.padEnd(22)} ${[0.5, 0.95, 0.99].map((q) => quantile(race[who], q).toFixed(2).padStart(11)).join(' ')} ${percent(right[who], race.ours.length).toFixed(1).padStart(15)}`);
const hub = await loadHub(path, asked.map(({ typed }) => typed));
console.log(`  hub under load from another process: ${count(hub.perSecond)} searches a second, p99 ${hub.p99Ms.toFixed(1)} ms`);

const [half, most] = BARS[scale];
finish('address', [
  { what: 'times faster than the better pg_trgm index, p50', got: ratio(0.5), atLeast: half, unit: '×' },
  { what: 'times faster than the better pg_trgm index, p95', got: ratio(0.95), atLeast: most, unit: '×' },
  { what: 'the right address first', got: percent(all('first', answerable), all('n', answerable)), atLeast: 98, unit: ' %' },
  { what: 'the right address in the first five', got: percent(all('five', answerable), all('n', answerable)), atLeast: 99, unit: ' %' },
  { what: 'taken though not there (kind unknown)', got: percent(kinds.get('unknown')?.taken ?? 0, kinds.get('unknown')?.n ?? 1), atMost: 2, unit: ' %' },
  { what: 'taken though the number is missing', got: hard.missingNumberPercent, atMost: 3, unit: ' %' },
  { what: 'taken though the town is wrong', got: hard.wrongTownPercent, atMost: 1, unit: ' %' },
  { what: 'taken as registered', got: hard.cleanKeptPercent, atLeast: 99, unit: ' %' },
  { what: 'taken wrongly, all kinds', got: percent(all('wrong'), all('n')), atMost: 0.1, unit: ' %' },
  { what: 'bytes an address', got: build.bytes / build.addresses, atMost: scale === '16k' ? 60 : 30 },
  { what: 'load, times faster than build', got: build.ms / loadMs, atLeast: 8, unit: '×' },
], {
  scale, seed, policy: matchPolicy.version, ratios: { p50: Math.round(ratio(0.5)), p95: Math.round(ratio(0.95)) }, latencyMs: { p50: quantile(times, 0.5), p95: quantile(times, 0.95), p99: quantile(times, 0.99) },
  first: percent(all('first', answerable), all('n', answerable)), five: percent(all('five', answerable), all('n', answerable)), ...hard, wrong: all('wrong'),
  bytesPerAddress: build.bytes / build.addresses, buildMs: Math.round(build.ms), loadMs: Math.round(loadMs), hub,
});
