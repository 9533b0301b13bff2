// npm run contract -- erpnext | genieacs | oktopus | voltha | netbox | radius | stripe | paypal | azure-marketplace [...]: the behaviours of
// each system, one line each, against the sandbox, and against the real one when its LEADLIGHT_<SYSTEM>_URL is set. Ends with one line of
// JSON; exit code 1 when a behaviour fails or has no test.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { settingsOf, systems, type System } from './contract/systems.ts';
import { verdicts, type Told, type Verdict } from './contract/verdicts.ts';
import { jestArgs } from './jest.ts';

interface Report { readonly testResults: readonly { readonly name: string; readonly status: string; readonly message: string; readonly assertionResults: readonly Omit<Told, 'file'>[] }[] }

const MARK: Readonly<Record<Verdict['state'], string>> = { passed: '✓', failed: '✗', skipped: '○', untested: '✗' };
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(systems);
const unknown = wanted.find((name) => !Object.hasOwn(systems, name));
if (unknown) {
  console.error(`There is no contract for "${unknown}". Systems with one: ${Object.keys(systems).join(', ')}.`);
  process.exit(2);
}

function* testFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    if (entry.isDirectory()) yield* testFiles(join(folder, entry.name));
    else if (entry.name.endsWith('.test.ts')) yield join(folder, entry.name).replace(/\\/g, '/');
  }
}
const all = ['core/src', 'packages', 'test/unit'].flatMap((folder) => [...testFiles(folder)]);

/** The files in which a test of the system may stand, so that nothing else is loaded. */
function filesOf({ numbered, tests }: System, real: boolean): readonly string[] {
  if (!numbered) return all.filter((file) => tests!.files.test(file) && (!real || (tests!.real?.test(file) ?? true)));
  const tags = numbered.numbers.map((number) => `[${numbered.tag}-${number}]`);
  return all.filter((file) => {
    const text = readFileSync(file, 'utf8');
    return tags.some((tag) => text.includes(tag));
  });
}

function run(name: string, system: System, real: boolean): { told: readonly Told[]; broken: readonly string[] } {
  const files = filesOf(system, real);
  if (files.length === 0) return { told: [], broken: [] };
  const report = `.leadlight/contract-${name}.json`;
  rmSync(report, { force: true });
  const only = system.numbered ? ['--testNamePattern', `\\[${system.numbered.tag}-(${system.numbered.numbers.join('|')})\\]`] : [];
  const jest = spawnSync(process.execPath, [...jestArgs, '--selectProjects', 'unit', '-i', ...only, '--json', `--outputFile=${report}`, '--silent', '--runTestsByPath', ...files], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    return {
      told: testResults.flatMap(({ name: path, assertionResults }) => assertionResults.map((one) => ({ ...one, file: relative('.', path).replace(/\\/g, '/') }))),
      broken: testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).map(({ name: path, message }) => `${relative('.', path)} cannot be run: ${message.split('\n').find((line) => line.includes('Error')) ?? message.slice(0, 200)}`),
    };
  } catch {
    return { told: [], broken: [`the tests could not be run: ${jest.stderr.slice(-400)}`] };
  }
}

mkdirSync('.leadlight', { recursive: true });
const figures: Record<string, object> = {};
let ok = true;
for (const name of wanted) {
  const settings = settingsOf(name, process.env);
  const real = settings[0]?.endsWith('_URL') ?? false;
  console.log(`\n${name}, against ${real ? `the real server (${settings.join(', ')})` : 'the sandbox'}`);
  const { told, broken } = run(name, systems[name]!, real);
  const shown = verdicts(systems[name]!, told, real);
  for (const { number, title, state, why } of shown) {
    const line = [MARK[state], number, title].filter(Boolean).join(' ');
    console.log(`  ${line}${state === 'passed' ? (why ? `  [${why}]` : '') : `  ${state}${why ? `: ${why}` : ''}`}`);
  }
  for (const problem of broken) console.log(`  ✗ ${problem}`);
  if (shown.length === 0) console.log('  ✗ no test speaks of it yet');
  const count = (state: Verdict['state']) => shown.filter((one) => one.state === state);
  const bad = [...count('failed'), ...count('untested')];
  figures[name] = { against: real ? 'real server' : 'sandbox', behaviours: shown.length, passed: count('passed').length, skipped: count('skipped').length, failed: count('failed').map(({ number, title: what }) => number || what), untested: count('untested').map(({ number }) => number) };
  ok &&= bad.length === 0 && broken.length === 0 && count('passed').length > 0;
}
console.log(`\n${JSON.stringify({ contract: figures, ok })}`);
process.exit(ok ? 0 : 1);
