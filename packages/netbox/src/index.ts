// NetBox 4.x over REST, certified against 4.6 and 4.4. See README.md.
import type { Clock, Send } from '../../../core/src/index.ts';
import { bulk } from './bulk.ts';
import { cables } from './cables.ts';
import { wire as makeWire } from './call.ts';
import { checkCapacity, type CapacityQuestion } from './capacity.ts';
import { changes } from './changes.ts';
import { devices, interfaces } from './dcim.ts';
import { frontPorts } from './frontPorts.ts';
import { ipAddresses } from './ipAddresses.ts';
import { journal } from './journal.ts';
import { installFields } from './keyField.ts';
import { objects } from './objects.ts';
import { prefixes } from './prefixes.ts';
import { sweepQuarantine } from './sweepQuarantine.ts';
import { tags } from './tags.ts';
import { tenants } from './tenants.ts';
import { topology } from './topology.ts';
import { vlans } from './vlans.ts';
import { webhooks } from './webhooks.ts';

/**
 * A NetBox client. `send` carries the address; the token is either in `send` (an n8n credential adds it) or given here. `because` goes into
 * NetBox' change log with every write that has no better reason.
 * @example const ipam = netbox(axiosSend({ baseUrl: baseUrl('https://ipam.example/api/') }), systemClock, { token });
 */
export function netbox(send: Send, clock: Clock, options: { readonly token?: string; readonly because?: string } = {}) {
  const wire = makeWire(send, clock, options);
  return {
    /** Proves address and token. @throws VendorError unauthorised | notFound @example await netbox.status() // { type: 'netbox', version: '4.6.8' } */
    async status(): Promise<{ readonly type: 'netbox'; readonly version: string }> {
      const { body } = await wire.get('status', 'status');
      return { type: 'netbox', version: String(body['netbox-version'] ?? '') };
    },
    ipAddresses: { ...ipAddresses(wire), /** Frees the quarantined addresses whose day has come. */ sweepQuarantine: (today: string, options?: { readonly limit?: number; readonly within?: string }) => sweepQuarantine(wire, today, options) },
    prefixes: prefixes(wire),
    vlans: vlans(wire),
    devices: devices(wire),
    interfaces: interfaces(wire),
    cables: cables(wire),
    frontPorts: frontPorts(wire),
    topology: topology(wire),
    /** Whether there is room for one more customer (S0-93). */
    checkCapacity: (question: CapacityQuestion) => checkCapacity(wire, question),
    tenants: tenants(wire),
    journal: journal(wire),
    tags: tags(wire),
    changes: changes(wire),
    objects: objects(wire),
    bulk: bulk(wire),
    webhooks: webhooks(wire),
    /** Makes the custom fields that taking and quarantine rely on; run again it writes nothing. */
    installFields: () => installFields(wire),
  };
}
export type NetBox = ReturnType<typeof netbox>;

export { metresOf, type Cable, type Connect, type PortRef, type PortType } from './cables.ts';
export { authorization, baseUrl } from './call.ts';
export type { Capacity, CapacityQuestion } from './capacity.ts';
export type { Change } from './changes.ts';
export { checkWebhook, type CheckedWebhook, type WebhookVerdict } from './checkWebhook.ts';
export { COLLECTIONS } from './collections.ts';
export type { DcimDevice, DcimInterface, EnsureDevice } from './dcim.ts';
export { readFrontPort, type FrontPort } from './frontPorts.ts';
export type { Allocate, Allocated, Released } from './ipAddresses.ts';
export { FREE_ON_FIELD, KEY_FIELD, type Installed } from './keyField.ts';
export type { JournalEntry } from './journal.ts';
export type { IpAddress, Prefix, Vlan } from './read.ts';
export type { Swept } from './sweepQuarantine.ts';
export type { Tenant } from './tenants.ts';
export type { WebhookEvent } from './webhooks.ts';
