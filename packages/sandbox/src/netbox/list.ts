import type { SimReply } from '../http.ts';
import { badFilter, type Kind } from './kinds.ts';
import { BELIEVED, type Render } from './render.ts';
import type { Row, Store } from './store.ts';

const MAX_PAGE = 1_000;
/** How the reply looks, not what is in it. */
const SHAPE = new Set(['limit', 'offset', 'start', 'ordering', 'brief', 'fields', 'omit', 'exclude']);
type Test = (row: Row, value: string) => boolean;

/** GET on a collection: filters it knows, pages by offset or (since 4.6) cursor, and `next` with the host the server believes it has. */
export function list(data: Store, path: string, kind: Kind, query: URLSearchParams, render: Render): SimReply {
  for (const [name, value] of query) if (badFilter(name, value)) return { status: 400, body: { [name]: ['Enter a number.'] } };
  let rows = data.all(path);
  for (const name of new Set(query.keys())) {
    if (SHAPE.has(name)) continue;
    const values = query.getAll(name);
    const test = filter(data, kind, name);
    // A value that is no tag is an error, and all of them must be there; of anything else any one will do.
    const strange = name === 'tag' && values.find((value) => !data.all('extras/tags').some((tag) => tag['slug'] === value));
    if (strange) return { status: 400, body: { tag: [`Select a valid choice. ${strange} is not one of the available choices.`] } };
    if (name === 'tag') rows = rows.filter((row) => values.every((value) => test!(row, value)));
    else if (test) rows = rows.filter((row) => values.some((value) => test(row, value)));
  }
  const asked = Number.parseInt(query.get('limit') ?? '', 10);
  const limit = asked === 0 ? MAX_PAGE : Math.min(asked > 0 ? asked : 50, MAX_PAGE);
  const link = (change: Record<string, string>): string => {
    const params = new URLSearchParams(query);
    for (const [name, value] of Object.entries(change)) params.set(name, value);
    return `${BELIEVED}/api/${path}/?${params}`;
  };
  if (query.has('start') && data.atLeast(4, 6)) {
    if (query.has('offset') || query.has('ordering')) return { status: 400, body: query.has('offset') ? ["'start' and 'offset' are mutually exclusive."] : ['Ordering cannot be specified in conjunction with cursor-based pagination.'] };
    const page = rows.filter((row) => row.id >= Number(query.get('start'))).slice(0, limit);
    const last = page.at(-1)?.id ?? 0;
    const more = rows.some((row) => row.id > last) && page.length === limit;
    return { status: 200, body: { count: null, next: more ? link({ start: String(last + 1), limit: String(limit) }) : null, previous: null, results: page.map((row) => render(path, row)) } };
  }
  const ordering = query.get('ordering');
  if (ordering) rows = [...rows].sort((a, b) => (ordering.startsWith('-') ? -1 : 1) * String(a[ordering.replace('-', '')]).localeCompare(String(b[ordering.replace('-', '')])));
  const offset = Number.parseInt(query.get('offset') ?? '', 10) || 0;
  const page = rows.slice(offset, offset + limit);
  return {
    status: 200,
    body: {
      count: rows.length,
      next: offset + limit < rows.length ? link({ limit: String(limit), offset: String(offset + limit) }) : null,
      previous: offset > 0 ? link({ limit: String(limit), offset: String(Math.max(0, offset - limit)) }) : null,
      results: page.map((row) => render(path, row)),
    },
  };
}

const FOLDED = new Set(['serial', 'dns_name']);
/** What a value is compared by: `__n`, `__ic`, `__lte` … */
const LOOKUPS: Readonly<Record<string, (have: string, want: string) => boolean>> = {
  n: (have, want) => have !== want, ic: (have, want) => have.toLowerCase().includes(want.toLowerCase()), isw: (have, want) => have.toLowerCase().startsWith(want.toLowerCase()), ie: (have, want) => have.toLowerCase() === want.toLowerCase(),
  lte: (have, want) => have !== '' && have <= want, gte: (have, want) => have !== '' && have >= want, empty: (have, want) => (have === '') === /^true$/i.test(want),
};

function filter(data: Store, kind: Kind, name: string): Test | null {
  const own = kind.filters?.[name];
  if (own) return (row, value) => own(row, value, data);
  const [base = '', lookup] = name.split('__');
  const compare = lookup === undefined ? undefined : LOOKUPS[lookup];
  if (lookup !== undefined && !compare) return null;
  if (base.startsWith('cf_')) {
    const field = data.customFields(kind.objectType).find((one) => `cf_${one.name}` === base);
    if (!field || field.filter_logic === 'disabled') return null;
    const usual = compare ?? (field.filter_logic === 'exact' ? (have: string, want: string) => have === want : LOOKUPS['ic']!);
    return (row, value) => usual(String(((row['custom_fields'] ?? {}) as Record<string, unknown>)[field.name] ?? ''), value);
  }
  if (base === 'q') return (row, value) => [row['name'], row['slug'], row['description'], row['serial']].some((one) => String(one ?? '').toLowerCase().includes(value.toLowerCase()));
  if (base === 'tag') return (row, value) => ((row['tags'] ?? []) as number[]).some((id) => data.get('extras/tags', id)?.['slug'] === value);
  const relation = kind.relations?.[base.replace(/_id$/, '')];
  const textOf = (row: Row): string => {
    if (relation && base.endsWith('_id')) return String(row[base.slice(0, -3)] ?? '');
    const other = relation && typeof row[base] === 'number' ? data.get(relation, row[base]) : undefined;
    return String(other ? (other['slug'] ?? other['name'] ?? '') : (row[base] ?? ''));
  };
  if (!relation && base !== 'id' && !(base in kind.defaults) && !kind.required.includes(base) && kind.objectType !== 'core.objectchange') return null;
  return (row, value) => (compare ?? ((have: string, want: string) => have === want || (FOLDED.has(base) && have.toLowerCase() === want.toLowerCase())))(textOf(row), value);
}
