// `npm run lint`: builds the pack, then n8n's own gate for community nodes on the source and on the tarball that would be published,
// the same Cloud rules on the core and client sources the pack reaches, and the rules of the house. One line of JSON ends it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ESLint } from 'eslint';
import { checkArchitecture, readSources, reachedSources } from './architecture.ts';
import { buildPack, packTarball } from './build-pack.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const PLUGIN = '@n8n/eslint-plugin-community-nodes';

/** The rules as a given n8n tool brings them, with their version. */
async function ruleSetOf(tool) {
  const from = createRequire(require.resolve(tool));
  const entry = from.resolve(PLUGIN);
  const manifest = JSON.parse(readFileSync(join(entry.slice(0, entry.lastIndexOf(`${PLUGIN}/`) + PLUGIN.length), 'package.json'), 'utf8'));
  return { version: manifest.version, plugin: (await import(pathToFileURL(entry).href)).n8nCommunityNodesPlugin };
}

/** Runs ESLint and prints what it found. */
async function lint(title, options, patterns) {
  const eslint = new ESLint({ cwd: root, ...options });
  const results = await eslint.lintFiles(patterns);
  const errors = results.reduce((sum, one) => sum + one.errorCount, 0);
  const warnings = results.reduce((sum, one) => sum + one.warningCount, 0);
  console.log(`${title}: ${results.length} files, ${errors} errors, ${warnings} warnings`);
  if (errors + warnings > 0) console.log((await (await eslint.loadFormatter('stylish')).format(results)).trimEnd());
  return { errors, warnings };
}

export async function main() {
  buildPack();
  const source = await ruleSetOf('@n8n/node-cli/eslint');
  const scanner = await ruleSetOf('@n8n/scan-community-package/scanner/scanner.mjs');
  console.log(`rule set: ${PLUGIN} ${source.version} (source), ${scanner.version} (scanner)`);
  let errors = 0;
  let warnings = 0;
  const count = (found) => {
    errors += found.errors;
    warnings += found.warnings;
  };

  count(await lint('pack source, n8n strict', {}, ['package.json', 'nodes/**/*.ts', 'credentials/**/*.ts']));

  const sources = readSources(root);
  const { default: parser } = await import(pathToFileURL(createRequire(require.resolve('@n8n/node-cli/eslint')).resolve('typescript-eslint')).href).then(({ default: all }) => ({ default: all.parser }));
  const cloud = { [`n8n/no-restricted-globals`]: 'error', [`n8n/no-restricted-imports`]: 'error', 'n8n/no-dangerous-functions': 'error', 'n8n/no-hardcoded-secrets': 'error', 'no-console': 'error' };
  const reached = reachedSources(sources).filter((path) => /^(core|packages)\//.test(path));
  count(await lint('core and clients the pack reaches, Cloud rules', { overrideConfigFile: true, overrideConfig: [{ files: ['**/*.ts'], linterOptions: { reportUnusedDisableDirectives: 'off' }, plugins: { n8n: source.plugin }, languageOptions: { parser }, rules: cloud }] }, reached));

  const into = mkdtempSync(join(tmpdir(), 'leadlight-pack-'));
  let tarball;
  try {
    tarball = packTarball(into);
    const { analyzePackage, SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
    for (const [title, folder, patterns] of [['scanner on the tarball', tarball.folder, ['**/*.js', 'package.json']], ['scanner on the source', root, SOURCE_FILE_PATTERNS]]) {
      const { passed, message, details } = await analyzePackage(folder, patterns);
      console.log(`${title}: ${passed ? 'passed' : message}`);
      if (!passed) {
        errors += 1;
        console.log(details ?? '');
      }
    }
    // The scanner may lag behind the rules of the CLI: the newer ones on what would be published, too.
    count(await lint(`tarball, rules ${source.version}`, { cwd: tarball.folder, allowInlineConfig: false, overrideConfigFile: true, overrideConfig: [source.plugin.configs.recommended, { files: ['**/*.json'], languageOptions: { parser } }] }, ['**/*.js', 'package.json']));
  } finally {
    rmSync(into, { recursive: true, force: true });
  }

  const problems = checkArchitecture(sources);
  console.log(`architecture: ${sources.length} sources, ${problems.length} problems`);
  for (const { path, line, rule, message } of problems) console.log(`  ${path}${line ? `:${line}` : ''}  ${rule}: ${message}`);
  errors += problems.length;

  console.log(JSON.stringify({ lint: 'pack', ruleSet: source.version, scannerRuleSet: scanner.version, errors, warnings, tarballBytes: tarball.bytes, unpackedBytes: tarball.unpackedBytes, files: tarball.files.length, ok: errors === 0 }));
  return errors === 0;
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  try {
    process.exitCode = (await main()) ? 0 : 1;
  } catch (error) {
    console.error(error.message);
    console.log(JSON.stringify({ lint: 'pack', ok: false, reason: String(error.message).split('\n')[0] }));
    process.exitCode = 1;
  }
}
