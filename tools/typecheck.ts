import { spawnSync } from 'node:child_process';
const run = spawnSync('node', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.check.json'], { stdio: 'inherit' });
process.exit(run.status ?? 1);
