// Child processes that never outlive their parent unnoticed: what was started is written down, and a next start ends what a killed one left.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { appendFileSync, createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Children {
  start(name: string, script: string, args: readonly string[], env: NodeJS.ProcessEnv, options?: { readonly ready?: 'message' }): Promise<ChildProcess>;
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
  const running: { name: string; child: ChildProcess }[] = [];
  let stopping = false;

  // A previous run that was killed leaves its children behind.
  if (existsSync(list)) {
    for (const line of readFileSync(list, 'utf8').split('\n').filter(Boolean)) {
      const [pid, start] = line.split('\t') as [string, string];
      if (start && startOf(Number(pid)) === start) process.kill(Number(pid), 'SIGKILL');
    }
    rmSync(list);
  }

  process.on('exit', () => running.forEach(({ child }) => alive(child) && child.kill('SIGKILL')));

  const logOf = (name: string) => join(runDir, `${name}.log`);
  return {
    logOf,
    async start(name, script, args, env, options = {}) {
      const log = createWriteStream(logOf(name));
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
      child.stdout!.pipe(log, { end: false });
      child.stderr!.pipe(log, { end: false });
      appendFileSync(list, `${child.pid}\t${startOf(child.pid!)}\n`);
      running.push({ name, child });
      child.on('exit', () => {
        log.end();
        if (!stopping) died(name, logOf(name));
      });
      if (options.ready === 'message') {
        await new Promise<void>((resolve, reject) => {
          child.once('message', () => resolve());
          child.once('exit', () => reject(new Error(`${name} ended before it was ready:\n${tail(logOf(name))}`)));
        });
      }
      return child;
    },
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
}

export const tail = (file: string, lines = 15) => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '(no log)');
