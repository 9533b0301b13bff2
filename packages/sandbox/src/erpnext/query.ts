import { FrappeFault, invalid } from './fault.ts';
import type { Meta } from './meta.ts';
import { collate, demand, isTable, type Site } from './site.ts';
import type { Row } from './store.ts';

export interface ListArgs {
  readonly doctype: string;
  readonly fields?: unknown;
  readonly filters?: unknown;
  readonly or_filters?: unknown;
  readonly order_by?: unknown;
  readonly limit_start?: unknown;
  readonly limit_page_length?: unknown;
  readonly limit?: unknown;
  readonly parent?: unknown;
}
const SYSTEM = ['name', 'owner', 'creation', 'modified', 'modified_by', 'docstatus', 'idx', '_user_tags', '_comments', '_assign', '_liked_by', 'parent', 'parentfield', 'parenttype', 'amended_from'];

/** `frappe.get_list`: only `name`, twenty rows, newest change first, unless asked otherwise. */
export function list(site: Site, args: ListArgs): Record<string, unknown>[] {
  const { doctype } = args;
  const meta = site.meta(doctype);
  demand(site, typeof args.parent === 'string' && meta.istable ? args.parent : doctype, 'read');
  if (meta.istable && typeof args.parent !== 'string') throw new FrappeFault(403, 'PermissionError', `Parent DocType is required for ${doctype}`);
  const asked = decoded(args.fields);
  const fields = Array.isArray(asked) && asked.length > 0 ? asked.map(String) : typeof asked === 'string' && asked !== '' ? asked.split(',').map((f) => f.trim()) : ['name'];
  const columns = fields.flatMap((field) => (field === '*' ? [...SYSTEM.slice(0, 7), ...meta.fields.filter((f) => !isTable(f)).map((f) => f.fieldname)] : [field])).map((field) => column(site, meta, field));
  const all = conditions(site, meta, decoded(args.filters));
  const any = conditions(site, meta, decoded(args.or_filters));
  const source = meta.istable
    ? [...site.store.rows(args.parent as string).values()].flatMap((row) => site.meta(args.parent as string).fields.filter((f) => isTable(f) && f.options === doctype).flatMap((f) => row[f.fieldname] as Row[]))
    : [...site.store.rows(doctype).values()];
  const matching = source.filter((row) => all.every((test) => test(row)) && (any.length === 0 || any.some((test) => test(row))));
  sort(site, meta, matching, String(args.order_by ?? '').trim() || 'modified desc');
  const expanded = matching.flatMap((row) => project(row, columns));
  const start = Number(args.limit_start ?? 0) || 0;
  const size = args.limit_page_length ?? args.limit ?? 20;
  return Number(size) === 0 ? expanded.slice(start) : expanded.slice(start, start + Number(size));
}

export function count(site: Site, doctype: string, filters: unknown): number {
  const meta = site.meta(doctype);
  demand(site, doctype, 'read');
  const tests = conditions(site, meta, decoded(filters));
  return [...site.store.rows(doctype).values()].filter((row) => tests.every((test) => test(row))).length;
}

function decoded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{"]/.test(value.trim())) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

interface Column {
  readonly as: string;
  read(row: Row): unknown[];
}
// `items.item_code`, "`tabSales Invoice Item`.item_code" give one row per child; aggregates are for get_count.
function column(site: Site, meta: Meta, field: string): Column {
  if (/\(/.test(field)) throw invalid(`SQL functions are not allowed as strings in SELECT: ${field}`);
  const [, path = field, alias] = /^(.+?)\s+as\s+`?(\w+)`?$/i.exec(field) ?? [];
  const clean = path.replace(/`/g, '').replace(/^tab([^.]+)\./, (_, owner: string) => (owner === meta.name ? '' : `${meta.fields.find((f) => f.options === owner && isTable(f))?.fieldname ?? owner}.`));
  const [first = '', second] = clean.split('.');
  const own = meta.fields.find((one) => one.fieldname === first);
  if (second !== undefined) {
    if (!own || !own.options || !known(site.meta(own.options), second)) throw unknownField(path);
    const as = alias ?? second;
    if (isTable(own)) return { as, read: (row) => { const children = row[first] as Row[]; return children.length > 0 ? children.map((child) => child[second] ?? null) : [null]; } };
    return { as, read: (row) => [site.store.find(own.options!, String(row[first] ?? ''))?.[second] ?? null] };
  }
  if (!known(meta, first) || (own && isTable(own))) throw unknownField(first);
  return { as: alias ?? first, read: (row) => [row[first] ?? null] };
}
const known = (meta: Meta, field: string) => SYSTEM.includes(field) || meta.fields.some((one) => one.fieldname === field);
const unknownField = (field: string) => invalid(`Field not permitted in query: ${field}`, 'DataError');

function project(row: Row, columns: readonly Column[]): Record<string, unknown>[] {
  const read = columns.map((one) => one.read(row));
  const rows = Math.max(...read.map((values) => values.length));
  return Array.from({ length: rows }, (_, index) => Object.fromEntries(columns.map((one, at) => [one.as, read[at]!.length === 1 ? read[at]![0] : read[at]![index] ?? null])));
}

function sort(site: Site, meta: Meta, rows: Row[], orderBy: string): void {
  const keys = orderBy.split(',').map((part) => {
    const [, field = '', direction = 'asc'] = /^\s*(?:`?tab[^`.]+`?\.)?`?(\w+)`?(?:\s+(asc|desc))?\s*$/i.exec(part) ?? [];
    if (!known(meta, field)) throw invalid(`Illegal field or order in order by: ${part}`);
    return { field, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
  void site;
  rows.sort((a, b) => {
    for (const { field, sign } of keys) {
      const [x, y] = [a[field], b[field]];
      const order = typeof x === 'number' && typeof y === 'number' ? x - y : collate(x) < collate(y) ? -1 : collate(x) > collate(y) ? 1 : 0;
      if (order !== 0) return order * sign;
    }
    return 0;
  });
}

type Test = (row: Row) => boolean;
function conditions(site: Site, meta: Meta, filters: unknown): Test[] {
  if (filters === undefined || filters === null || filters === '') return [];
  if (typeof filters === 'string') return [condition(site, meta, ['name', '=', filters])];
  if (!Array.isArray(filters)) return Object.entries(filters as object).map(([field, value]) => condition(site, meta, Array.isArray(value) ? [field, ...(value as unknown[])] : [field, '=', value]));
  if (filters.length > 0 && !Array.isArray(filters[0])) return typeof filters[0] === 'object' ? filters.flatMap((one) => conditions(site, meta, one)) : [condition(site, meta, filters)];
  return filters.map((one) => condition(site, meta, one as unknown[]));
}

function condition(site: Site, meta: Meta, parts: readonly unknown[]): Test {
  if (parts.length >= 4 && typeof parts[3] !== 'boolean') {
    const [owner, ...rest] = parts;
    if (owner !== meta.name) {
      const table = meta.fields.find((field) => isTable(field) && field.options === owner);
      if (!table) throw new FrappeFault(404, 'DoesNotExistError', `DocType ${String(owner)} not found`);
      const inner = condition(site, site.meta(String(owner)), rest);
      return (row) => (row[table.fieldname] as Row[]).some(inner);
    }
    return condition(site, meta, rest);
  }
  const [name, op, value] = parts.length === 2 ? [parts[0], '=', parts[1]] : parts;
  const field = String(name);
  if (field.includes('.')) {
    const [table = '', inner = ''] = field.split('.');
    const own = meta.fields.find((one) => one.fieldname === table && isTable(one));
    if (!own) throw unknownField(field);
    const test = condition(site, site.meta(own.options!), [inner, op, value]);
    return (row) => (row[table] as Row[]).some(test);
  }
  if (!known(meta, field)) throw unknownField(field);
  return compare(site, meta, field, String(op).toLowerCase(), value);
}

function compare(site: Site, meta: Meta, field: string, op: string, value: unknown): Test {
  const type = meta.fields.find((one) => one.fieldname === field)?.fieldtype;
  const number = type !== undefined && ['Int', 'Float', 'Currency', 'Percent', 'Check'].includes(type);
  const key = (one: unknown): string | number => (number || field === 'docstatus' ? Number(one ?? 0) : collate(one));
  const set = (row: Row) => row[field] !== null && row[field] !== undefined && row[field] !== '';
  const many = (one: unknown) => (Array.isArray(one) ? one : String(one ?? '').split(',').map((part) => part.trim())).map(key);
  switch (op) {
    case '=': return (row) => key(row[field]) === key(value);
    case '!=': return (row) => key(row[field]) !== key(value);
    case '<': return (row) => set(row) && key(row[field]) < key(value);
    case '>': return (row) => set(row) && key(row[field]) > key(value);
    case '<=': return (row) => set(row) && key(row[field]) <= key(value);
    case '>=': return (row) => set(row) && key(row[field]) >= key(value);
    case 'in': return (row) => many(value).includes(key(row[field]));
    case 'not in': return (row) => !many(value).includes(key(row[field]));
    case 'like': case 'not like': {
      const pattern = new RegExp(`^${collate(value).replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%/g, '[\\s\\S]*').replace(/_/g, '.')}$`);
      return (row) => pattern.test(collate(row[field])) === (op === 'like');
    }
    case 'between': {
      const [low, high] = (Array.isArray(value) ? value : []) as unknown[];
      const top = type === 'Datetime' || field === 'creation' || field === 'modified' ? (String(high).length === 10 ? `${String(high)} 23:59:59.999999` : high) : high;
      return (row) => set(row) && key(row[field]) >= key(low) && key(row[field]) <= key(top);
    }
    case 'is': return (row) => set(row) === (String(value).toLowerCase() === 'set');
    case 'descendants of': case 'not descendants of': case 'ancestors of': case 'not ancestors of': {
      const target = field === 'name' ? meta : site.meta(meta.fields.find((one) => one.fieldname === field)?.options ?? meta.name);
      const parentField = target.fields.find((one) => one.options === target.name && one.fieldname.startsWith('parent_'))?.fieldname;
      if (!parentField) throw invalid(`${target.name} is not a tree`);
      const above = (one: string): string[] => { const up = site.store.find(target.name, one)?.[parentField]; return typeof up === 'string' && up !== '' ? [up, ...above(up)] : []; };
      const hit = (one: string) => (op.endsWith('descendants of') ? above(one).includes(String(value)) : above(String(value)).includes(one));
      return (row) => hit(String(row[field] ?? '')) !== op.startsWith('not');
    }
    default: throw invalid(`Operator must be one of =, !=, >, <, >=, <=, like, not like, in, not in, is, between, timespan, descendants of, ancestors of: ${op}`);
  }
}
