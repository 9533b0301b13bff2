import type { World } from '../world.ts';

export interface Row {
  id: number;
  [field: string]: unknown;
}
export interface CustomField { readonly id: number; readonly name: string; readonly type: string; readonly object_types: readonly string[]; readonly unique: boolean; readonly filter_logic: 'loose' | 'exact' | 'disabled'; readonly required: boolean }
export interface Termination { readonly object_type: string; readonly object_id: number }

/** Every collection as rows; relations are ids, rendered as brief objects when read. */
export interface Store {
  readonly rows: Map<string, Map<number, Row>>;
  /** Whether the simulated NetBox is of this version or later. */
  atLeast(major: number, minor: number): boolean;
  customFields(objectType: string): readonly CustomField[];
  all(path: string): Row[];
  get(path: string, id: number): Row | undefined;
  insert(path: string, row: Record<string, unknown>): Row;
  touch(row: Row): void;
  /** The cable plugged into a port, if any. */
  cableAt(port: Row): Row | undefined;
  /** The ports a cable joins, side A first. */
  endsOf(cable: Row): Row[];
  /** The rows at one side. */
  side(cable: Row, side: 'a' | 'b'): Row[];
  pathOf(row: Row): string;
}
const PORTS: Readonly<Record<string, string>> = { 'dcim.interface': 'dcim/interfaces', 'dcim.frontport': 'dcim/front-ports', 'dcim.rearport': 'dcim/rear-ports' };

/** Empty tables. @example const data = store(world, '4.6.8'); seed(data, true); */
export function store(world: World, version: string): Store {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const rows = new Map<string, Map<number, Row>>();
  const paths = new WeakMap<Row, string>();
  const next = new Map<string, number>();
  let revision = 0;
  const table = (path: string): Map<number, Row> => rows.get(path) ?? rows.set(path, new Map()).get(path)!;
  // Micro-seconds grow with each change, so that two changes in one virtual instant still differ in their ETag.
  const stamp = (): string => world.clock.now().replace(/(\.\d{3})Z$/, (_, ms: string) => `${ms}${String((revision += 1) % 1_000).padStart(3, '0')}Z`);
  const made: Store = {
    rows,
    atLeast: (a, b) => major > a || (major === a && minor >= b),
    customFields: (objectType) => made.all('extras/custom-fields').filter((field) => (field['object_types'] as string[]).includes(objectType)) as unknown as CustomField[],
    all: (path) => [...table(path).values()].sort((a, b) => a.id - b.id),
    get: (path, id) => table(path).get(id),
    insert(path, fields) {
      const id = (next.get(path) ?? 0) + 1;
      next.set(path, id);
      const at = stamp();
      const row: Row = { ...fields, id, created: at, last_updated: at };
      table(path).set(id, row);
      paths.set(row, path);
      return row;
    },
    touch: (row) => void (row['last_updated'] = stamp()),
    pathOf: (row) => paths.get(row) ?? '',
    side: (cable, side) => ((cable[`${side}_terminations`] ?? []) as Termination[]).flatMap(({ object_type: type, object_id: id }) => made.get(PORTS[type] ?? '', id) ?? []),
    endsOf: (cable) => [...made.side(cable, 'a'), ...made.side(cable, 'b')],
    cableAt: (port) => made.all('dcim/cables').find((cable) => made.endsOf(cable).includes(port)),
  };
  return made;
}

/** What a small ISP has in NetBox before the first order: pools, the key field, an OLT with its PON ports, a VLAN group. */
export function seed(data: Store, keyField: boolean): void {
  const role = data.insert('ipam/roles', { name: 'Subscribers', slug: 'subscribers' });
  const prefix = { status: 'active', role: role.id, vrf: null, tenant: null, is_pool: false };
  data.insert('ipam/prefixes', { ...prefix, prefix: '100.64.16.0/22', description: 'Subscribers, CGNAT' });
  data.insert('ipam/prefixes', { ...prefix, prefix: '203.0.113.0/29', description: 'Static addresses' });
  data.insert('ipam/vlan-groups', { name: 'Subscriber C-VLANs', slug: 'subscriber-c-vlans', vid_ranges: [[100, 4000]] });
  if (keyField) {
    data.insert('extras/custom-fields', { name: 'leadlight_key', label: 'Leadlight key', type: 'text', object_types: ['ipam.ipaddress'], unique: true, required: false, filter_logic: 'loose', description: '' });
  }
  const site = data.insert('dcim/sites', { name: 'Central Office', slug: 'central-office', status: 'active', description: '' });
  const maker = data.insert('dcim/manufacturers', { name: 'Edgecore', slug: 'edgecore', description: '' });
  const type = data.insert('dcim/device-types', { manufacturer: maker.id, model: 'ASXvOLT16', slug: 'asxvolt16', description: '' });
  const oltRole = data.insert('dcim/device-roles', { name: 'OLT', slug: 'olt', description: '' });
  for (const [name, slug] of [['ONT', 'ont'], ['Splitter', 'splitter']]) data.insert('dcim/device-roles', { name, slug, description: '' });
  const olt = data.insert('dcim/devices', { name: 'olt-1', serial: 'OLT0001', role: oltRole.id, device_type: type.id, site: site.id, tenant: null, status: 'active', primary_ip4: null, primary_ip6: null, description: '' });
  for (let port = 0; port < 4; port += 1) data.insert('dcim/interfaces', { name: `pon-${port}`, device: olt.id, type: 'xgs-pon', enabled: true, mark_connected: false, description: '' });
}
