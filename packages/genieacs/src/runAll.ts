import { isVendorError } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import { checkTask, type Task } from './checkTask.ts';
import { rejected } from './errors.ts';
import type { TaskOutcome } from './outcome.ts';
import { postTask, type TaskOptions } from './postTask.ts';

export interface RunAllOptions extends TaskOptions {
  /** After a task that did not run: `stop` holds the rest back (default), `goOn` sends them too. */
  readonly afterFailure?: 'stop' | 'goOn';
}
export interface RunAllResult {
  readonly type: 'executed' | 'partly';
  readonly deviceId: string;
  /** One for each task given, in their order; `held` was not sent. */
  readonly tasks: readonly ({ readonly name: string } & (TaskOutcome | { readonly type: 'held'; readonly because: string } | { readonly type: 'failed'; readonly because: string; readonly hint: string }))[];
}

/**
 * Several tasks as several POSTs: GenieACS accepts a list and stores orphans that never run (acs.md 1.4). All are checked before the first
 * leaves. Sets are not read back here; use setParameterValues for that.
 * @throws VendorError rejectedInput, before anything is sent
 * @example await runAll(nbi, id, [{ name: 'refreshObject', objectName: 'Device.WiFi' }, { name: 'reboot' }])
 */
export async function runAll(nbi: Nbi, deviceId: string, tasks: readonly Task[], options: RunAllOptions = {}): Promise<RunAllResult> {
  const operation = 'tasks.runAll';
  if (!Array.isArray(tasks) || tasks.length === 0) throw rejected(operation, 'There is no task to run.', 'Give at least one.');
  for (const task of tasks) checkTask(operation, task);
  const { afterFailure = 'stop', uniqueKey, ...rest } = options;
  const done: RunAllResult['tasks'][number][] = [];
  for (const [i, task] of tasks.entries()) {
    if (afterFailure === 'stop' && done.some((one) => one.type !== 'executed')) {
      done.push({ name: task.name, type: 'held', because: 'A task before it did not run.' });
      continue;
    }
    try {
      done.push({ name: task.name, ...(await postTask(nbi, operation, deviceId, task, { ...rest, ...(uniqueKey ? { uniqueKey: `${uniqueKey}-${i + 1}` } : {}) })) });
    } catch (error) {
      if (!isVendorError(error)) throw error;
      done.push({ name: task.name, type: 'failed', because: error.message, hint: error.hint });
    }
  }
  return { type: done.every((one) => one.type === 'executed') ? 'executed' : 'partly', deviceId, tasks: done };
}
