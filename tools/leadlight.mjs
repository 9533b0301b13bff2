// The door of every npm script. Runs on a bare Node 20: brings Node 24, pnpm and the packages once, then hands over to tools/<command>.ts
// (Node 24 runs TypeScript as it is). A stamp per step makes the second run immediate and a broken one start over at that step.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE = '24.21.0';
const PNPM = '12.21.0';
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const tools = join(root, '.tools');
const windows = process.platform === 'win32';
const platform = `${windows ? 'win' : process.platform}-${process.arch}`;
const nodeDir = join(tools, 'node_modules', `node-${platform}`);
const node = windows ? join(nodeDir, 'node.exe') : join(nodeDir, 'bin', 'node');
const pnpm = join(tools, 'node_modules', '.bin', windows ? 'pnpm.cmd' : 'pnpm');
const started = Date.now();
const say = (line) => console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s] ${line}`);

const [command = 'start', ...args] = process.argv.slice(2);
const needsN8n = new Set(['start', 'test', 'jest', 'screenshots', 'workflows']);

/** What `npm run` adds about this script would steer pnpm; what a person configured (registry, proxy, certificates) stays. */
function cleanEnv() {
  const env = { ...process.env };
  for (const key of Object.keys(env)) if (/^npm_(package|lifecycle|command|execpath|node_execpath|config_(prefix|local_prefix|user_agent|nodedir|node_gyp|npm_version))/i.test(key)) delete env[key];
  env.PATH = [dirname(node), join(tools, 'node_modules', '.bin'), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return env;
}

function fail(what, why) {
  console.error(`\nLeadlight could not ${what}.\n  ${why}\n`);
  process.exit(1);
}

const stampOf = (files) => createHash('sha256').update(files.map((f) => (existsSync(f) ? readFileSync(f) : '')).join('\0')).digest('hex');
const fresh = (name, stamp) => existsSync(join(tools, name)) && readFileSync(join(tools, name), 'utf8') === stamp;
const offline = 'This step reads from the npm registry once. Check the network (or the proxy and registry npm is configured with) and run the same command again: it goes on where it stopped.';

function bringTools() {
  const stamp = `${platform} ${NODE} ${PNPM}`;
  if (fresh('tools.stamp', stamp) && existsSync(node)) return;
  say(`fetching Node ${NODE} and pnpm ${PNPM} into .tools (about 60 MB)`);
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'package.json'), '{"private":true}');
  const run = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--no-package-lock', '--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000', `node-${platform}@${NODE}`, `pnpm@${PNPM}`], { cwd: tools, stdio: ['ignore', 'ignore', 'inherit'], shell: windows });
  if (run.status !== 0 || !existsSync(node)) fail('fetch its tools', offline);
  writeFileSync(join(tools, 'tools.stamp'), stamp);
}

function install(title, cwd, stampName, files, expect) {
  const stamp = stampOf([...files, join(tools, 'tools.stamp')]);
  if (fresh(stampName, stamp) && existsSync(expect)) return Promise.resolve();
  say(`installing ${title}`);
  return new Promise((done) => {
    const child = spawn(pnpm, ['install', '--frozen-lockfile', '--reporter=append-only'], { cwd, env: { ...cleanEnv(), CI: 'true', pnpm_config_fetch_retries: '2', pnpm_config_fetch_retry_mintimeout: '1000', pnpm_config_fetch_retry_maxtimeout: '4000' }, stdio: ['ignore', 'pipe', 'pipe'], shell: windows });
    let tail = '';
    let shown = Date.now();
    const listen = (chunk) => {
      tail = (tail + chunk).slice(-4000);
      const progress = /Progress: .*/.exec(String(chunk).split('\n').reverse().find((l) => l.startsWith('Progress')) ?? '');
      if (progress && Date.now() - shown > 5000) {
        shown = Date.now();
        say(`  ${title}: ${progress[0].slice(10)}`);
      }
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', (error) => fail(`install ${title}`, `${error.message}\n  ${offline}`));
    child.on('exit', (code) => {
      if (code !== 0) fail(`install ${title}`, `${tail.trim().split('\n').slice(-12).join('\n  ')}\n\n  ${offline}`);
      writeFileSync(join(tools, stampName), stamp);
      say(`installed ${title}`);
      done();
    });
  });
}

bringTools();
const manifests = ['core', ...['packages', 'examples'].flatMap((dir) => (existsSync(join(root, dir)) ? readdirSync(join(root, dir)).map((name) => join(dir, name)) : []))].map((dir) => join(root, dir, 'package.json'));
await Promise.all([
  install('the packages', root, 'packages.stamp', [join(root, 'package.json'), join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml'), ...manifests], join(root, 'node_modules', 'typescript')),
  needsN8n.has(command) ? install('n8n (1.9 GB on disk)', join(root, 'runtime'), 'runtime.stamp', [join(root, 'runtime', 'package.json'), join(root, 'runtime', 'pnpm-lock.yaml'), join(root, 'runtime', 'pnpm-workspace.yaml')], join(root, 'runtime', 'node_modules', 'n8n', 'bin', 'n8n')) : undefined,
]);

const script = ['.ts', '.mjs'].map((ext) => join(root, 'tools', command + ext)).find(existsSync);
if (!script) fail(`run "${command}"`, `There is no tools/${command}.ts. Known commands are the scripts of package.json.`);
const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...args], { cwd: root, env: { ...cleanEnv(), LEADLIGHT_STARTED: String(started) }, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
