import type { SimReply } from '../http.ts';
import { cidr, inside, written } from './ip.ts';
import { KINDS } from './kinds.ts';
import type { Render } from './render.ts';
import type { Row, Store } from './store.ts';
import { validate } from './validate.ts';

type Body = Record<string, unknown>;
const FULL: SimReply = { status: 409, body: { detail: 'Insufficient resources are available to satisfy the request' } };

/** Free addresses of a prefix, without network and broadcast unless it is a pool or has no room for them. */
export function* freeAddresses(data: Store, prefix: Row): Generator<string> {
  const net = cidr(prefix['prefix'])!;
  const taken = new Set(data.all('ipam/ip-addresses').filter((row) => row['vrf'] === prefix['vrf']).flatMap((row) => cidr(row['address'])?.host ?? []));
  const bare = prefix['is_pool'] === true || net.length >= (net.family === 4 ? 31 : 127);
  const last = net.family === 4 && !bare ? net.broadcast - 1n : net.broadcast;
  for (let host = net.network + (bare ? 0n : 1n); host <= last; host += 1n) if (!taken.has(host)) yield `${written(net.family, host)}/${net.length}`;
}

/** Free prefixes of a length, lowest first, beside the children a prefix has. */
export function* freePrefixes(data: Store, parent: Row, length: number): Generator<string> {
  const net = cidr(parent['prefix'])!;
  const width = net.family === 4 ? 32 : 128;
  if (length < net.length) return;
  const size = 1n << BigInt(width - length);
  const children = data.all('ipam/prefixes').filter((row) => row.id !== parent.id && row['vrf'] === parent['vrf']).flatMap((row) => cidr(row['prefix']) ?? []).filter((one) => inside(net, one));
  for (let at = net.network; at + size - 1n <= net.broadcast; at += size) if (!children.some((one) => one.network <= at + size - 1n && one.broadcast >= at)) yield `${written(net.family, at)}/${length}`;
}

/** POST available-*: the server picks the slot, then validates; a list is all or nothing. Handlers run one after the other, as under NetBox' lock. */
export function allocate(data: Store, path: 'ipam/ip-addresses' | 'ipam/vlans' | 'ipam/prefixes', slot: (wanted: Body) => Body | null, body: unknown, render: Render, made: (row: Row, message: unknown) => void): SimReply {
  const wanted = (Array.isArray(body) ? body : [body]) as Body[];
  const kind = KINDS[path]!;
  const rows: Row[] = [];
  const errors: object[] = [];
  const undo = (): void => rows.forEach((row) => data.rows.get(path)!.delete(row.id));
  for (const one of wanted) {
    const picked = slot(one);
    if (!picked) {
      undo();
      return FULL;
    }
    const checked = validate(data, path, kind, { ...one, ...picked });
    errors.push('errors' in checked ? checked.errors : {});
    // One that is refused still holds its slot against the next of the same list.
    rows.push(data.insert(path, 'row' in checked ? checked.row : picked));
  }
  if (errors.some((one) => Object.keys(one).length > 0)) {
    undo();
    return { status: 400, body: Array.isArray(body) ? errors : errors[0] };
  }
  rows.forEach((row, i) => made(row, wanted[i]!['changelog_message']));
  const shown = rows.map((row) => render(path, row));
  return { status: 201, body: Array.isArray(body) ? shown : shown[0] };
}

/** Free VLAN ids of a group, lowest first. */
export function* freeVlans(data: Store, group: Row): Generator<number> {
  const taken = new Set(data.all('ipam/vlans').filter((row) => row['group'] === group.id).map((row) => row['vid']));
  for (const [from, to] of (group['vid_ranges'] ?? [[1, 4094]]) as [number, number][]) for (let vid = from; vid <= to; vid += 1) if (!taken.has(vid)) yield vid;
}
