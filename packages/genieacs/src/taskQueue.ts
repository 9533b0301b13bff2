import { VendorError, type Instant, type Json } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import { rejected, VENDOR } from './errors.ts';
import { isTaskId } from './ids.ts';
import { checkPlainQuery } from './query.ts';
import { redact } from './redact.ts';

/** A task that waits in GenieACS. */
export interface WaitingTask {
  readonly id: string;
  readonly deviceId: string;
  readonly name: string;
  readonly uniqueKey: string | null;
  readonly at: Instant | null;
  /** The task as stored, secrets taken out. */
  readonly task: Json;
}
export interface TaskFilter {
  readonly deviceId?: string;
  /** `reboot`, `setParameterValues`, … */
  readonly name?: string;
  readonly uniqueKey?: string;
  /** Only tasks that have waited since before this instant. */
  readonly before?: Instant;
}

/** Tasks that have not run. @example await taskQueue(nbi).list({ deviceId }) */
export function taskQueue(nbi: Nbi) {
  const mustBeId = (operation: string, id: unknown): void => {
    if (!isTaskId(id)) throw rejected(operation, 'That is not a task id.', 'A task id has 24 hexadecimal digits.');
  };
  return {
    /** Waiting tasks, oldest first, at most `limit` (default 500), secrets taken out. */
    async list(filter: TaskFilter | string = {}, limit = 500): Promise<readonly WaitingTask[]> {
      const { deviceId, name, uniqueKey, before } = typeof filter === 'string' ? ({ deviceId: filter } as TaskFilter) : filter;
      const query = { ...(deviceId ? { device: deviceId } : {}), ...(name ? { name } : {}), ...(uniqueKey ? { uniqueKey } : {}), ...(before ? { timestamp: { $lt: before } } : {}) };
      checkPlainQuery('tasks.list', query);
      const { items } = await nbi.list('tasks.list', 'tasks', { query, sort: { _id: 1 }, limit });
      return items.map((doc) => ({
        id: String(doc['_id']), deviceId: String(doc['device'] ?? ''), name: String(doc['name']), uniqueKey: typeof doc['uniqueKey'] === 'string' ? doc['uniqueKey'] : null,
        at: typeof doc['timestamp'] === 'string' ? doc['timestamp'] : null, task: redact(doc as never),
      }));
    },

    /** Takes a waiting task back, with its fault. @throws VendorError rejectedInput when the id is no task id (it would crash GenieACS) | conflict while in session */
    async delete(taskId: string): Promise<{ readonly taskId: string; readonly deleted: boolean }> {
      mustBeId('tasks.delete', taskId);
      const reply = await nbi.settle('tasks.delete', { method: 'DELETE', path: `/tasks/${taskId}` }, [404]);
      if (reply.status === 404 && /^\s*</.test(reply.text)) throw rejected('tasks.delete', 'A web page answered instead of GenieACS.', 'Does the base URL point at the NBI (port 7557)?');
      return { taskId, deleted: reply.status === 200 };
    },

    /**
     * Forgets a task's fault, so that it runs at the device's next session; the device is not woken. The task is looked up first: GenieACS
     * 1.2 loses a worker over an unknown one.
     * @throws VendorError rejectedInput | notFound (nothing sent) | conflict while in session
     */
    async retry(taskId: string): Promise<{ readonly taskId: string; readonly deviceId: string; readonly retried: true }> {
      const operation = 'tasks.retry';
      mustBeId(operation, taskId);
      const { items } = await nbi.list(operation, 'tasks', { query: { _id: taskId }, projection: ['_id', 'device'], limit: 1 });
      if (!items[0]) throw new VendorError({ vendor: VENDOR, operation, kind: 'notFound', status: 404, message: `GenieACS has no task ${taskId}.`, hint: 'It ran or was deleted. A fault that outlived its task is deleted by the id of the fault.' });
      await nbi.settle(operation, { method: 'POST', path: `/tasks/${taskId}/retry` });
      return { taskId, deviceId: String(items[0]['device'] ?? ''), retried: true };
    },
  };
}
