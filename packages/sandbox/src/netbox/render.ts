import { KINDS } from './kinds.ts';
import type { Row, Store, Termination } from './store.ts';
import { tracePath } from './trace.ts';

// What the server believes its own address is: another host than the one it was reached by, as behind a proxy.
export const BELIEVED = 'http://netbox.internal:8000';
export type Render = (path: string, row: Row) => Record<string, unknown>;
const PORTS = new Set(['dcim/interfaces', 'dcim/front-ports', 'dcim/rear-ports']);
const OBJECTS: Readonly<Record<string, string>> = { 'dcim.interface': 'dcim/interfaces', 'dcim.frontport': 'dcim/front-ports', 'dcim.rearport': 'dcim/rear-ports' };

const labelled = (value: unknown): unknown => (value === undefined || value === null || value === '' ? null : { value, label: String(value).charAt(0).toUpperCase() + String(value).slice(1) });
const display = (row: Row): string => String(row['address'] ?? row['prefix'] ?? row['model'] ?? row['name'] ?? row['label'] ?? `#${row.id}`);
/** Weak, and new after each change; servers before 4.6 have none. */
export const etagOf = (row: Row): string => `W/"${String(row['last_updated'])}"`;

/** How rows look from outside: choices as value and label, relations as brief objects, every custom field of the type, ports with their cable. */
export function renderer(data: Store): { readonly render: Render; readonly brief: (row: Row) => Record<string, unknown> } {
  function brief(row: Row): Record<string, unknown> {
    const path = data.pathOf(row);
    const device = typeof row['device'] === 'number' ? data.get('dcim/devices', row['device']) : undefined;
    return {
      id: row.id, url: `${BELIEVED}/api/${path}/${row.id}/`, display: display(row), ...(row['name'] === undefined ? {} : { name: row['name'] }), ...(row['slug'] ? { slug: row['slug'] } : {}), ...(row['vid'] ? { vid: row['vid'] } : {}), ...(row['address'] ? { address: row['address'] } : {}),
      ...(device ? { device: brief(device) } : {}), ...(PORTS.has(path) ? { cable: data.cableAt(row) ? brief(data.cableAt(row)!) : null, _occupied: occupied(row) } : {}), description: row['description'] ?? '',
    };
  }
  const occupied = (row: Row): boolean => data.cableAt(row) !== undefined || row['mark_connected'] === true;

  function port(path: string, row: Row): Record<string, unknown> {
    const cable = data.cableAt(row);
    const side = cable && (data.side(cable, 'a').includes(row) ? 'A' : 'B');
    const peers = cable ? data.side(cable, side === 'A' ? 'b' : 'a') : [];
    const out: Record<string, unknown> = { cable: cable ? brief(cable) : null, cable_end: side ?? null, link_peers: peers.map(brief), link_peers_type: peers[0] ? KINDS[data.pathOf(peers[0])]!.objectType : null, _occupied: occupied(row) };
    if (path === 'dcim/interfaces') {
      const trace = cable ? tracePath(data, row) : null;
      out['connected_endpoints'] = trace?.complete ? [brief(trace.end!)] : null;
      out['connected_endpoints_type'] = trace?.complete ? 'dcim.interface' : null;
      out['connected_endpoints_reachable'] = trace !== null && trace.complete && trace.active;
    }
    if (path === 'dcim/front-ports' && !data.atLeast(4, 5)) {
      const [mapping] = row['rear_ports'] as { rear_port: number; rear_port_position: number }[];
      const rear = mapping && data.get('dcim/rear-ports', mapping.rear_port);
      Object.assign(out, { rear_port: rear ? brief(rear) : null, rear_port_position: mapping?.rear_port_position ?? null, rear_ports: undefined, positions: undefined });
    }
    if (path === 'dcim/rear-ports' && data.atLeast(4, 5)) {
      out['front_ports'] = data.all('dcim/front-ports').flatMap((front) => (front['rear_ports'] as { rear_port: number; rear_port_position: number }[]).filter((one) => one.rear_port === row.id).map((one) => ({ position: one.rear_port_position, front_port: front.id, front_port_position: 1 })));
    }
    return out;
  }

  const render: Render = (path, row) => {
    const kind = KINDS[path]!;
    const out: Record<string, unknown> = { ...row, url: `${BELIEVED}/api/${path}/${row.id}/`, display: display(row) };
    for (const name of Object.keys(kind.choices ?? {})) out[name] = labelled(row[name]);
    for (const [name, target] of Object.entries(kind.relations ?? {})) {
      const other = typeof row[name] === 'number' ? data.get(target, row[name]) : undefined;
      out[name] = other ? brief(other) : null;
    }
    if (path === 'ipam/ip-addresses' || path === 'ipam/prefixes') out['family'] = /:/.test(display(row)) ? { value: 6, label: 'IPv6' } : { value: 4, label: 'IPv4' };
    if (PORTS.has(path)) Object.assign(out, { type: labelled(row['type']) }, port(path, row));
    if (path === 'extras/custom-fields') out['type'] = labelled(row['type']);
    if (path === 'dcim/cables') {
      out['length_unit'] = labelled(row['length_unit']);
      for (const side of ['a_terminations', 'b_terminations']) out[side] = (row[side] as Termination[]).map((end) => ({ ...end, object: brief(data.get(OBJECTS[end.object_type]!, end.object_id)!) }));
    }
    if (path === 'core/object-changes') return out;
    out['custom_fields'] = Object.fromEntries(data.customFields(kind.objectType).map((field) => [field.name, ((row['custom_fields'] ?? {}) as Record<string, unknown>)[field.name] ?? null]));
    out['tags'] = ((row['tags'] ?? []) as number[]).flatMap((id) => data.get('extras/tags', id) ?? []).map(brief);
    return out;
  };
  return { render, brief };
}
