// What this program knows, one line per fact, on disk before anyone acts on it. One program at a time writes a file; where several run,
// the same two columns in a table do. It holds people's data, so only its owner may read it.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';

export interface Journal {
  /** Every value under a name, oldest first. */
  all<T>(name: string): readonly T[];
  /** On disk when it returns. */
  append(name: string, value: unknown): void;
  /** A fact that is established once: made the first time, read afterwards. */
  once<T>(name: string, make: () => T | Promise<T>): Promise<T>;
  close(): void;
}

/** Opens a journal, or begins one. A line that a dying program left half written was never acted on: it is cut off. */
export function openJournal(file: string): Journal {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) truncateSync(file, Buffer.byteLength(whole));
  const facts = whole.split('\n').filter(Boolean).map((line) => JSON.parse(line) as { name: string; value: unknown });
  const handle = openSync(file, 'a', 0o600);
  const all = <T>(name: string) => facts.filter((fact) => fact.name === name).map(({ value }) => value as T);
  const append = (name: string, value: unknown) => {
    const line = JSON.stringify({ name, value });
    writeSync(handle, `${line}\n`);
    fsyncSync(handle);
    facts.push(JSON.parse(line) as { name: string; value: unknown });
  };
  return {
    all,
    append,
    async once<T>(name: string, make: () => T | Promise<T>) {
      if (all(name).length === 0) append(name, await make());
      return all<T>(name)[0]!;
    },
    close: () => closeSync(handle),
  };
}
