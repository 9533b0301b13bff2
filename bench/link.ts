// npm run bench:link -- 5200k [--seed 1] [--naive 31]: an operator's drops linked to a public register, beside one nearest-trigram query per drop.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { linker, matchPolicy, openSnapshot, readSnapshot } from '../packages/availability/src/index.ts';
import { naive } from './address/naive.ts';
import { built, drops, generated, type Scale } from './address/register.ts';
import { count, finish, optionOf } from './race.ts';

const scale = (process.argv[2] ?? '5200k') as Scale;
if (!['16k', '520k', '5200k'].includes(scale)) {
  console.error('Say how many addresses: 16k, 520k or 5200k.');
  process.exit(2);
}
const seed = optionOf('seed', 1);
const sampled = optionOf('naive', 31);
const at = process.argv.indexOf('--generator');
const of = await generated(scale, seed, at < 0 ? join('..', 'shared', 'eval', 'address', 'gen.mjs') : process.argv[at + 1]!);
const path = join(of.folder, 'register.snapshot');
if (!existsSync(path)) await built(of, path);
const register = openSnapshot(readSnapshot(path));
const own = await drops(of);

const from = performance.now();
const link = linker(register, own);
const links = own.map(link);
const ms = performance.now() - from;

let [right, wrong, ambiguous, unmatched, addressless, invented, inThree] = [0, 0, 0, 0, 0, 0, 0];
own.forEach(({ truth }, i) => {
  const { status, candidates } = links[i]!;
  const labels = candidates.map(({ civic, street, town }) => `${civic} ${street}, ${town}`);
  if (truth === undefined) addressless += 1;
  if (status === 'matched' && truth === undefined) invented += 1;
  else if (status === 'matched') labels[0] === truth ? (right += 1) : (wrong += 1);
  else if (truth !== undefined) {
    status === 'ambiguous' ? (ambiguous += 1) : (unmatched += 1);
    if (labels.includes(truth)) inThree += 1;
  }
});
const precision = Math.round((100_000 * right) / (right + wrong + invented)) / 1000;
const recall = Math.round((100_000 * right) / (own.length - addressless)) / 1000;
console.log(`\n  ${count(own.length)} drops against ${count(register.about.addresses)} addresses in ${(ms / 1000).toFixed(1)} s: ${count(right)} right, ${wrong} wrong, ${ambiguous} for review (${inThree} of them with the right one among three), ${unmatched} unmatched;`);
console.log(`  of ${addressless} that have no address, ${invented} were given one. Precision ${precision} %, recall ${recall} %.`);

const today = await naive(of.csv, (line) => console.log(line));
let naiveMs = 0;
const step = Math.floor(own.length / sampled);
for (let i = 0; i < sampled; i += 1) {
  const { street, town, postalCode } = own[i * step]!;
  const start = performance.now();
  await today.gist(`${street}, ${town} ${postalCode}`);
  naiveMs += performance.now() - start;
}
await today.close();
const extrapolated = (naiveMs / sampled) * own.length;
console.log(`  nearest by trigrams (GiST): ${(naiveMs / sampled).toFixed(0)} ms a drop over ${sampled}, so ${count(extrapolated / 1000)} s for all.`);
finish('link', [
  { what: 'times faster than nearest by trigrams', got: extrapolated / ms, atLeast: scale === '5200k' ? 5000 : 100, unit: '×' },
  { what: 'precision', got: precision, atLeast: 99.9, unit: ' %' },
  { what: 'recall', got: recall, atLeast: 99, unit: ' %' },
], { scale, seed, policy: matchPolicy.version, ratio: Math.round(extrapolated / ms), ms: Math.round(ms), precision, recall, right, wrong, ambiguous, unmatched, addressless, invented });
