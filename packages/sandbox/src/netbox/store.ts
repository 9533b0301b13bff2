import type { World } from '../world.ts';

export interface Row {
  id: number;
  [field: string]: unknown;
}
export interface CustomField { readonly id: number; readonly name: string; readonly type: string; readonly object_types: readonly string[]; readonly unique: boolean; readonly filter_logic: 'loose' | 'exact' | 'disabled'; readonly required: boolean }

/** Every collection as rows; relations are ids, rendered as brief objects when read. */
export interface Store {
  readonly rows: Map<string, Map<number, Row>>;
  customFields(objectType: string): readonly CustomField[];
  all(path: string): Row[];
  get(path: string, id: number): Row | undefined;
  insert(path: string, row: Record<string, unknown>): Row;
  touch(row: Row): void;
}

/** Empty tables. @example const data = store(world); seed(data, true); */
export function store(world: World): Store {
  const rows = new Map<string, Map<number, Row>>();
  const next = new Map<string, number>();
  let revision = 0;
  const table = (path: string): Map<number, Row> => rows.get(path) ?? rows.set(path, new Map()).get(path)!;
  // Micro-seconds grow with each change, so that two changes in one virtual instant still differ in their ETag.
  const stamp = (): string => world.clock.now().replace(/(\.\d{3})Z$/, (_, ms: string) => `${ms}${String((revision += 1) % 1_000).padStart(3, '0')}Z`);
  const made: Store = {
    rows,
    customFields: (objectType) => made.all('extras/custom-fields').filter((field) => (field['object_types'] as string[]).includes(objectType)) as unknown as CustomField[],
    all: (path) => [...table(path).values()].sort((a, b) => a.id - b.id),
    get: (path, id) => table(path).get(id),
    insert(path, fields) {
      const id = (next.get(path) ?? 0) + 1;
      next.set(path, id);
      const at = stamp();
      const row: Row = { ...fields, id, created: at, last_updated: at };
      table(path).set(id, row);
      return row;
    },
    touch: (row) => void (row['last_updated'] = stamp()),
  };
  return made;
}

/** What a small ISP has in NetBox before the first order: pools, the key field, an OLT with its PON ports, a VLAN group. */
export function seed(data: Store, keyField: boolean): void {
  const role = data.insert('ipam/roles', { name: 'Subscribers', slug: 'subscribers' });
  data.insert('ipam/prefixes', { prefix: '100.64.16.0/22', status: 'active', role: role.id, vrf: null, is_pool: false, description: 'Subscribers, CGNAT' });
  data.insert('ipam/prefixes', { prefix: '203.0.113.0/29', status: 'active', role: role.id, vrf: null, is_pool: false, description: 'Static addresses' });
  data.insert('ipam/vlan-groups', { name: 'Subscriber C-VLANs', slug: 'subscriber-c-vlans', vid_ranges: [[100, 4000]] });
  if (keyField) data.insert('extras/custom-fields', { name: 'leadlight_key', label: 'Leadlight key', type: 'text', object_types: ['ipam.ipaddress'], unique: true, required: false, filter_logic: 'loose' });
  const olt = data.insert('dcim/devices', { name: 'olt-1', serial: 'OLT0001', role: 'olt', status: 'active' });
  for (let port = 0; port < 4; port += 1) data.insert('dcim/interfaces', { name: `pon-${port}`, device: olt.id, type: 'xgs-pon', enabled: true });
}
