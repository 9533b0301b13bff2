// npm test: types, builds, the n8n gate, workflow checks, then Jest (unit, then system one file at a time), and one plain line of counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { jestArgs } from './jest.ts';

const node = process.execPath;
mkdirSync('.leadlight', { recursive: true });
const started = Date.now();

function step(title: string, args: readonly string[], cwd = '.'): boolean {
  const from = Date.now();
  console.log(`\n── ${title}`);
  const run = spawnSync(node, args, { cwd, stdio: 'inherit' });
  console.log(`── ${title}: ${run.status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - from) / 1000).toFixed(1)} s`);
  return run.status === 0;
}

function jest(project: string, extra: readonly string[]): { passed: number; failed: number; skipped: number; ok: boolean } {
  const report = `.leadlight/jest-${project}.json`;
  const ok = step(`jest ${project}`, [...jestArgs, '--selectProjects', project, '--json', `--outputFile=${report}`, ...extra]);
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
  return { passed: numPassedTests!, failed: numFailedTests! + numRuntimeErrorTestSuites!, skipped: numPendingTests!, ok };
}

const gates = [
  step('types', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.check.json']),
  step('build core', ['build.mjs'], 'core'),
  step('n8n gate', ['tools/lint.mjs']),
  step('workflows', ['tools/workflows.ts', 'check']),
];
const unit = jest('unit', ['--maxWorkers=2']);
const system = jest('system', ['--runInBand', '--forceExit']);
const failed = unit.failed + system.failed + gates.filter((ok) => !ok).length;
console.log(`\nnpm test took ${((Date.now() - started) / 1000).toFixed(0)} s`);
console.log(`${unit.passed + system.passed + gates.filter(Boolean).length} passed, ${failed} failed, ${unit.skipped + system.skipped} skipped`);
process.exit(failed === 0 && unit.ok && system.ok ? 0 : 1);
