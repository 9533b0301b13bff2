// Any jest call under the right Node: `npm run jest -- --selectProjects unit --testPathPatterns core/src/kernel`.
import { spawnSync } from 'node:child_process';

// Patience for slow machines: a property that is right may take long there. PGlite loads its WebAssembly through import(), which Jest's sandbox allows with this flag only.
export const jestArgs = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--testTimeout=30000'];

if (process.argv[1]?.endsWith('jest.ts')) process.exit(spawnSync(process.execPath, [...jestArgs, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
