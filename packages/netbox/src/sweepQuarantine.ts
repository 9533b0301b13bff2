import { isVendorError } from '../../../core/src/index.ts';
import type { Wire } from './call.ts';
import { absent, civilDay } from './checks.ts';
import { ADDRESSES, ipAddresses } from './ipAddresses.ts';
import { FREE_ON_FIELD, rememberedCheck } from './keyField.ts';
import { readIp } from './read.ts';

export interface Swept {
  readonly type: 'swept';
  readonly freed: readonly { readonly id: number; readonly address: string; readonly freeOn: string }[];
  /** In use again, or changed while the sweep ran: left alone. */
  readonly kept: readonly { readonly id: number; readonly address: string; readonly why: string }[];
  readonly failed: readonly { readonly id: number; readonly address: string; readonly kind: string; readonly message: string; readonly outcome: string }[];
}

/**
 * Frees the quarantined addresses whose day has come, one by one, each only while it still is deprecated, without a key and on no
 * interface (on NetBox 4.6 under its ETag). One that fails does not stop the others. Run again it goes on.
 * @throws VendorError when the list cannot be read
 * @example await sweepQuarantine(wire, '2026-12-24') // { type: 'swept', freed: [{ id: 7, … }], kept: [], failed: [] }
 */
export async function sweepQuarantine(wire: Wire, today: string, { limit = 500, within }: { readonly limit?: number; readonly within?: string } = {}): Promise<Swept> {
  const operation = 'ipAddresses.sweep';
  civilDay(operation, today);
  await rememberedCheck(wire, FREE_ON_FIELD, 'ipam.ipaddress')();
  const found = await ipAddresses(wire).find({ status: 'deprecated', freeOnOrBefore: today, ...(within ? { within } : {}) });
  // The filter is compared again here: one that NetBox did not know would have returned everything.
  const due = found.filter((ip) => ip.status === 'deprecated' && ip.freeOn !== null && ip.freeOn <= today).slice(0, limit);
  const freed: Swept['freed'][number][] = [];
  const kept: Swept['kept'][number][] = [];
  const failed: Swept['failed'][number][] = [];
  for (const { id, address } of due) {
    try {
      const reply = await wire.get(operation, `${ADDRESSES}/${id}`).catch(absent);
      const ip = reply && readIp(reply.body, reply.etag);
      if (!ip) continue;
      if (ip.status !== 'deprecated' || ip.key !== null || ip.assignedTo !== null || ip.freeOn === null || ip.freeOn > today) {
        kept.push({ id, address, why: ip.key !== null || ip.assignedTo !== null ? 'inUse' : 'changed' });
        continue;
      }
      await wire.write(operation, 'DELETE', `${ADDRESSES}/${id}`, { changelog_message: `Leadlight quarantine ended ${ip.freeOn}` }, ip.etag);
      freed.push({ id, address, freeOn: ip.freeOn });
    } catch (error) {
      if (!isVendorError(error)) throw error;
      if (error.status === 412) kept.push({ id, address, why: 'changed' });
      else failed.push({ id, address, kind: error.kind, message: error.message, outcome: error.outcome });
    }
  }
  return { type: 'swept', freed, kept, failed };
}
