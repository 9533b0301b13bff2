import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** When a process started, as the system counts it; empty where it does not say. Tells a living owner from a later process with its number. */
function startOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function lives(owner: string): boolean {
  const [pid = '', start = ''] = owner.split(' ');
  if (!/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return start === '' || startOf(Number(pid)) === start;
}

/**
 * Takes a database folder for this process, making it if need be: PGlite does not notice a second process in it and would spoil it.
 * A lock left by a process that was killed is taken over. Gives the function that lets go.
 * @throws Error when a living process has it.
 */
export function lockFolder(folder: string): () => void {
  const file = `${folder.replace(/\/+$/, '')}.lock`;
  mkdirSync(dirname(file), { recursive: true });
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = readFileSync(file, 'utf8');
    if (attempt > 0 || lives(owner)) throw new Error(`the database folder is in use by process ${owner.split(' ')[0]}; stop that one first (or remove ${file} if it is none of ours)`);
    rmSync(file, { force: true });
  }
}
