// npm run contract -- erpnext | genieacs | netbox | voltha | radius [...]: the numbered behaviours of each system, against the sandbox, and
// against the real one when its LEADLIGHT_<SYSTEM>_URL is set. Prints each behaviour's verdict and one line of JSON.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { jestArgs } from './jest.ts';

interface Report { readonly testResults: readonly { readonly assertionResults: readonly { readonly title: string; readonly status: string }[] }[] }

const all = readdirSync('packages').filter((name) => existsSync(`packages/${name}/test`) && readdirSync(`packages/${name}/test`).some((file) => file.includes('contract')));
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : all;
const unknown = wanted.find((name) => !all.includes(name));
if (unknown) {
  console.error(`There is no contract for "${unknown}". Systems with one: ${all.join(', ')}.`);
  process.exit(2);
}
mkdirSync('.leadlight', { recursive: true });
const figures: Record<string, { behaviours: number; passed: number; failed: readonly string[]; against: string }> = {};
for (const system of wanted) {
  const report = `.leadlight/contract-${system}.json`;
  spawnSync(process.execPath, [...jestArgs, '--selectProjects', 'unit', '-i', '--testPathPatterns', `packages/${system}/test`, '--json', `--outputFile=${report}`, '--silent'], { stdio: 'ignore' });
  const verdicts = new Map<string, boolean>();
  for (const { title, status } of (JSON.parse(readFileSync(report, 'utf8')) as Report).testResults.flatMap((file) => file.assertionResults)) {
    for (const [behaviour] of title.matchAll(/\[(?:erp|acs|access)-\d+\]/g)) verdicts.set(behaviour, (verdicts.get(behaviour) ?? true) && status === 'passed');
  }
  const sorted = [...verdicts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  const against = process.env[`LEADLIGHT_${system.toUpperCase()}_URL`] ? 'real server' : 'sandbox';
  console.log(`\n${system} (${against})\n  ${sorted.map(([behaviour, passed]) => `${passed ? '✓' : '✗'} ${behaviour}`).join('  ')}`);
  const failed = sorted.filter(([, passed]) => !passed).map(([behaviour]) => behaviour);
  figures[system] = { behaviours: sorted.length, passed: sorted.length - failed.length, failed, against };
}
const ok = Object.values(figures).every(({ failed, behaviours }) => failed.length === 0 && behaviours > 0);
console.log(`\n${JSON.stringify({ contract: figures, ok })}`);
process.exit(ok ? 0 : 1);
