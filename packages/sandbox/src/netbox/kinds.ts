// What each collection is called, may be filtered by, and requires. A filter not listed is ignored, as django-filter does.
import type { Row, Store } from './store.ts';

export interface Kind {
  readonly objectType: string;
  readonly label: string;
  readonly required: readonly string[];
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** Field → collection it points into. */
  readonly relations?: Readonly<Record<string, string>>;
  readonly filters: Readonly<Record<string, (row: Row, value: string, data: Store) => boolean>>;
  readonly defaults: Readonly<Record<string, unknown>>;
}
type Filter = Kind['filters'][string];

const field = (name: string): Filter => (row, value) => String(row[name] ?? '') === value;
const folded = (name: string): Filter => (row, value) => String(row[name] ?? '').toLowerCase() === value.toLowerCase();
const related = (name: string, path: string): Filter => (row, value, data) => {
  const slug = typeof row[name] === 'number' ? data.get(path, row[name])?.['slug'] : row[name];
  return slug === value;
};
const IP = ['active', 'reserved', 'deprecated', 'dhcp', 'slaac'];
const POOL = ['container', 'active', 'reserved', 'deprecated'];

export const KINDS: Readonly<Record<string, Kind>> = {
  'ipam/prefixes': { objectType: 'ipam.prefix', label: 'Prefix', required: ['prefix'], choices: { status: POOL }, relations: { role: 'ipam/roles', tenant: 'tenancy/tenants' }, defaults: { status: 'active', vrf: null, role: null, is_pool: false, description: '' }, filters: { prefix: field('prefix'), status: field('status'), role: related('role', 'ipam/roles') } },
  'ipam/ip-addresses': { objectType: 'ipam.ipaddress', label: 'IP address', required: ['address'], choices: { status: IP }, relations: { tenant: 'tenancy/tenants' }, defaults: { status: 'active', vrf: null, tenant: null, role: null, assigned_object_type: null, assigned_object_id: null, dns_name: '', description: '', comments: '' }, filters: { address: (row, value) => row['address'] === value || String(row['address']).split('/')[0] === value, status: field('status'), dns_name: folded('dns_name'), tenant_id: field('tenant') } },
  'ipam/vlans': { objectType: 'ipam.vlan', label: 'VLAN', required: ['vid', 'name'], choices: { status: ['active', 'reserved', 'deprecated'] }, relations: { group: 'ipam/vlan-groups', tenant: 'tenancy/tenants' }, defaults: { status: 'active', group: null, tenant: null, description: '' }, filters: { name: field('name'), vid: field('vid'), group_id: field('group') } },
  'ipam/vlan-groups': { objectType: 'ipam.vlangroup', label: 'VLAN group', required: ['name', 'slug'], defaults: {}, filters: { name: field('name'), slug: field('slug') } },
  'ipam/roles': { objectType: 'ipam.role', label: 'role', required: ['name', 'slug'], defaults: {}, filters: { name: field('name'), slug: field('slug') } },
  'tenancy/tenants': { objectType: 'tenancy.tenant', label: 'tenant', required: ['name', 'slug'], defaults: { description: '' }, filters: { name: folded('name'), slug: field('slug') } },
  'dcim/devices': { objectType: 'dcim.device', label: 'device', required: ['name', 'role'], choices: { status: ['offline', 'active', 'planned', 'staged', 'failed', 'inventory', 'decommissioning'] }, defaults: { status: 'active', serial: '' }, filters: { name: folded('name'), serial: folded('serial'), role: field('role') } },
  'dcim/interfaces': { objectType: 'dcim.interface', label: 'interface', required: ['device', 'name', 'type'], relations: { device: 'dcim/devices' }, defaults: { enabled: true }, filters: { name: field('name'), device_id: field('device') } },
  'extras/journal-entries': { objectType: 'extras.journalentry', label: 'journal entry', required: ['assigned_object_type', 'assigned_object_id', 'comments'], choices: { kind: ['info', 'success', 'warning', 'danger'] }, defaults: { kind: 'info' }, filters: { assigned_object_type: field('assigned_object_type'), assigned_object_id: field('assigned_object_id'), kind: field('kind') } },
  'extras/custom-fields': { objectType: 'extras.customfield', label: 'custom field', required: ['name', 'object_types'], defaults: { type: 'text', label: '', unique: false, required: false, filter_logic: 'loose', description: '' }, filters: { name: field('name'), type: field('type') } },
};

const NUMERIC = new Set(['id', 'vid', 'tenant_id', 'group_id', 'device_id', 'assigned_object_id']);
/** @returns the field whose value cannot be a filter, for the 400 NetBox gives */
export function badFilter(name: string, value: string): boolean {
  return NUMERIC.has(name) && !/^\d+$/.test(value);
}
