// @leadlight/core as its users get it: built, packed, unpacked, judged by publint and arethetypeswrong, loaded both ways, its README run.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from './support/pack.ts';

const home = join(root, 'core');
const from = createRequire(join(root, 'package.json'));
/** The program of a development tool. */
const program = (name: string, path: string): string => join(dirname(findManifest(name)), path);
/** A consumer's folder, where core is installed. */
let consumer: string;
let installed: string;
let tarball: string;

function findManifest(name: string): string {
  for (const folder of from.resolve.paths(name)!) {
    const path = join(folder, name, 'package.json');
    if (ts.sys.fileExists(path)) return path;
  }
  throw new Error(`${name} is not installed`);
}
function node(args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

beforeAll(() => {
  consumer = mkdtempSync(join(tmpdir(), 'leadlight-core-'));
  const packing = join(consumer, 'packing');
  mkdirSync(packing);
  // Built with its own configuration, but not into core/dist, which others may be reading.
  node(['build.mjs', join(packing, 'dist')], home);
  for (const file of ['package.json', 'README.md', 'LICENSE']) copyFileSync(join(home, file), join(packing, file));
  const npm = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', consumer], { cwd: packing, encoding: 'utf8', shell: process.platform === 'win32' });
  if (npm.status !== 0) throw new Error(npm.stderr);
  tarball = join(consumer, (JSON.parse(npm.stdout) as { filename: string }[])[0]!.filename);
  const tar = spawnSync('tar', ['-xzf', tarball, '-C', consumer], { encoding: 'utf8' });
  if (tar.status !== 0) throw new Error(tar.stderr);
  installed = join(consumer, 'node_modules', '@leadlight', 'core');
  mkdirSync(dirname(installed), { recursive: true });
  renameSync(join(consumer, 'package'), installed);
  writeFileSync(join(consumer, 'package.json'), '{"private":true,"type":"module"}');
}, 120_000);
afterAll(() => rmSync(consumer, { recursive: true, force: true }));

test('needs nothing, does nothing when imported, and ships its build, README and licence alone', () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(manifest).toMatchObject({ name: '@leadlight/core', license: 'MIT', sideEffects: false, type: 'module' });
  for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies']) expect(manifest[field]).toBeUndefined();
  const files = ts.sys.readDirectory(installed, undefined, undefined, ['**/*']).map((path) => path.slice(installed.length + 1).replaceAll('\\', '/'));
  expect(files.filter((file) => !/^dist\/\w+\/\w+\.js$/.test(file)).sort()).toEqual(['LICENSE', 'README.md', 'dist/index.cjs', 'dist/index.d.cts', 'dist/index.d.ts', 'dist/index.js', 'package.json']);
  expect(files.filter((file) => /test|fixture/.test(file))).toEqual([]);
  expect(readFileSync(join(installed, 'dist', 'index.cjs'), 'utf8')).not.toMatch(/\brequire\(/);
  for (const file of files.filter((one) => one.endsWith('.js'))) expect(readFileSync(join(installed, file), 'utf8')).not.toMatch(/\brequire\(|\bfrom ['"](?!\.)/);
});

test('publint has nothing to say', () => {
  expect(node([program('publint', 'src/cli.js'), installed, '--strict'], consumer)).toContain('All good!');
}, 60_000);

test('the types are right for every way of resolving them', () => {
  expect(node([program('@arethetypeswrong/cli', 'dist/index.js'), tarball, '--no-definitely-typed', '--format', 'ascii'], consumer)).toContain('No problems found');
}, 60_000);

test('loads as ES module and as CommonJS, with the same names', () => {
  const names = "console.log(Object.keys(core).filter((name) => name !== 'default' && name !== 'module.exports').sort().join(' ') + ' ' + core.mulDiv(9995, 18, 30))";
  const esm = node(['--input-type=module', '-e', `import * as core from '@leadlight/core'; ${names}`], consumer);
  const cjs = node(['--input-type=commonjs', '-e', `const core = require('@leadlight/core'); ${names}`], consumer);
  expect(esm.trim().split(' ')).toEqual(expect.arrayContaining(['firstInvoice', 'planFulfilment', 'saga', '5997']));
  expect(cjs).toBe(esm);
});

describe('weight, minified and with gzip', () => {
  const esbuild = createRequire(findManifest('tsup')).resolve('esbuild');
  const swc = from.resolve('@swc/core');
  const weigh = (source: string, at: string): number => Number(node(['-e', `
    const text = require(${JSON.stringify(esbuild)}).buildSync({ stdin: { contents: ${JSON.stringify(source)}, resolveDir: ${JSON.stringify(at)}, loader: 'ts' }, bundle: true, format: 'esm', target: 'es2022', write: false }).outputFiles[0].text;
    const { code } = require(${JSON.stringify(swc)}).minifySync(text, { module: true, toplevel: true, compress: { passes: 3, ecma: 2022 }, mangle: true });
    console.log(require('node:zlib').gzipSync(code, { level: 9 }).length);`], home));
  /** The public names of some chapters, as index.ts lists them. */
  const chapters = (...names: readonly string[]): string => readFileSync(join(home, 'src', 'index.ts'), 'utf8').split(/\n(?=\/\/ )/)
    .filter((chapter) => names.includes(/^\/\/ (\w+)/.exec(chapter)?.[1] ?? '')).join('\n');
  const money = chapters('catalog', 'pricing', 'billing', 'usage', 'ledger', 'dunning', 'subscription', 'trial');

  test('the money chapters, with all they import, stay within 25 KB together', () => {
    const bytes = weigh(money, join(home, 'src'));
    process.stdout.write(`the money chapters of core: ${bytes} bytes\n`);
    expect(money.match(/^export /gm)!.length).toBeGreaterThan(30);
    expect(bytes).toBeLessThanOrEqual(25 * 1024);
  });

  test('what is not used is left out: one rule or one lifecycle weighs a part', () => {
    const of = (names: string) => weigh(`export { ${names} } from '@leadlight/core';`, consumer);
    const [whole, prorate, nextBill, dunning] = [weigh("export * from '@leadlight/core';", consumer), of('prorate'), of('nextBill'), of('dunning')];
    process.stdout.write(`@leadlight/core: ${whole} bytes; alone: prorate ${prorate}, nextBill ${nextBill}, dunning ${dunning}; tarball ${ts.sys.getFileSize!(tarball)}\n`);
    expect(whole).toBeLessThan(88_000);
    expect(prorate).toBeLessThan(2500);
    expect(nextBill).toBeLessThan(8000);
    expect(dunning).toBeLessThan(8000);
  });
});

describe('the README', () => {
  const blocks = [...readFileSync(join(home, 'README.md'), 'utf8').matchAll(/^```ts\n([\s\S]+?)^```$/gm)].map(([, code]) => code!);
  /** What each line says it prints. */
  const printed = (code: string): readonly string[] => [...code.matchAll(/console\.log\(.*\);? \/\/ (.+)$/gm)].map(([, says]) => says!);

  test('has five examples, each of which says what it prints', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(5);
    for (const code of blocks) expect(printed(code).length).toBeGreaterThan(0);
  });

  test('its examples compile against the published types', () => {
    const paths = blocks.map((code, index) => { const path = join(consumer, `example${index}.ts`); writeFileSync(path, code); return path; });
    const checked = ts.createProgram(paths, { strict: true, noEmit: true, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022, types: ['node'], typeRoots: [join(root, 'node_modules', '@types')], noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true });
    expect(ts.getPreEmitDiagnostics(checked).map(({ messageText, file }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)).toEqual([]);
  }, 60_000);

  test.each(blocks.map((code) => [/^import \{ (.+?) \}/.exec(code)?.[1] ?? code, code]))('%s prints what it says', (_names, code) => {
    const script = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } }).outputText;
    expect(node(['--input-type=module', '-e', script], consumer).trim().split('\n')).toEqual(printed(code));
  });
});
