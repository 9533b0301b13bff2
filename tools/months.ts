// npm run months [-- policy.json]: builds core where it is missing or stale, then plays a household's year under a dunning policy.
import { spawnSync } from 'node:child_process';
import { buildCore } from './example.ts';

buildCore();
process.exit(spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'examples/months/src/main.ts', ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
