import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifest, root, sourceOf } from './support/pack.ts';

interface Packed { readonly folder: string; readonly bytes: number; readonly unpackedBytes: number; readonly files: readonly string[] }
let into: string;
let packed: Packed;

/** Builds and packs a copy, so that a run of n8n on dist/ is not disturbed; in a process of its own, as `npm run lint` does it. */
beforeAll(() => {
  into = mkdtempSync(join(tmpdir(), 'leadlight-pack-'));
  for (const file of ['package.json', 'LICENSE', 'README.md']) if (existsSync(join(root, file))) copyFileSync(join(root, file), join(into, file));
  const script = `
    const { buildPack, packTarball } = await import(${JSON.stringify(join(root, 'tools', 'build-pack.mjs'))});
    buildPack({ out: ${JSON.stringify(join(into, 'dist'))} });
    console.log(JSON.stringify(packTarball(${JSON.stringify(into)}, ${JSON.stringify(into)})));`;
  const built = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
  packed = JSON.parse(built.stdout.trim().split('\n').at(-1)!) as Packed;
}, 120_000);
afterAll(() => rmSync(into, { recursive: true, force: true }));

describe('package.json', () => {
  test('is a community node package in strict mode, with nothing to install', () => {
    expect(manifest['name']).toMatch(/^n8n-nodes-/);
    expect(manifest['license']).toBe('MIT');
    expect(manifest['keywords']).toContain('n8n-community-node-package');
    expect(manifest['peerDependencies']).toEqual({ 'n8n-workflow': '*' });
    for (const field of ['dependencies', 'optionalDependencies', 'bundledDependencies', 'overrides', 'resolutions', 'main', 'bin']) expect(manifest[field]).toBeUndefined();
    expect(manifest.n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
    expect(manifest['author']).toMatchObject({ name: expect.any(String), email: expect.stringMatching(/@/) });
    expect(manifest['homepage']).toMatch(/^https:/);
    expect(manifest['repository']).not.toHaveProperty('directory');
  });

  test('runs nothing when it is installed', () => {
    const hooks = ['prepare', 'preinstall', 'install', 'postinstall', 'prepublish', 'prepublishOnly', 'prepack', 'postpack'];
    expect(Object.keys(manifest['scripts'] as object).filter((name) => hooks.includes(name))).toEqual([]);
  });

  test('registers every node and credential there is, and no other', () => {
    const { globSync } = jest.requireActual<typeof import('node:fs')>('node:fs');
    const there = (pattern: string) => globSync(pattern, { cwd: root }).map((path) => path.replaceAll('\\', '/')).sort();
    expect(manifest.n8n.nodes.map(sourceOf).sort()).toEqual(there('nodes/*/*.node.ts'));
    expect(manifest.n8n.credentials.map(sourceOf).sort()).toEqual(there('credentials/*.credentials.ts'));
  });

  test('keeps n8n’s lint configuration as it comes', () => {
    expect(readFileSync(join(root, 'eslint.config.mjs'), 'utf8').replace(/\s+/g, ' ').trim()).toBe("import { config } from '@n8n/node-cli/eslint'; export default config;");
  });
});

describe('the tarball', () => {
  test('holds what is registered, its icons and codex files, the licence; no sources, tests, types or maps', () => {
    for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) expect(packed.files).toContain(file);
    for (const file of manifest.n8n.nodes) expect(packed.files).toContain(file.replace(/\.js$/, '.json'));
    expect(packed.files.filter((file) => /\.svg$/.test(file)).length).toBeGreaterThanOrEqual(18);
    expect(packed.files).toContain('LICENSE');
    expect(packed.files.filter((file) => /\.(ts|map|mjs)$|\.test\.|(^|\/)test\//.test(file))).toEqual([]);
    expect(packed.files.filter((file) => !/^(dist\/(core|packages|nodes|credentials|icons)\/|package\.json$|LICENSE$|README\.md$)/.test(file))).toEqual([]);
  });

  test('carries the clients the nodes speak with, and nothing that opens sockets', () => {
    const packages = new Set(packed.files.flatMap((file) => /^dist\/packages\/([^/]+)\//.exec(file)?.[1] ?? []));
    expect([...packages].sort()).toEqual(['erpnext', 'genieacs', 'hub', 'netbox', 'oktopus']);
    // The hub's types (empty files now) and its clients.
    expect(packed.files.filter((file) => file.startsWith('dist/packages/hub/') && !/\/(acsMigration\/)?(api|client)\w*\.js$/.test(file))).toEqual([]);
  });

  test('loads with require, out of the repository, and needs n8n-workflow alone', () => {
    const wanted = new Set<string>();
    for (const file of packed.files.filter((one) => one.endsWith('.js'))) {
      for (const [, specifier] of readFileSync(join(packed.folder, file), 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)) if (!specifier!.startsWith('.')) wanted.add(specifier!);
    }
    expect([...wanted].sort()).toEqual(['n8n-workflow', 'node:crypto']);
    const workflow = createRequire(join(root, 'package.json')).resolve('n8n-workflow');
    const script = `
      const Module = require('node:module'); const resolve = Module._resolveFilename;
      Module._resolveFilename = (name, ...rest) => name === 'n8n-workflow' ? ${JSON.stringify(workflow)} : resolve(name, ...rest);
      const found = ${JSON.stringify([...manifest.n8n.nodes, ...manifest.n8n.credentials])}.map((file) => Object.values(require(${JSON.stringify(packed.folder)} + '/' + file)).map((One) => new One()).map((one) => one.description?.name ?? one.name));
      console.log(JSON.stringify(found.flat()));`;
    const loaded = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect(loaded.stderr).toBe('');
    expect(JSON.parse(loaded.stdout)).toHaveLength(manifest.n8n.nodes.length + manifest.n8n.credentials.length);
  });

  test('is small', () => {
    console.log(JSON.stringify({ tarballBytes: packed.bytes, unpackedBytes: packed.unpackedBytes, files: packed.files.length }));
    expect(packed.bytes).toBeLessThan(500_000);
  });
});
