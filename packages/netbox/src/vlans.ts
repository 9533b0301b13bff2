import { isVendorError } from '../../../core/src/index.ts';
import type { Raw, Wire } from './call.ts';
import { absent, whole } from './checks.ts';
import { rejected } from './errors.ts';
import { readVlan, type Vlan } from './read.ts';
import { takeOnce } from './takeOnce.ts';

export interface VlanGroup { readonly type: 'vlanGroup'; readonly id: number; readonly name: string; readonly slug: string }

/** VLANs of a group. @example await vlans(wire).allocate({ groupId: 1, name: 'ord_123' }) */
export function vlans(wire: Wire) {
  async function find(by: { readonly groupId?: number; readonly name?: string; readonly vid?: number } = {}, limit = Number.POSITIVE_INFINITY): Promise<readonly Vlan[]> {
    const found: Vlan[] = [];
    for await (const raw of wire.list('vlans.find', 'ipam/vlans', { group_id: by.groupId, name: by.name, vid: by.vid })) {
      const vlan = readVlan(raw);
      if ((by.name === undefined || vlan.name === by.name) && (by.vid === undefined || vlan.vid === by.vid) && (by.groupId === undefined || vlan.groupId === by.groupId) && found.push(vlan) >= limit) break;
    }
    return found;
  }
  const byName = async (groupId: number, name: string): Promise<Vlan | null> => (await find({ groupId, name }))[0] ?? null;
  const named = (operation: string, name: string): void => {
    if (name.trim() === '' || name.length > 64) throw rejected(operation, 'A VLAN name has 1 to 64 characters.', 'Use the order id or service id.');
  };

  return {
    /** @example await netbox.vlans.find({ groupId: 1, name: 'ord_123' }) */
    find,
    /** Groups whose name holds a text. @example await netbox.vlans.groups('sub') */
    async groups(text = ''): Promise<readonly VlanGroup[]> {
      const found: VlanGroup[] = [];
      for await (const raw of wire.list('vlans.groups', 'ipam/vlan-groups', text ? { q: text } : {})) found.push({ type: 'vlanGroup', id: Number(raw['id']), name: String(raw['name']), slug: String(raw['slug']) });
      return found;
    },
    /**
     * The next free VLAN of a group, once per name: names are unique in a group and NetBox checks that under its lock, so the name is the key.
     * @throws VendorError exhausted | rejectedInput | timedOut (outcome unknown)
     * @example await netbox.vlans.allocate({ groupId: 1, name: 'ord_123' })
     */
    async allocate({ groupId, name, status = 'active' }: { readonly groupId: number; readonly name: string; readonly status?: 'active' | 'reserved' }): Promise<{ readonly type: 'allocated'; readonly repeated: boolean; readonly vlan: Vlan; readonly requestId: string | null }> {
      const operation = 'vlans.allocate';
      whole(operation, groupId);
      named(operation, name);
      const { it, repeated, requestId } = await takeOnce(
        () => byName(groupId, name),
        () => wire.write(operation, 'POST', `ipam/vlan-groups/${groupId}/available-vlans`, { name, status, changelog_message: `Leadlight ${name}` }),
        async ({ body }) => readVlan((await wire.get(operation, `ipam/vlans/${Number(body['id'])}`)).body as Raw),
        { again: true },
      );
      return { type: 'allocated', repeated, vlan: it, requestId };
    },
    /**
     * Gives the VLAN of a name back. One that is gone already is fine.
     * @throws VendorError conflict when something still uses it
     * @example await netbox.vlans.release({ groupId: 1, name: 'ord_123' })
     */
    async release({ groupId, name }: { readonly groupId: number; readonly name: string }): Promise<{ readonly type: 'released'; readonly repeated: boolean; readonly id: number | null; readonly vid: number | null }> {
      const operation = 'vlans.release';
      whole(operation, groupId);
      named(operation, name);
      const vlan = await byName(groupId, name);
      if (!vlan) return { type: 'released', repeated: true, id: null, vid: null };
      try {
        await wire.write(operation, 'DELETE', `ipam/vlans/${vlan.id}`, { changelog_message: `Leadlight release ${name}` });
      } catch (error) {
        if (!isVendorError(error) || (error.kind !== 'notFound' && error.outcome !== 'unknown')) throw error;
        if (await wire.get(operation, `ipam/vlans/${vlan.id}`).catch(absent)) throw error;
      }
      return { type: 'released', repeated: false, id: vlan.id, vid: vlan.vid };
    },
  };
}
