import type { SimReply, SimRequest } from '../http.ts';
import { allocate, freeAddresses, freePrefixes, freeVlans } from './allocate.ts';
import { cidr } from './ip.ts';
import type { renderer } from './render.ts';
import type { Row, Store } from './store.ts';

type Body = Record<string, unknown>;
type Made = (path: string, row: Row, message: unknown) => void;

/** `available-ips`, `available-prefixes` and `available-vlans`: a look with GET, one or many with POST. Null when there is no such list. */
export function available(data: Store, { render, brief }: ReturnType<typeof renderer>, parent: string, id: number, what: string, { method, query }: SimRequest, body: unknown, made: Made): SimReply | null {
  const row = data.get(`ipam/${parent}`, id);
  if (!row) return { status: 404, body: { detail: `No ${parent === 'prefixes' ? 'Prefix' : 'VLANGroup'} matches the given query.` } };
  if (method !== 'GET' && method !== 'POST') return { status: 405, body: { detail: `Method "${method}" not allowed.` } };
  const limit = Math.min(Number(query.get('limit')) || 50, 1_000);
  const some = <T>(items: Generator<T>): T[] => {
    const found: T[] = [];
    for (const item of items) if (found.push(item) >= limit) break;
    return found;
  };
  const vrf = row['vrf'] === null ? null : brief(data.get('ipam/vrfs', Number(row['vrf'])) ?? row);
  const family = cidr(row['prefix'])?.family;
  const next = <T>(items: Generator<T>, to: (item: T) => Body): Body | null => {
    const { value, done } = items.next();
    return done ? null : to(value);
  };
  if (parent === 'prefixes' && what === 'available-ips') {
    if (method === 'GET') return { status: 200, body: some(freeAddresses(data, row)).map((address) => ({ family, address, vrf })) };
    return allocate(data, 'ipam/ip-addresses', () => next(freeAddresses(data, row), (address) => ({ address, vrf: row['vrf'] })), body, render, (one, message) => made('ipam/ip-addresses', one, message));
  }
  if (parent === 'prefixes' && what === 'available-prefixes') {
    if (method === 'GET') return { status: 200, body: [] };
    // The length is looked at first, always as a list, even of one.
    const wrong = ((Array.isArray(body) ? body : [body]) as Body[]).map(({ prefix_length: length }) => length === undefined ? 'this field can not be missing' : !Number.isInteger(length) ? 'this field must be int type' : Number(length) > (family === 4 ? 32 : 128) ? `Invalid prefix length (${Number(length)}) for IPv${family}` : null);
    if (wrong.some((one) => one !== null)) return { status: 400, body: wrong.map((one) => (one === null ? {} : { prefix_length: one })) };
    return allocate(data, 'ipam/prefixes', ({ prefix_length: length }) => next(freePrefixes(data, row, Number(length)), (prefix) => ({ prefix, vrf: row['vrf'] })), body, render, (one, message) => made('ipam/prefixes', one, message));
  }
  if (parent === 'vlan-groups' && what === 'available-vlans') {
    if (method === 'GET') return { status: 200, body: some(freeVlans(data, row)).map((vid) => ({ vid, group: brief(row) })) };
    const nameless = ((Array.isArray(body) ? body : [body]) as Body[]).map(({ name }) => (name ? {} : { name: ['This field is required.'] }));
    if (nameless.some((one) => 'name' in one)) return { status: 400, body: nameless };
    return allocate(data, 'ipam/vlans', () => next(freeVlans(data, row), (vid) => ({ vid, group: row.id })), body, render, (one, message) => made('ipam/vlans', one, message));
  }
  return null;
}
