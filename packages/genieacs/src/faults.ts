import { VendorError, type Instant } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import { rejected, VENDOR } from './errors.ts';
import { segment } from './ids.ts';
import { checkPlainQuery } from './query.ts';
import { readFault, type Fault } from './read.ts';
import { taskQueue } from './taskQueue.ts';

export interface FaultFilter {
  readonly deviceId?: string;
  /** `default`, a preset's channel, or `task_<id>`. */
  readonly channel?: string;
  /** `cwmp.9002`, `script.Error`, `timeout`, … */
  readonly code?: string;
  readonly since?: Instant;
}

/** Why tasks and presets are stuck. @example await faults(nbi).list({ deviceId }) */
export function faults(nbi: Nbi) {
  async function find(operation: string, faultId: string): Promise<Fault | undefined> {
    if (faultId === '') throw rejected(operation, 'The fault id is empty.', 'It is the device id, a colon and the channel.');
    const { items } = await nbi.list(operation, 'faults', { query: { _id: faultId }, limit: 1 });
    return items[0] ? readFault(items[0]) : undefined;
  }
  const remove = (operation: string, faultId: string) => nbi.settle(operation, { method: 'DELETE', path: `/faults/${segment(faultId)}` });

  return {
    /** Faults of one device, or all (oldest first, at most `limit`, default 500). Their stored scripts and values are left out. */
    async list(filter: FaultFilter | string = {}, limit = 500): Promise<readonly Fault[]> {
      const { deviceId, channel, code, since } = typeof filter === 'string' ? ({ deviceId: filter } as FaultFilter) : filter;
      const query = { ...(deviceId ? { device: deviceId } : {}), ...(channel ? { channel } : {}), ...(code ? { code } : {}), ...(since ? { timestamp: { $gte: since } } : {}) };
      checkPlainQuery('faults.list', query);
      const { items } = await nbi.list('faults.list', 'faults', { query, sort: { timestamp: 1 }, limit });
      return items.map(readFault);
    },
    /** Clears a fault, with its task when it has one; also a stale one whose task is gone. `deleted` is false when there was none. */
    async delete(faultId: string): Promise<{ readonly faultId: string; readonly deleted: boolean }> {
      const operation = 'faults.delete';
      if (!(await find(operation, faultId))) return { faultId, deleted: false };
      await remove(operation, faultId);
      return { faultId, deleted: true };
    },
    /**
     * Lets what faulted run again at the next session, without waiting out GenieACS' growing pause (5 minutes, doubled each time). A task
     * is retried; a preset is freed by clearing its fault. A fault whose task is gone cannot be retried.
     * @throws VendorError notFound (no such fault, or its task is gone) | conflict while in session
     */
    async retry(faultId: string): Promise<{ readonly faultId: string; readonly deviceId: string; readonly retried: 'task' | 'preset' }> {
      const operation = 'faults.retry';
      const fault = await find(operation, faultId);
      if (!fault) throw new VendorError({ vendor: VENDOR, operation, kind: 'notFound', status: 404, message: `GenieACS has no fault ${faultId}.`, hint: 'It was cleared or has passed. List the faults of the device.' });
      if (fault.channel.startsWith('task_')) {
        await taskQueue(nbi).retry(fault.channel.slice(5));
        return { faultId, deviceId: fault.deviceId, retried: 'task' };
      }
      await remove(operation, faultId);
      return { faultId, deviceId: fault.deviceId, retried: 'preset' };
    },
  };
}
