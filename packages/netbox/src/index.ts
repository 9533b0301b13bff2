// NetBox 4.x over REST, certified against 4.6. See README.md.
import type { Clock, Send } from '../../../core/src/index.ts';
import { wire as makeWire } from './call.ts';
import { devices, interfaces } from './dcim.ts';
import { ipAddresses } from './ipAddresses.ts';
import { ensureKeyField } from './keyField.ts';
import { prefixes } from './prefixes.ts';
import { journal, tenants } from './records.ts';
import { vlans } from './vlans.ts';

/**
 * A NetBox client. `send` carries the address; the token is either in `send` (an n8n credential adds it) or given here.
 * @example const ipam = netbox(axiosSend({ baseUrl: baseUrl('https://ipam.example/api/') }), systemClock, { token });
 */
export function netbox(send: Send, clock: Clock, options: { readonly token?: string } = {}) {
  const wire = makeWire(send, clock, options.token);
  return {
    /** Proves address and token. @throws VendorError unauthorised | notFound */
    async status(): Promise<{ readonly type: 'netbox'; readonly version: string }> {
      const { body } = await wire.get('status', 'status');
      return { type: 'netbox', version: String(body['netbox-version'] ?? '') };
    },
    ipAddresses: ipAddresses(wire),
    prefixes: prefixes(wire),
    vlans: vlans(wire),
    devices: devices(wire),
    interfaces: interfaces(wire),
    tenants: tenants(wire),
    journal: journal(wire),
    /** Makes the unique custom field that allocation relies on, when the token may. */
    ensureKeyField: () => ensureKeyField(wire),
  };
}
export type NetBox = ReturnType<typeof netbox>;

export { authorization, baseUrl } from './call.ts';
export type { DcimDevice, DcimInterface } from './dcim.ts';
export type { Allocate, Allocated, Released } from './ipAddresses.ts';
export { KEY_FIELD } from './keyField.ts';
export type { IpAddress, Prefix, Vlan } from './read.ts';
export type { JournalEntry, Tenant } from './records.ts';
