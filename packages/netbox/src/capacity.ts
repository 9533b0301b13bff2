import { accept, refuse, type Decision } from '../../../core/src/index.ts';
import type { Raw, Wire } from './call.ts';
import { whole } from './checks.ts';
import { rejected } from './errors.ts';
import { frontPorts } from './frontPorts.ts';
import { findPrefix, type Pool } from './prefixes.ts';

export interface CapacityQuestion extends Pool {
  readonly addresses?: number;
  readonly vlanGroupId?: number;
  /** The splitter the drop would hang on. */
  readonly splitterId?: number;
}
export interface Capacity { readonly addresses?: readonly string[]; readonly vlan?: number; readonly frontPort?: { readonly id: number; readonly name: string; readonly leg: number | null } }

/**
 * Whether there is room for one more customer, before anything is promised (S0-93): addresses in the pool, a VLAN in the group, a free leg
 * on the splitter. A look only; nothing is held.
 * @throws VendorError when NetBox cannot be asked
 * @example await checkCapacity(wire, { prefix: '100.64.16.0/22', vlanGroupId: 1, splitterId: 12 })
 */
export async function checkCapacity(wire: Wire, question: CapacityQuestion): Promise<Decision<Capacity, 'poolFull' | 'vlansUsedUp' | 'splitterFull'>> {
  const operation = 'capacity.check';
  const { addresses = 1, vlanGroupId, splitterId, ...pool } = question;
  const because: string[] = [];
  let found: Capacity = {};
  if (pool.prefix === undefined && pool.prefixId === undefined && vlanGroupId === undefined && splitterId === undefined) throw rejected(operation, 'Nothing was asked.', 'Name a prefix, a VLAN group or a splitter.');
  if (pool.prefix !== undefined || pool.prefixId !== undefined) {
    const prefix = await findPrefix(wire, operation, pool);
    const free = ((await wire.get(operation, `ipam/prefixes/${prefix.id}/available-ips`, { limit: whole(operation, addresses) })).body as unknown as Raw[]).map((one) => String(one['address']));
    if (free.length < addresses) return refuse('poolFull', `${prefix.prefix} has room for ${free.length} of ${addresses} addresses.`, { path: 'prefix', hint: 'Add a prefix, or free what is in quarantine.', facts: { free: free.length } });
    found = { ...found, addresses: free };
    because.push(`${prefix.prefix} has room.`);
  }
  if (vlanGroupId !== undefined) {
    const [next] = (await wire.get(operation, `ipam/vlan-groups/${whole(operation, vlanGroupId)}/available-vlans`, { limit: 1 })).body as unknown as Raw[];
    if (!next) return refuse('vlansUsedUp', 'The VLAN group has no free VLAN.', { path: 'vlanGroupId', hint: 'Widen its ranges, or release VLANs.' });
    found = { ...found, vlan: Number(next['vid']) };
    because.push(`VLAN ${Number(next['vid'])} is free.`);
  }
  if (splitterId !== undefined) {
    const [port] = await frontPorts(wire).findFree(splitterId, 1);
    if (!port) return refuse('splitterFull', 'The splitter has no free leg.', { path: 'splitterId', hint: 'Choose another splitter, or take out a cable nobody uses.' });
    found = { ...found, frontPort: { id: port.id, name: port.name, leg: port.leg } };
    because.push(`${port.name} is free.`);
  }
  return accept(found, ...because);
}
