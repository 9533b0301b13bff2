// Child processes that never outlive their parent unnoticed: what was started is written down, and a next start ends what a killed one left.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { appendFileSync, createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Children {
  start(name: string, script: string, args: readonly string[], env: NodeJS.ProcessEnv, options?: { readonly ready?: 'message' }): Promise<ChildProcess>;
  /** Ends one without warning, as a power cut would; nobody is told. */
  crash(name: string): Promise<void>;
  /** Starts a crashed one as it was started. */
  revive(name: string): Promise<ChildProcess>;
  /** Ends them in reverse order of starting; kills what does not end in 15 seconds. */
  stop(): Promise<void>;
  logOf(name: string): string;
}

/** A pid alone may have been given to somebody else since; pid and start time name one process (programs rewrite their command line, n8n does). */
const startOf = (pid: number) => (spawnSync('ps', ['-p', String(pid), '-o', 'lstart='], { encoding: 'utf8' }).stdout ?? '').trim();
const alive = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

export function children(runDir: string, died: (name: string, log: string) => void): Children {
  mkdirSync(runDir, { recursive: true });
  const list = join(runDir, 'pids');
  const running: { name: string; child: ChildProcess; again: () => Promise<ChildProcess> }[] = [];
  const crashed = new Set<ChildProcess>();
  let stopping = false;

  // A previous run that was killed leaves its children behind.
  if (existsSync(list)) {
    for (const line of readFileSync(list, 'utf8').split('\n').filter(Boolean)) {
      const [pid, start] = line.split('\t') as [string, string];
      if (!start || startOf(Number(pid)) !== start) continue;
      process.kill(Number(pid), 'SIGKILL');
      for (let look = 0; look < 50 && startOf(Number(pid)) === start; look += 1) spawnSync('sleep', ['0.1']); // its ports are free when it is gone
    }
    rmSync(list);
  }

  process.on('exit', () => running.forEach(({ child }) => alive(child) && child.kill('SIGKILL')));

  const logOf = (name: string) => join(runDir, `${name}.log`);
  const self: Children = {
    logOf,
    async start(name, script, args, env, options = {}) {
      const log = createWriteStream(logOf(name), { flags: running.some((one) => one.name === name) ? 'a' : 'w' });
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
      child.stdout!.pipe(log, { end: false });
      child.stderr!.pipe(log, { end: false });
      appendFileSync(list, `${child.pid}\t${startOf(child.pid!)}\n`);
      running.push({ name, child, again: () => self.start(name, script, args, env, options) });
      child.on('exit', () => {
        log.end();
        if (!stopping && !crashed.has(child)) died(name, logOf(name));
      });
      if (options.ready === 'message') {
        await new Promise<void>((resolve, reject) => {
          child.once('message', () => resolve());
          child.once('exit', () => reject(new Error(`${name} ended before it was ready:\n${tail(logOf(name))}`)));
        });
      }
      return child;
    },
    async crash(name) {
      const { child } = running.findLast((one) => one.name === name)!;
      crashed.add(child);
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGKILL');
      await gone;
    },
    revive: (name) => running.findLast((one) => one.name === name)!.again(),
    async stop() {
      stopping = true;
      for (const { child } of [...running].reverse()) {
        if (!alive(child)) continue;
        const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
        child.kill('SIGTERM');
        const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
        await gone;
        clearTimeout(timer);
      }
      rmSync(list, { force: true });
    },
  };
  return self;
}

export const tail = (file: string, lines = 15) => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '(no log)');
