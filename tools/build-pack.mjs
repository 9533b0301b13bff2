// Builds the n8n pack: plain tsc to dist/, then what tsc does not copy (codex files, icons).
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/**
 * Compiles nodes, credentials and all they reach into `out` (default dist/). Built beside it and swapped in whole, so that a file whose
 * source is gone is not published and a failed build leaves the last good one. No declarations: nobody imports the pack.
 * @throws Error with tsc's words when the pack does not compile.
 */
export function buildPack({ out = join(root, 'dist') } = {}) {
  const fresh = `${out}.${process.pid}`;
  try {
    const tsc = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', join(root, 'tsconfig.json'), '--outDir', fresh, '--declaration', 'false'], { cwd: root, encoding: 'utf8' });
    if (tsc.status !== 0) throw new Error(`The pack does not compile:\n${tsc.stdout}${tsc.stderr}`);
    cpSync(join(root, 'icons'), join(fresh, 'icons'), { recursive: true });
    for (const folder of readdirSync(join(root, 'nodes'))) {
      const codex = join(root, 'nodes', folder, `${folder}.node.json`);
      if (existsSync(codex)) cpSync(codex, join(fresh, 'nodes', folder, `${folder}.node.json`));
    }
    rmSync(out, { recursive: true, force: true });
    renameSync(fresh, out);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return out;
}

/**
 * Packs `from` as npm would publish it and unpacks it again under `into`.
 * @returns {{ folder: string, bytes: number, unpackedBytes: number, files: string[] }}
 */
export function packTarball(into, from = root) {
  const packed = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', into], { cwd: from, encoding: 'utf8', shell: process.platform === 'win32' });
  if (packed.status !== 0) throw new Error(`npm pack did not work:\n${packed.stderr}`);
  // A list in older npm, an object by name in newer.
  const [report] = Object.values(JSON.parse(packed.stdout.slice(packed.stdout.search(/[[{]/))));
  const tarball = join(into, report.filename);
  const folder = join(into, 'package');
  mkdirSync(folder, { recursive: true });
  const untar = spawnSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], { encoding: 'utf8' });
  if (untar.status !== 0) throw new Error(`tar did not work:\n${untar.stderr}`);
  return { folder, bytes: statSync(tarball).size, unpackedBytes: report.unpackedSize, files: report.files.map(({ path }) => path) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now();
  try {
    buildPack();
    console.log(`pack built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
