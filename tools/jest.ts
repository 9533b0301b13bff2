// Any jest call under the right Node: `node tools/leadlight.mjs jest core/src/kernel`.
import { spawnSync } from 'node:child_process';
const run = spawnSync('node', ['node_modules/jest/bin/jest.js', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(run.status ?? 1);
