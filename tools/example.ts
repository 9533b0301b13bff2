// npm run example: builds core where it is missing or older than its sources, then runs examples/lead-to-live under this Node.
// `-- --crash-after <step>` shows a crash: systems apart, a first run that is killed after that step's effect, a second that goes on.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join('examples', 'lead-to-live', 'src', 'main.ts');

/** Builds core/dist if it is missing or stale. @throws Error when it does not build */
export function buildCore(root = '.'): void {
  const built = join(root, 'core', 'dist', 'index.js');
  const sources = readdirSync(join(root, 'core', 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')).map((path) => join(root, 'core', 'src', path));
  const newest = Math.max(...[...sources, join(root, 'core', 'package.json'), join(root, 'core', 'tsup.config.ts'), join(root, 'core', 'build.mjs')].map((path) => statSync(path).mtimeMs));
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return;
  const build = spawnSync(process.execPath, ['build.mjs'], { cwd: join(root, 'core'), stdio: 'inherit' });
  if (build.status !== 0) throw new Error('core does not build.');
}

const start = (args: readonly string[]): ChildProcess => spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], { stdio: 'inherit' });
const ended = (child: ChildProcess) => new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 137)));

/** The two runs against systems that outlive the first. */
async function crashAndResume(args: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'leadlight-crash-'));
  const at = join(folder, 'systems.json');
  const systems = start(['--serve', at]);
  const down = ended(systems);
  try {
    while (!existsSync(at)) {
      if (systems.exitCode !== null) return systems.exitCode;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const apart = ['--at', at, '--journal', join(folder, 'journal.jsonl')];
    const first = await ended(start([...args, ...apart]));
    if (first !== 137) {
      console.error(`The first run was not stopped by --crash-after (it ended with ${first}); is that a step of the plan?`);
      return 1;
    }
    console.log('── killed; the second run, with the same journal:');
    return await ended(start([...args.slice(0, args.indexOf('--crash-after')), ...args.slice(args.indexOf('--crash-after') + 2), ...apart]));
  } finally {
    systems.kill('SIGTERM');
    await down;
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1]?.endsWith('example.ts')) {
  buildCore();
  const args = process.argv.slice(2);
  void (args.includes('--crash-after') ? crashAndResume(args) : ended(start(args))).then((code) => void (process.exitCode = code));
}
