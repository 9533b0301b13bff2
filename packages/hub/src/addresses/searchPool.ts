import { Worker } from 'node:worker_threads';
import type { SearchOptions, SearchResult } from '../../../availability/src/index.ts';
import type { Answer, Question } from './searchWorker.ts';

/** Threads that search one snapshot they share; the memory is held once. */
export interface SearchPool {
  /** Reads and verifies a file off the main thread. @throws Error with the reader's words. */
  load(path: string): Promise<SharedArrayBuffer>;
  /** From now on all threads search this block. */
  open(block: SharedArrayBuffer, served: readonly number[]): Promise<void>;
  search(typed: string, options: SearchOptions): Promise<SearchResult>;
  close(): Promise<void>;
}
/** Starts `count` threads of `script`, the worker beside this file. */
export function searchPool(script: URL, count: number): SearchPool {
  let next = 0;
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  const threads = Array.from({ length: count }, () => {
    const thread = new Worker(script);
    const busy = { thread, asked: 0 };
    thread.on('message', ({ id, ok, value, message }: Answer) => {
      busy.asked -= 1;
      const caller = waiting.get(id);
      waiting.delete(id);
      if (ok) caller?.resolve(value as never);
      else caller?.reject(new Error(message));
    });
    thread.on('error', (error) => {
      for (const caller of waiting.values()) caller.reject(error as Error);
      waiting.clear();
    });
    thread.unref();
    return busy;
  });
  const ask = <T>(one: (typeof threads)[number], question: Omit<Question, 'id'>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const id = (next += 1);
      waiting.set(id, { resolve: resolve as (value: never) => void, reject });
      one.asked += 1;
      one.thread.postMessage({ id, ...question });
    });
  const idlest = (): (typeof threads)[number] => threads.reduce((best, one) => (one.asked < best.asked ? one : best));
  return {
    load: (path) => ask(idlest(), { kind: 'load', path }),
    open: async (block, served) => void (await Promise.all(threads.map((one) => ask(one, { kind: 'open', block, served })))),
    search: (typed, options) => ask(idlest(), { kind: 'search', typed, options }),
    close: async () => void (await Promise.all(threads.map(({ thread }) => thread.terminate()))),
  };
}
