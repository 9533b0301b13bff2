// The little of MongoDB's query language the NBI passes through, and the rewriting GenieACS does before (acs.md 1.3).
type Doc = Record<string, unknown>;

/** Thrown where the real NBI throws outside its error handling: the worker dies and the client never hears back. */
export class Crash extends Error {}

const OPERATORS = new Set(['$eq', '$gt', '$gte', '$in', '$lt', '$lte', '$ne', '$nin', '$regex', '$exists', '$type', '$not', '$options', '$all', '$elemMatch', '$size', '$mod']);

function at(doc: unknown, path: string): unknown {
  let node = doc;
  for (const part of path.split('.')) node = (node as Doc | null | undefined)?.[part];
  return node;
}

/** GenieACS reads a plain text as: the text, or a number, or a date, or `/regex/`, or a `*` wildcard. */
function readings(value: unknown): unknown[] {
  if (typeof value !== 'string') return [value];
  const all: unknown[] = [];
  const slashed = /^\/(.*)\/([a-z]*)$/s.exec(value);
  if (slashed) all.push(new RegExp(slashed[1]!, slashed[2]));
  else if (value.includes('*')) all.push(new RegExp(`^${value.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&')).join('.*')}$`));
  all.push(value);
  if (value.trim() !== '' && !Number.isNaN(Number(value))) all.push(Number(value));
  return all;
}

const equals = (have: unknown, want: unknown): boolean =>
  Array.isArray(have) ? have.some((one) => equals(one, want)) : want instanceof RegExp ? typeof have === 'string' && want.test(have) : have === want || (want === null && have === undefined);

function compare(have: unknown, want: unknown): number {
  if (typeof have === 'number' && typeof want === 'number') return have - want;
  if (typeof have === 'string' && typeof want === 'string') return have < want ? -1 : have > want ? 1 : 0;
  return Number.NaN;
}

function holds(have: unknown, condition: unknown, expand: boolean): boolean {
  const each = (want: unknown) => (expand ? readings(want) : [want]);
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) return each(condition).some((one) => equals(have, one));
  return Object.entries(condition).every(([operator, want]) => {
    switch (operator) {
      case '$eq': return each(want).some((one) => equals(have, one));
      case '$ne': return !each(want).some((one) => equals(have, one));
      case '$in': return (want as unknown[]).flatMap(each).some((one) => equals(have, one));
      case '$nin': return !(want as unknown[]).flatMap(each).some((one) => equals(have, one));
      case '$gt': return compare(have, want) > 0;
      case '$gte': return compare(have, want) >= 0;
      case '$lt': return compare(have, want) < 0;
      case '$lte': return compare(have, want) <= 0;
      case '$exists': return (have !== undefined) === Boolean(want);
      case '$regex': return typeof have === 'string' && new RegExp(String(want)).test(have);
      default: throw new Crash(`unknown operator: ${operator}`);
    }
  });
}

/** Checks a query as the server would, before any document is looked at. */
function check(query: Doc, kind: 'devices' | 'tasks' | 'other'): void {
  for (const [key, value] of Object.entries(query)) {
    if (key === '$and' || key === '$or' || key === '$nor') {
      if (!Array.isArray(value)) throw new Crash(`${key} must be an array`);
      for (const one of value) check(one as Doc, kind);
    } else if (key.startsWith('$')) {
      throw new Crash(`unknown top level operator: ${key}`);
    } else {
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        const names = Object.keys(value);
        for (const name of names) if (name.startsWith('$') && !OPERATORS.has(name)) throw new Crash(`unknown operator: ${name}`);
        if (kind === 'devices' && names.length > 1 && (names.includes('$ne') || names.includes('$not'))) throw new Crash('Cannot mix $ne or $not with other operators');
        if (kind === 'tasks' && ['_id', 'timestamp', 'retries'].includes(key) && names.includes('$regex')) throw new Crash('Operator not supported');
      }
      const ids = typeof value === 'object' && value !== null ? Object.values(value).flat() : [value];
      if (kind === 'tasks' && key === '_id' && ids.some((id) => typeof id === 'string' && !/^[0-9a-f]{24}$/i.test(id))) throw new Crash('Argument passed in must be a string of 24 hex characters');
    }
  }
}

function matches(doc: Doc, query: Doc, devices: boolean): boolean {
  return Object.entries(query).every(([key, value]) => {
    if (key === '$and') return (value as Doc[]).every((one) => matches(doc, one, devices));
    if (key === '$or') return (value as Doc[]).some((one) => matches(doc, one, devices));
    if (key === '$nor') return !(value as Doc[]).some((one) => matches(doc, one, devices));
    const path = devices && !key.split('.').at(-1)!.startsWith('_') ? `${key}._value` : key;
    return holds(at(doc, path), value, devices);
  });
}

export interface Find {
  readonly query: Doc;
  readonly sort?: Record<string, 1 | -1>;
  readonly projection?: readonly string[];
  readonly skip: number;
  readonly limit: number;
}

/** @throws Crash where the real server would die */
export function find(docs: readonly Doc[], how: Find, collection: string): { readonly total: number; readonly page: readonly Doc[] } {
  const kind = collection === 'devices' ? 'devices' : collection === 'tasks' ? 'tasks' : 'other';
  check(how.query, kind);
  const hits = docs.filter((doc) => matches(doc, how.query, kind === 'devices'));
  if (how.sort) {
    const keys = Object.entries(how.sort).map(([key, way]) => [kind === 'devices' && !key.split('.').at(-1)!.startsWith('_') ? `${key}._value` : key, way] as const);
    hits.sort((a, b) => {
      for (const [key, way] of keys) {
        const order = compare(at(a, key), at(b, key));
        if (order) return order * way;
      }
      return 0;
    });
  }
  const page = hits.slice(how.skip, how.limit > 0 ? how.skip + how.limit : undefined);
  return { total: hits.length, page: how.projection ? page.map((doc) => project(doc, how.projection!)) : page };
}

function project(doc: Doc, paths: readonly string[]): Doc {
  const out: Doc = { _id: doc['_id'] };
  for (const path of paths) {
    const value = at(doc, path);
    if (value === undefined) continue;
    let node = out;
    const parts = path.split('.');
    for (const part of parts.slice(0, -1)) node = (node[part] ??= {}) as Doc;
    const last = parts.at(-1)!;
    const before = node[last];
    node[last] = typeof before === 'object' && before !== null && typeof value === 'object' ? { ...before, ...value } : value;
  }
  return out;
}
