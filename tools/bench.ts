// npm run bench:<name>: a promise of speed, measured on the built core beside its rivals. Builds core where it is stale.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { buildCore } from './example.ts';

const [name = '', ...args] = process.argv.slice(2);
const known = readdirSync('bench').filter((file) => file.endsWith('.ts') && file !== 'race.ts').map((file) => file.slice(0, -3));
if (!known.includes(name)) {
  console.error(`There is no bench "${name}". There are: ${known.join(', ')}.`);
  process.exit(2);
}
buildCore();
// Node 24 lets its young generation grow until it holds more garbage than a run keeps: with a bound the heap figure tells of the run.
const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--expose-gc', '--max-semi-space-size=16', `bench/${name}.ts`, ...args], { stdio: 'inherit' });
process.exit(run.status ?? 1);
