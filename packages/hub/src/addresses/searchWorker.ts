import { parentPort } from 'node:worker_threads';
import { addressSearch, openSnapshot, readSnapshot, type AddressSearch, type SearchOptions } from '../../../availability/src/index.ts';

export interface Question { readonly id: number; readonly kind: 'load' | 'open' | 'search'; readonly path?: string; readonly block?: SharedArrayBuffer; readonly served?: readonly number[]; readonly typed?: string; readonly options?: SearchOptions }
export interface Answer { readonly id: number; readonly ok: boolean; readonly value?: unknown; readonly message?: string }

let engine: AddressSearch | undefined;

function answer({ kind, path, block, served, typed, options }: Question): unknown {
  if (kind === 'load') {
    const read = readSnapshot(path!);
    openSnapshot(read);
    return read;
  }
  if (kind === 'open') {
    engine = addressSearch(openSnapshot(block!, { verify: false }), new Set(served));
    return undefined;
  }
  return engine!.search(typed!, options);
}
parentPort?.on('message', (question: Question) => {
  try {
    parentPort!.postMessage({ id: question.id, ok: true, value: answer(question) } satisfies Answer);
  } catch (error) {
    parentPort!.postMessage({ id: question.id, ok: false, message: (error as Error).message } satisfies Answer);
  }
});
