import type { SimReply } from '../http.ts';
import { cidr, inside } from './ip.ts';
import { badFilter, type Kind } from './kinds.ts';
import { BELIEVED, render } from './render.ts';
import type { Row, Store } from './store.ts';

const MAX_PAGE = 1_000;

/** GET on a collection: filters it knows, pages by offset or cursor, and `next` with the host the server believes it has. */
export function list(data: Store, path: string, kind: Kind, query: URLSearchParams): SimReply {
  for (const [name, value] of query) if (badFilter(name, value)) return { status: 400, body: { [name]: ['Enter a number.'] } };
  let rows = data.all(path);
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    const test = filter(data, kind, name);
    if (test) rows = rows.filter((row) => values.some((value) => test(row, value)));
  }
  const asked = Number.parseInt(query.get('limit') ?? '', 10);
  const limit = asked === 0 ? MAX_PAGE : Math.min(asked > 0 ? asked : 50, MAX_PAGE);
  const link = (change: Record<string, string>): string => {
    const params = new URLSearchParams(query);
    for (const [name, value] of Object.entries(change)) params.set(name, value);
    return `${BELIEVED}/api/${path}/?${params}`;
  };
  if (query.has('start')) {
    if (query.has('offset') || query.has('ordering')) return { status: 400, body: { detail: 'start cannot be combined with offset or ordering.' } };
    const page = rows.filter((row) => row.id >= Number(query.get('start'))).slice(0, limit);
    const last = page.at(-1)?.id ?? 0;
    const more = rows.some((row) => row.id > last) && page.length === limit;
    return { status: 200, body: { count: null, next: more ? link({ start: String(last + 1), limit: String(limit) }) : null, previous: null, results: page.map((row) => render(data, path, kind, row)) } };
  }
  const offset = Number.parseInt(query.get('offset') ?? '', 10) || 0;
  const page = rows.slice(offset, offset + limit);
  return {
    status: 200,
    body: {
      count: rows.length,
      next: offset + limit < rows.length ? link({ limit: String(limit), offset: String(offset + limit) }) : null,
      previous: offset > 0 ? link({ limit: String(limit), offset: String(Math.max(0, offset - limit)) }) : null,
      results: page.map((row) => render(data, path, kind, row)),
    },
  };
}

function filter(data: Store, kind: Kind, name: string): ((row: Row, value: string) => boolean) | null {
  if (name === 'id') return (row, value) => row.id === Number(value);
  if (name === 'parent' && kind.objectType === 'ipam.ipaddress') {
    return (row, value) => {
      const outer = cidr(value);
      const inner = cidr(row['address']);
      return outer !== null && inner !== null && inner.host >= outer.network && inner.host <= outer.broadcast;
    };
  }
  if (name === 'within_include' && kind.objectType === 'ipam.prefix') {
    return (row, value) => {
      const outer = cidr(value);
      const inner = cidr(row['prefix']);
      return outer !== null && inner !== null && inside(outer, inner);
    };
  }
  if (name.startsWith('cf_')) {
    const field = data.customFields(kind.objectType).find((one) => `cf_${one.name}` === name);
    if (!field || field.filter_logic === 'disabled') return null;
    return (row, value) => {
      const have = String(((row['custom_fields'] ?? {}) as Record<string, unknown>)[field.name] ?? '');
      return field.filter_logic === 'exact' ? have === value : have.toLowerCase().includes(value.toLowerCase());
    };
  }
  const own = kind.filters[name];
  return own ? (row, value) => own(row, value, data) : null;
}
