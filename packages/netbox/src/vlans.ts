import { isVendorError } from '../../../core/src/index.ts';
import type { Raw, Wire } from './call.ts';
import { rejected } from './errors.ts';
import { whole } from './prefixes.ts';
import { readVlan, type Vlan } from './read.ts';

/** VLANs of a group. @example await vlans(wire).allocate({ groupId: 1, name: 'ord_123' }) */
export function vlans(wire: Wire) {
  async function find(by: { readonly groupId?: number; readonly name?: string; readonly vid?: number }): Promise<readonly Vlan[]> {
    const found: Vlan[] = [];
    for await (const raw of wire.list('vlans.find', 'ipam/vlans', { group_id: by.groupId, name: by.name, vid: by.vid })) found.push(readVlan(raw));
    return found.filter((one) => (by.name === undefined || one.name === by.name) && (by.vid === undefined || one.vid === by.vid) && (by.groupId === undefined || one.groupId === by.groupId));
  }
  return {
    find,
    /**
     * The next free VLAN of a group, once per name: names are unique in a group and NetBox checks that under its lock, so the name is the key.
     * @throws VendorError exhausted | rejectedInput | timedOut (outcome unknown)
     */
    async allocate({ groupId, name, status = 'active' }: { readonly groupId: number; readonly name: string; readonly status?: 'active' | 'reserved' }): Promise<{ readonly type: 'allocated'; readonly repeated: boolean; readonly vlan: Vlan }> {
      const operation = 'vlans.allocate';
      whole(operation, groupId);
      if (name.trim() === '' || name.length > 64) throw rejected(operation, 'A VLAN name has 1 to 64 characters.', 'Use the order id or service id.');
      const [had] = await find({ groupId, name });
      if (had) return { type: 'allocated', repeated: true, vlan: had };
      for (let attempt = 1; ; attempt += 1) {
        try {
          const { body } = await wire.write(operation, 'POST', `ipam/vlan-groups/${groupId}/available-vlans`, { name, status });
          return { type: 'allocated', repeated: false, vlan: readVlan((await wire.get(operation, `ipam/vlans/${Number(body['id'])}`)).body as Raw) };
        } catch (error) {
          if (!isVendorError(error) || (error.status !== 400 && error.outcome !== 'unknown')) throw error;
          const [found] = await find({ groupId, name });
          if (found) return { type: 'allocated', repeated: error.status === 400, vlan: found };
          if (error.outcome !== 'unknown' || attempt > 1) throw error;
        }
      }
    },
  };
}
