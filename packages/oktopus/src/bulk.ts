import { isVendorError, type Clock, type JsonObject } from '../../../core/src/index.ts';
import { reasonOf } from './errors.ts';

export interface BulkTask<T> { /** Told apart and resumed by it; give each task its own. */ readonly key: string; readonly run: () => Promise<T> }
export type BulkOutcome<T> =
  | { readonly key: string; readonly type: 'done'; readonly result: T }
  | { readonly key: string; readonly type: 'failed'; readonly error: JsonObject }
  /** Not done and not lost: the device was away each time, or the walk stopped. The task may be given again as it is. */
  | { readonly key: string; readonly type: 'held'; readonly reason: string; readonly attempts: number };
export interface BulkOptions<T> {
  /** How often a device that is away is tried; default 3. */
  readonly rounds?: number;
  /** Between two rounds; default five minutes, the usual inform interval. */
  readonly waitMs?: number;
  /** After so many failures of Oktopus itself in a row everything left is held; default 3. */
  readonly breakAfter?: number;
  /** Told after each task, for a journal to resume from. */
  readonly report?: (outcome: BulkOutcome<T>) => void | Promise<void>;
}

/** What passes by itself and changed nothing: the device is away or in a session. */
const AWAY: readonly string[] = ['offline', 'associating', 'notConnected', 'connectionRequest', 'busy'];

/**
 * Runs tasks one after the other, since Oktopus does CWMP one at a time and a dead device costs ten seconds. Devices that are away go to
 * the back and come again in later rounds; a task whose outcome is unknown is never repeated. One outcome per task, in the order given.
 * @example await bulk(clock, serials.map((key) => ({ key, run: () => cwmp.setParameterValues(key, wanted) })))
 */
export async function bulk<T>(clock: Clock, tasks: readonly BulkTask<T>[], { rounds = 3, waitMs = 300_000, breakAfter = 3, report }: BulkOptions<T> = {}): Promise<readonly BulkOutcome<T>[]> {
  const outcomes = new Map<BulkTask<T>, BulkOutcome<T>>();
  let waiting = [...tasks];
  let broken = 0;
  for (let round = 1; round <= rounds && waiting.length > 0 && broken < breakAfter; round += 1) {
    if (round > 1) await clock.sleep(waitMs);
    const again: BulkTask<T>[] = [];
    for (const task of waiting) {
      if (broken >= breakAfter) {
        outcomes.set(task, { key: task.key, type: 'held', reason: 'backend', attempts: round - 1 });
        continue;
      }
      const outcome = await attempt(task, round);
      broken = outcome.type === 'held' && outcome.reason === 'backend' ? broken + 1 : 0;
      outcomes.set(task, outcome);
      if (outcome.type === 'held') again.push(task);
      if (outcome.type !== 'held' || round === rounds) await report?.(outcome);
    }
    waiting = again;
  }
  return tasks.map((task) => outcomes.get(task)!);
}

async function attempt<T>({ key, run }: BulkTask<T>, attempts: number): Promise<BulkOutcome<T>> {
  try {
    return { key, type: 'done', result: await run() };
  } catch (error) {
    if (!isVendorError(error)) throw error;
    const reason = reasonOf(error) ?? '';
    if (error.outcome === 'notApplied' && AWAY.includes(reason)) return { key, type: 'held', reason, attempts };
    if (error.outcome === 'notApplied' && error.kind === 'unavailable' && reason !== 'cwmpFault' && reason !== 'uspError') return { key, type: 'held', reason: 'backend', attempts };
    return { key, type: 'failed', error: error.toJSON() };
  }
}
