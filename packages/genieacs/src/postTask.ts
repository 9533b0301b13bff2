import { fromSendFailure, isSendFailure, isVendorError, readJson, VendorError, type HttpReply } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import { checkTask, type Task } from './checkTask.ts';
import { fromReply, rejected, VENDOR } from './errors.ts';
import { isTaskId, segment } from './ids.ts';
import { followTask, reasonOf, type TaskOutcome } from './outcome.ts';

export interface TaskOptions {
  /** Wake the device now; default true. Without it the task waits for the next inform. */
  readonly connectionRequest?: boolean;
  /** How long GenieACS may wait for the session to *start*; default 8000. */
  readonly sessionTimeoutMs?: number;
  /** How long to follow a task that GenieACS answered 202 for; default 20 000, 0 looks once. */
  readonly waitMs?: number;
  readonly pollMs?: number;
  /** Replaces a waiting task with the same key; always set for configuration, so that a second run does not pile up. */
  readonly uniqueKey?: string;
  /** Seconds after which a waiting task is dropped. */
  readonly expirySeconds?: number;
  /** Take the task back when it could not run now, so that it does not surprise anyone later. */
  readonly failIfOffline?: boolean;
}

const LOCK_AND_SESSION_MS = 155_000;

/**
 * Posts one task, exactly once, and finds out what became of it. Whatever the answer, or no answer, the POST is never repeated: GenieACS
 * may have stored the task before it died, and each repeat would queue another (acs.md 0.6).
 * @throws VendorError rejectedInput (nothing sent) | notFound | unavailable (nothing arrived)
 * @example await postTask(nbi, 'tasks.reboot', deviceId, { name: 'reboot' })
 */
export async function postTask(nbi: Nbi, operation: string, deviceId: string, task: Task, options: TaskOptions = {}): Promise<TaskOutcome> {
  checkTask(operation, task);
  if (deviceId === '') throw rejected(operation, 'The device id is empty.', 'Find the device by its serial first.');
  const wake = options.connectionRequest ?? true;
  const session = options.sessionTimeoutMs ?? 8_000;
  if (wake) await refuseUnformed(nbi, operation, deviceId);

  let reply: HttpReply;
  try {
    reply = await nbi.once({
      method: 'POST',
      path: `/devices/${segment(deviceId)}/tasks`,
      query: wake ? { connection_request: true, timeout: session } : {},
      body: { ...task, ...(options.uniqueKey ? { uniqueKey: options.uniqueKey } : {}), ...(options.expirySeconds ? { expiry: options.expirySeconds } : {}) },
      timeoutMs: wake ? session + LOCK_AND_SESSION_MS : 30_000,
    });
  } catch (error) {
    if (!isSendFailure(error)) throw error;
    if (error.arrived === 'no') throw fromSendFailure(error, VENDOR, operation, true);
    return observe(nbi, deviceId, options);
  }
  // A proxy in front may give up (504, 502) while GenieACS goes on: nobody knows.
  if (reply.status >= 500) return observe(nbi, deviceId, options);
  if (reply.status !== 200 && reply.status !== 202) throw fromReply(reply, operation);
  const taskId = readTaskId(reply, operation);
  if (taskId === null) return observe(nbi, deviceId, options);
  if (reply.status === 200) return done(deviceId, taskId, 'GenieACS completed the session.');

  const reason = reasonOf(reply.reason);
  if (!wake) return { type: 'queued', deviceId, taskId, reason: 'accepted', because: 'Stored; it runs at the next inform.' };
  const follow = reason === 'offline' || reason === 'connectionRequestFailed' ? 0 : (options.waitMs ?? 20_000);
  const seen = await followTask(nbi, deviceId, taskId, follow, options.pollMs ?? 2_000);
  if (seen.at === 'faulted') return { type: 'faulted', deviceId, taskId, fault: seen.fault, because: `${seen.fault.code}: ${seen.fault.message}` };
  if (seen.at === 'gone') return done(deviceId, taskId, 'The task left the queue without a fault.');
  if (options.failIfOffline) {
    await nbi.settle('tasks.delete', { method: 'DELETE', path: `/tasks/${taskId}` }, [404]);
    throw new VendorError({ vendor: VENDOR, operation, kind: 'deviceSilent', message: `The device did not answer (${reply.reason || 'no session'}); the task was taken back.`, hint: 'Check that the device is powered and that its connection request URL is reachable from GenieACS.', detail: { deviceId } });
  }
  return { type: 'queued', deviceId, taskId, reason: reason === 'faulted' ? 'unstated' : reason, because: reply.reason ? `GenieACS says: ${reply.reason}.` : 'The task still waits in GenieACS.' };
}

const done = (deviceId: string, taskId: string, because: string): TaskOutcome => ({ type: 'executed', deviceId, taskId, verified: [], unverifiable: [], because });

/** A connection request to a device whose first session never ended crashes the worker after it stored the task (acs.md 1.9). */
async function refuseUnformed(nbi: Nbi, operation: string, deviceId: string): Promise<void> {
  const { items } = await nbi.list(operation, 'devices', { query: { _id: deviceId }, projection: ['_id', '_lastInform'], limit: 1 });
  if (!items[0]) throw new VendorError({ vendor: VENDOR, operation, kind: 'notFound', status: 404, message: `GenieACS knows no device ${deviceId}.`, hint: 'Find it by its serial; the id holds %2D where the product class has a hyphen.' });
  if (!items[0]['_lastInform']) throw new VendorError({ vendor: VENDOR, operation, kind: 'deviceSilent', message: `${deviceId} has not finished its first session yet.`, hint: 'Wait for its next inform.', retryAfterMs: 15_000 });
}

function readTaskId(reply: HttpReply, operation: string): string | null {
  try {
    const id = (readJson(reply, VENDOR, operation, true) as { _id?: unknown } | null)?._id;
    return isTaskId(id) ? id : null;
  } catch {
    return null;
  }
}

/** After silence: look for the task by its key. Finding it is knowledge; not finding it is not (it may have run already). */
async function observe(nbi: Nbi, deviceId: string, { uniqueKey }: TaskOptions): Promise<TaskOutcome> {
  const hint = 'Read the parameters back before sending it again.';
  if (!uniqueKey) return { type: 'unknown', deviceId, taskId: null, because: 'GenieACS did not answer, and the task has no key to look for.', hint };
  try {
    const { items } = await nbi.list('tasks.look', 'tasks', { query: { device: deviceId, uniqueKey }, projection: ['_id'], sort: { timestamp: -1 }, limit: 1 });
    const taskId = items[0]?.['_id'];
    if (!isTaskId(taskId)) return { type: 'unknown', deviceId, taskId: null, because: 'GenieACS did not answer; no such task waits there, so it either ran or never arrived.', hint };
    const seen = await followTask(nbi, deviceId, taskId, 0, 1_000);
    if (seen.at === 'faulted') return { type: 'faulted', deviceId, taskId, fault: seen.fault, because: `${seen.fault.code}: ${seen.fault.message}` };
    if (seen.at === 'waiting') return { type: 'queued', deviceId, taskId, reason: 'unstated', because: 'GenieACS did not answer, but the task waits there.' };
    return { type: 'unknown', deviceId, taskId, because: 'GenieACS did not answer; the task has left the queue since.', hint };
  } catch (error) {
    if (!isVendorError(error)) throw error;
    return { type: 'unknown', deviceId, taskId: null, because: `GenieACS did not answer, nor to the look afterwards (${error.kind}).`, hint };
  }
}
