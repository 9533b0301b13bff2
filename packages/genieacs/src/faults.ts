import type { Nbi } from './call.ts';
import { segment } from './ids.ts';
import { readFault, type Fault } from './read.ts';

/** Why tasks and presets are stuck. @example await faults(nbi).list(deviceId) */
export function faults(nbi: Nbi) {
  return {
    /** Faults of one device, or all (oldest first, at most `limit`, default 500). Their stored scripts and values are left out. */
    async list(deviceId?: string, limit = 500): Promise<readonly Fault[]> {
      const { items } = await nbi.list('faults.list', 'faults', { ...(deviceId ? { query: { device: deviceId } } : {}), sort: { timestamp: 1 }, limit });
      return items.map(readFault);
    },
    /** Clears a fault, with its task when it has one; also a stale one whose task is gone. */
    async delete(faultId: string): Promise<{ readonly faultId: string; readonly deleted: true }> {
      await nbi.settle('faults.delete', { method: 'DELETE', path: `/faults/${segment(faultId)}` });
      return { faultId, deleted: true };
    },
  };
}
