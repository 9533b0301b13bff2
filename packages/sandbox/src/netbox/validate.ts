import { cidr } from './ip.ts';
import type { Kind } from './kinds.ts';
import type { Row, Store } from './store.ts';

type Errors = Record<string, unknown>;
/** IP roles that may exist more than once. */
const SHARED = new Set(['anycast', 'vip', 'vrrp', 'hsrp', 'glbp', 'carp']);

/**
 * What the serializer makes of a body: the merged row, or DRF's error dictionary. Runs after a slot was taken, within the same
 * transaction, so an error takes nothing.
 */
export function validate(data: Store, path: string, kind: Kind, body: Record<string, unknown>, before?: Row): { readonly row: Record<string, unknown> } | { readonly errors: Errors } {
  const errors: Errors = {};
  const { custom_fields: sent, ...fields } = body;
  const row: Record<string, unknown> = { ...(before ?? kind.defaults), ...fields };
  delete row['changelog_message']; // goes to the change log, not to the object
  for (const name of kind.required) if (row[name] === undefined || row[name] === null || row[name] === '') errors[name] = ['This field is required.'];
  for (const [name, allowed] of Object.entries(kind.choices ?? {})) if (row[name] !== undefined && !allowed.includes(String(row[name]))) errors[name] = [`"${String(row[name])}" is not a valid choice.`];
  for (const [name, target] of Object.entries(kind.relations ?? {})) {
    const value = row[name];
    if (value === null || value === undefined) continue;
    if (typeof value === 'number') {
      if (!data.get(target, value)) errors[name] = [`Related object not found using the provided numeric ID: ${value}`];
    } else if (typeof value === 'object') {
      const found = data.all(target).filter((one) => Object.entries(value as object).every(([key, wanted]) => one[key] === wanted));
      if (found.length === 1) row[name] = found[0]!.id;
      else errors[name] = [found.length === 0 ? `Related object not found using the provided attributes: ${JSON.stringify(value)}` : `Multiple objects match the provided attributes: ${JSON.stringify(value)}`];
    } else errors[name] = ['Related objects must be referenced by numeric ID or by dictionary of attributes.'];
  }
  const all: string[] = [];
  customFields(data, kind, sent, row, before, errors, all);
  const others = data.all(path).filter((one) => one.id !== before?.id);
  if (path === 'ipam/ip-addresses' && !errors['address']) {
    const address = cidr(row['address']);
    if (!address) errors['address'] = ['Enter a valid IPv4 or IPv6 address with optional mask.'];
    else if (!SHARED.has(String(row['role']))) {
      const twin = others.find((one) => one['vrf'] === row['vrf'] && cidr(one['address'])?.host === address.host && !SHARED.has(String(one['role'])));
      if (twin) errors['address'] = [`Duplicate IP address found in global table: ${String(twin['address'])}`];
    }
  }
  if (path === 'ipam/vlans' && row['group'] !== null && others.some((one) => one['group'] === row['group'] && one['name'] === row['name'])) all.push('The fields group, name must make a unique set.');
  if (path === 'tenancy/tenants') {
    for (const name of ['name', 'slug']) if (others.some((one) => one[name] === row[name])) errors[name] = [`tenant with this ${name} already exists.`];
  }
  if (path === 'extras/custom-fields' && others.some((one) => one['name'] === row['name'])) errors['name'] = ['custom field with this name already exists.'];
  if (all.length > 0) errors['__all__'] = all;
  return Object.keys(errors).length > 0 ? { errors } : { row };
}

/** Sent fields merge by name; an unknown one is an error; a unique one is compared with every other row. */
function customFields(data: Store, kind: Kind, sent: unknown, row: Record<string, unknown>, before: Row | undefined, errors: Errors, all: string[]): void {
  const known = data.customFields(kind.objectType);
  const merged: Record<string, unknown> = { ...((before?.['custom_fields'] ?? {}) as object), ...((sent ?? {}) as object) };
  const unknown = Object.keys((sent ?? {}) as object).filter((name) => !known.some((field) => field.name === name));
  if (unknown.length > 0) errors['custom_fields'] = Object.fromEntries(unknown.map((name) => [name, [`Custom field '${name}' does not exist for this object type.`]]));
  for (const field of known) {
    const value = merged[field.name] ?? null;
    if (field.required && value === null) errors['custom_fields'] = { ...(errors['custom_fields'] as object), [field.name]: ['Required field cannot be empty.'] };
    if (field.type === 'text' && value !== null && typeof value !== 'string') errors['custom_fields'] = { ...(errors['custom_fields'] as object), [field.name]: ['Value must be a string.'] };
    if (!field.unique || value === null || value === '') continue;
    const tables = [...data.rows].flatMap(([, rows]) => [...rows.values()]).filter((one) => one !== before && ((one['custom_fields'] ?? {}) as Record<string, unknown>)[field.name] === value);
    if (tables.length > 0) all.push(`Custom field '${field.name}' must have a unique value.`);
  }
  row['custom_fields'] = merged;
}
