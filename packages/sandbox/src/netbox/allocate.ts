import type { SimReply } from '../http.ts';
import { cidr, dotted, inside } from './ip.ts';
import { KINDS } from './kinds.ts';
import { etagOf, render } from './render.ts';
import type { Row, Store } from './store.ts';
import { validate } from './validate.ts';

const FULL: SimReply = { status: 409, body: { detail: 'Insufficient resources are available to satisfy the request' } };

/** Free addresses of a prefix, without network and broadcast unless it is a pool. */
export function* freeAddresses(data: Store, prefix: Row): Generator<string> {
  const net = cidr(prefix['prefix'])!;
  const taken = new Set(data.all('ipam/ip-addresses').map((row) => cidr(row['address'])).filter((one) => one !== null && inside({ ...net, length: 0 }, one)).map((one) => one!.host));
  const bare = prefix['is_pool'] === true || net.length >= 31;
  for (let host = net.network + (bare ? 0 : 1); host <= net.broadcast - (bare ? 0 : 1); host += 1) if (!taken.has(host)) yield `${dotted(host)}/${net.length}`;
}

/** POST available-*: the server picks the slot, then validates; a list is all or nothing. Handlers run one after the other, as under NetBox' lock. */
export function allocate(data: Store, path: 'ipam/ip-addresses' | 'ipam/vlans', free: Iterable<Record<string, unknown>>, body: unknown): SimReply {
  const wanted = (Array.isArray(body) ? body : [body]) as Record<string, unknown>[];
  const slots = free[Symbol.iterator]();
  const picked: Record<string, unknown>[] = [];
  while (picked.length < wanted.length) {
    const slot = slots.next();
    if (slot.done) return FULL;
    picked.push(slot.value);
  }
  const kind = KINDS[path]!;
  const made: Row[] = [];
  const errors: object[] = [];
  for (const [i, one] of wanted.entries()) {
    const checked = validate(data, path, kind, { ...one, ...picked[i] });
    errors.push('errors' in checked ? checked.errors : {});
    if ('row' in checked) made.push(data.insert(path, checked.row));
  }
  if (errors.some((one) => Object.keys(one).length > 0)) {
    for (const row of made) data.rows.get(path)!.delete(row.id);
    return { status: 400, body: Array.isArray(body) ? errors : errors[0] };
  }
  const shown = made.map((row) => render(data, path, kind, row));
  return { status: 201, body: Array.isArray(body) ? shown : shown[0], headers: Array.isArray(body) ? {} : { etag: etagOf(made[0]!) } };
}

/** Free VLAN ids of a group, lowest first. */
export function* freeVlans(data: Store, group: Row): Generator<Record<string, unknown>> {
  const taken = new Set(data.all('ipam/vlans').filter((row) => row['group'] === group.id).map((row) => row['vid']));
  for (const [from, to] of (group['vid_ranges'] ?? [[1, 4094]]) as [number, number][]) for (let vid = from; vid <= to; vid += 1) if (!taken.has(vid)) yield { vid, group: group.id };
}
