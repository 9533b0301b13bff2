import { isVendorError } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import { readFault, type Fault } from './read.ts';

/** Why a task is still waiting. `unstated`: an HTTP/2 proxy swallowed the reason phrase. */
export type QueuedReason = 'accepted' | 'offline' | 'noSession' | 'connectionRequestFailed' | 'unstated';

/**
 * What became of a task, and nothing more than what is known:
 * `executed` the CPE did it (and, for a set, read-back agrees) · `queued` it waits in GenieACS · `faulted` the CPE or a script refused ·
 * `notApplied` the session went well but read-back differs · `unknown` no reply came and nothing could be observed.
 */
export type TaskOutcome =
  | { readonly type: 'executed'; readonly deviceId: string; readonly taskId: string | null; readonly verified: readonly string[]; readonly unverifiable: readonly string[]; readonly because: string }
  | { readonly type: 'queued'; readonly deviceId: string; readonly taskId: string; readonly reason: QueuedReason; readonly because: string }
  | { readonly type: 'faulted'; readonly deviceId: string; readonly taskId: string; readonly fault: Fault; readonly because: string }
  | { readonly type: 'notApplied'; readonly deviceId: string; readonly taskId: string | null; readonly paths: readonly string[]; readonly because: string }
  | { readonly type: 'unknown'; readonly deviceId: string; readonly taskId: string | null; readonly because: string; readonly hint: string };

/** The 202 of a task POST, by its reason phrase; the phrase alone is never the last word (acs.md 0.2). */
export function reasonOf(phrase: string): QueuedReason | 'faulted' {
  if (/^task faulted$/i.test(phrase)) return 'faulted';
  if (/offline/i.test(phrase)) return 'offline';
  if (/not processed/i.test(phrase)) return 'noSession';
  if (/connection request|auth method|authentication/i.test(phrase)) return 'connectionRequestFailed';
  return /^accepted$/i.test(phrase) ? 'accepted' : 'unstated';
}

/** One look at where a task stands: gone (it ran), waiting, or faulted. */
export async function lookAtTask(nbi: Nbi, deviceId: string, taskId: string): Promise<{ readonly at: 'gone' } | { readonly at: 'waiting' } | { readonly at: 'faulted'; readonly fault: Fault }> {
  // Task first, fault second: a task that ran between the two reads then shows as faulted, never as done.
  const { items } = await nbi.list('tasks.look', 'tasks', { query: { _id: taskId }, projection: ['_id'] });
  const faults = await nbi.list('faults.look', 'faults', { query: { _id: `${deviceId}:task_${taskId}` } });
  const fault = faults.items[0];
  if (fault) return { at: 'faulted', fault: readFault(fault) };
  return { at: items.length > 0 ? 'waiting' : 'gone' };
}

/**
 * Follows a task until it ran, faulted, or `waitMs` is over (then it is still waiting). Reads only; a GenieACS that is away meanwhile
 * counts as "still waiting", since the task is safely stored.
 */
export async function followTask(nbi: Nbi, deviceId: string, taskId: string, waitMs: number, pollMs: number): Promise<Awaited<ReturnType<typeof lookAtTask>>> {
  const until = Date.parse(nbi.clock.now()) + waitMs;
  for (;;) {
    const seen = await lookAtTask(nbi, deviceId, taskId).catch((error: unknown) => {
      if (isVendorError(error) && (error.kind === 'unavailable' || error.kind === 'timedOut')) return { at: 'waiting' as const };
      throw error;
    });
    if (seen.at !== 'waiting' || Date.parse(nbi.clock.now()) + pollMs > until) return seen;
    await nbi.clock.sleep(pollMs);
  }
}
