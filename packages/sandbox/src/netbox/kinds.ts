// What each collection is called, may be filtered by, and requires. A filter not listed is ignored, as django-filter does.
import { cidr, inside } from './ip.ts';
import type { Row, Store } from './store.ts';

export interface Kind {
  readonly objectType: string;
  readonly label: string;
  readonly required: readonly string[];
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** Field → collection it points into. */
  readonly relations?: Readonly<Record<string, string>>;
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Sets of fields that must differ; `null` in one of them never clashes. */
  readonly unique?: readonly (readonly string[])[];
  /** Filters beyond those of its fields and relations. */
  readonly filters?: Readonly<Record<string, (row: Row, value: string, data: Store) => boolean>>;
  /** Collections whose rows keep this one from being deleted, or go with it. */
  readonly protects?: readonly (readonly [string, string])[];
  readonly cascades?: readonly (readonly [string, string])[];
}
type Filters = NonNullable<Kind['filters']>;

const IP = ['active', 'reserved', 'deprecated', 'dhcp', 'slaac'];
const BASICS = { description: '', comments: '' };
const near = (field: string, test: (outer: NonNullable<ReturnType<typeof cidr>>, inner: NonNullable<ReturnType<typeof cidr>>) => boolean): Filters[string] => (row, value) => {
  const [outer, inner] = [cidr(value), cidr(row[field])];
  return outer !== null && inner !== null && test(outer, inner);
};
const interfaceOn = (row: Row, data: Store): Row | undefined => (row['assigned_object_type'] === 'dcim.interface' ? data.get('dcim/interfaces', Number(row['assigned_object_id'])) : undefined);
/** Something a cable ends at: free when it has neither cable nor mark. */
const port: Filters = {
  cabled: (row, value, data) => String(data.cableAt(row) !== undefined) === value.toLowerCase(),
  occupied: (row, value, data) => String(data.cableAt(row) !== undefined || row['mark_connected'] === true) === value.toLowerCase(),
};
const named = (objectType: string, label: string, more: Partial<Kind> = {}): Kind => ({ objectType, label, required: ['name', 'slug'], unique: [['name'], ['slug']], ...more, defaults: { ...BASICS, ...more.defaults } });
const component = (objectType: string, label: string, more: Partial<Kind> = {}): Kind => ({
  objectType, label, required: ['device', 'name', 'type'], unique: [['device', 'name']], relations: { device: 'dcim/devices' }, filters: port, ...more, defaults: { description: '', label: '', mark_connected: false, ...more.defaults },
});

export const KINDS: Readonly<Record<string, Kind>> = {
  'ipam/vrfs': { objectType: 'ipam.vrf', label: 'VRF', required: ['name'], defaults: { enforce_unique: true, rd: null, ...BASICS }, protects: [['ipam/prefixes', 'vrf'], ['ipam/ip-addresses', 'vrf']] },
  'ipam/prefixes': {
    objectType: 'ipam.prefix', label: 'Prefix', required: ['prefix'], choices: { status: ['container', 'active', 'reserved', 'deprecated'] }, relations: { role: 'ipam/roles', tenant: 'tenancy/tenants', vrf: 'ipam/vrfs' },
    defaults: { status: 'active', vrf: null, tenant: null, role: null, is_pool: false, ...BASICS },
    filters: { within: near('prefix', (outer, inner) => inside(outer, inner) && inner.length > outer.length), within_include: near('prefix', inside) },
  },
  'ipam/ip-addresses': {
    objectType: 'ipam.ipaddress', label: 'IP address', required: ['address'], choices: { status: IP }, relations: { tenant: 'tenancy/tenants', vrf: 'ipam/vrfs' },
    defaults: { status: 'active', vrf: null, tenant: null, role: '', assigned_object_type: null, assigned_object_id: null, dns_name: '', ...BASICS },
    filters: {
      address: (row, value) => row['address'] === value || String(row['address']).split('/')[0] === value,
      parent: near('address', (outer, inner) => outer.family === inner.family && inner.host >= outer.network && inner.host <= outer.broadcast),
      device_id: (row, value, data) => String(interfaceOn(row, data)?.['device'] ?? '') === value,
    },
  },
  'ipam/vlan-groups': named('ipam.vlangroup', 'VLAN group', { defaults: { vid_ranges: [[1, 4094]] }, protects: [['ipam/vlans', 'group']] }),
  'ipam/vlans': { objectType: 'ipam.vlan', label: 'VLAN', required: ['vid', 'name'], choices: { status: ['active', 'reserved', 'deprecated'] }, relations: { group: 'ipam/vlan-groups', tenant: 'tenancy/tenants' }, defaults: { status: 'active', group: null, tenant: null, ...BASICS }, unique: [['group', 'name'], ['group', 'vid']] },
  'ipam/roles': named('ipam.role', 'role', { protects: [['ipam/prefixes', 'role']] }),
  'tenancy/tenants': named('tenancy.tenant', 'tenant', { protects: [['ipam/ip-addresses', 'tenant'], ['ipam/prefixes', 'tenant'], ['dcim/devices', 'tenant']] }),
  'dcim/sites': named('dcim.site', 'site', { choices: { status: ['planned', 'staging', 'active', 'decommissioning', 'retired'] }, defaults: { status: 'active' }, protects: [['dcim/devices', 'site']] }),
  'dcim/manufacturers': named('dcim.manufacturer', 'manufacturer', { protects: [['dcim/device-types', 'manufacturer']] }),
  'dcim/device-roles': named('dcim.devicerole', 'device role', { protects: [['dcim/devices', 'role']] }),
  'dcim/device-types': { objectType: 'dcim.devicetype', label: 'device type', required: ['manufacturer', 'model', 'slug'], relations: { manufacturer: 'dcim/manufacturers' }, defaults: { ...BASICS }, unique: [['manufacturer', 'model'], ['manufacturer', 'slug']], protects: [['dcim/devices', 'device_type']] },
  'dcim/devices': {
    objectType: 'dcim.device', label: 'device', required: ['role', 'device_type', 'site'], choices: { status: ['offline', 'active', 'planned', 'staged', 'failed', 'inventory', 'decommissioning'] },
    relations: { role: 'dcim/device-roles', device_type: 'dcim/device-types', site: 'dcim/sites', tenant: 'tenancy/tenants', primary_ip4: 'ipam/ip-addresses', primary_ip6: 'ipam/ip-addresses' },
    defaults: { name: null, status: 'active', serial: '', tenant: null, primary_ip4: null, primary_ip6: null, ...BASICS }, unique: [['site', 'name']], cascades: [['dcim/interfaces', 'device'], ['dcim/front-ports', 'device'], ['dcim/rear-ports', 'device']],
  },
  'dcim/interfaces': component('dcim.interface', 'interface', { defaults: { enabled: true } }),
  'dcim/rear-ports': component('dcim.rearport', 'rear port', { defaults: { positions: 1 } }),
  'dcim/front-ports': component('dcim.frontport', 'front port', { defaults: { positions: 1, rear_ports: [] } }),
  'dcim/cables': {
    objectType: 'dcim.cable', label: 'cable', required: [], choices: { status: ['connected', 'planned', 'decommissioning'] }, defaults: { type: null, status: 'connected', label: '', length: null, length_unit: null, a_terminations: [], b_terminations: [], ...BASICS },
    filters: { site_id: (row, value, data) => data.endsOf(row).some((end) => String(data.get('dcim/devices', Number(end['device']))?.['site'] ?? '') === value) },
  },
  'extras/journal-entries': { objectType: 'extras.journalentry', label: 'journal entry', required: ['assigned_object_type', 'assigned_object_id', 'comments'], choices: { kind: ['info', 'success', 'warning', 'danger'] }, defaults: { kind: 'info' } },
  'extras/tags': named('extras.tag', 'tag', { defaults: { color: '9e9e9e' } }),
  'extras/custom-fields': { objectType: 'extras.customfield', label: 'custom field', required: ['name', 'object_types'], defaults: { type: 'text', label: '', unique: false, required: false, filter_logic: 'loose', description: '' }, unique: [['name']], filters: { object_type: (row, value) => (row['object_types'] as string[]).includes(value) } },
  'extras/webhooks': { objectType: 'extras.webhook', label: 'webhook', required: ['name', 'payload_url'], defaults: { http_method: 'POST', http_content_type: 'application/json', secret: '', description: '' }, unique: [['name']] },
  'extras/event-rules': { objectType: 'extras.eventrule', label: 'event rule', required: ['name', 'object_types', 'event_types', 'action_type', 'action_object_type'], choices: { action_type: ['webhook', 'script', 'notification'] }, defaults: { enabled: true, description: '' }, unique: [['name']] },
  'core/object-changes': { objectType: 'core.objectchange', label: 'object change', required: [], defaults: {} },
};

const NUMERIC = /^(id|vid|[a-z_]+_id)$/;
/** @returns whether the value cannot be a filter, for the 400 NetBox gives */
export function badFilter(name: string, value: string): boolean {
  return NUMERIC.test(name) && name !== 'request_id' && !/^\d+$/.test(value);
}
