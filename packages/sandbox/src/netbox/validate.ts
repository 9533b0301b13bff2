import { checkCable, checkFrontPort } from './ports.ts';
import { cidr, written } from './ip.ts';
import type { Kind } from './kinds.ts';
import type { Row, Store } from './store.ts';

export type Errors = Record<string, unknown>;
export type Checked = { readonly row: Record<string, unknown> } | { readonly errors: Errors };
/** IP roles that may exist more than once. */
const SHARED = new Set(['anycast', 'vip', 'vrrp', 'hsrp', 'glbp', 'carp']);
// Sent beside the fields, not kept with them.
const BESIDE = ['changelog_message', 'add_tags', 'remove_tags', 'prefix_length'];

/**
 * What the serializer makes of a body: the merged row, or DRF's error dictionary. Runs after a slot was taken, within the same
 * transaction, so an error takes nothing.
 */
export function validate(data: Store, path: string, kind: Kind, body: Record<string, unknown>, before?: Row): Checked {
  const errors: Errors = {};
  const { custom_fields: sent, tags, ...fields } = body;
  const row: Record<string, unknown> = { ...(before ?? kind.defaults), ...fields };
  for (const name of BESIDE) delete row[name];
  for (const name of kind.required) if (row[name] === undefined || row[name] === null || row[name] === '') errors[name] = ['This field is required.'];
  for (const [name, allowed] of Object.entries(kind.choices ?? {})) if (row[name] !== undefined && !allowed.includes(String(row[name]))) errors[name] = [`${JSON.stringify(row[name])} is not a valid choice.`];
  if (kind.required.includes('slug') && typeof row['slug'] === 'string' && !/^[-a-zA-Z0-9_]+$/.test(row['slug'])) errors['slug'] = ['Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.'];
  relations(data, kind, row, errors);
  tagged(data, tags, body, row, before, errors);
  const all: string[] = [];
  customFields(data, path, kind, sent, row, before, errors, all);
  const others = data.all(path).filter((one) => one.id !== before?.id);
  for (const set of kind.unique ?? []) {
    if (set.every((name) => row[name] !== null && row[name] !== undefined) && others.some((one) => set.every((name) => sameValue(one[name], row[name])))) {
      if (set.length === 1) errors[set[0]!] = [`${kind.label} with this ${set[0]!} already exists.`];
      else all.push(path === 'dcim/devices' ? 'Device name must be unique per site.' : `The fields ${set.join(', ')} must make a unique set.`);
    }
  }
  if (path === 'ipam/ip-addresses') address(data, row, others, before, errors);
  if (path === 'ipam/prefixes' && !errors['prefix']) {
    const net = cidr(row['prefix']);
    if (!net || !String(row['prefix']).includes('/')) errors['prefix'] = ['Enter a valid IPv4 or IPv6 address with optional mask.'];
    else row['prefix'] = `${written(net.family, net.network)}/${net.length}`;
  }
  if (path === 'dcim/front-ports') checkFrontPort(data, row, body, before, errors);
  if (path === 'dcim/cables') checkCable(data, row, before, errors, all);
  if (all.length > 0) errors['__all__'] = all;
  return Object.keys(errors).length > 0 ? { errors } : { row };
}

const sameValue = (a: unknown, b: unknown): boolean => (typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b);

/** A related object by its id or by attributes that fit exactly one. */
function relations(data: Store, kind: Kind, row: Record<string, unknown>, errors: Errors): void {
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
}

/** `tags` replaces all; `add_tags` and `remove_tags` (since 4.6) are deltas. A tag must exist. */
function tagged(data: Store, tags: unknown, body: Record<string, unknown>, row: Record<string, unknown>, before: Row | undefined, errors: Errors): void {
  const resolve = (name: string, list: unknown): number[] => ((list ?? []) as unknown[]).flatMap((one) => {
    const found = data.all('extras/tags').find((tag) => tag.id === one || (typeof one === 'object' && one !== null && Object.entries(one).every(([key, value]) => tag[key] === value)));
    if (!found) errors[name] = [`Related object not found using the provided attributes: ${JSON.stringify(one)}`];
    return found ? [found.id] : [];
  });
  const now = tags === undefined ? ((before?.['tags'] ?? []) as number[]) : resolve('tags', tags);
  const deltas = data.atLeast(4, 6);
  const [more, less] = deltas ? [resolve('add_tags', body['add_tags']), resolve('remove_tags', body['remove_tags'])] : [[], []];
  row['tags'] = [...new Set([...now, ...more])].filter((id) => !less.includes(id));
}

function address(data: Store, row: Record<string, unknown>, others: readonly Row[], before: Row | undefined, errors: Errors): void {
  if (errors['address']) return;
  const own = cidr(row['address']);
  if (!own) errors['address'] = ['Enter a valid IPv4 or IPv6 address with optional mask.'];
  else if (!SHARED.has(String(row['role'])) && (row['vrf'] === null || data.get('ipam/vrfs', Number(row['vrf']))?.['enforce_unique'] !== false)) {
    const twin = others.find((one) => one['vrf'] === row['vrf'] && cidr(one['address'])?.host === own.host && !SHARED.has(String(one['role'])));
    if (twin) errors['address'] = [`Duplicate IP address found in ${row['vrf'] === null ? 'global table' : 'VRF'}: ${String(twin['address'])}`];
  }
  const primary = before && data.all('dcim/devices').some((device) => device['primary_ip4'] === before.id || device['primary_ip6'] === before.id);
  if (primary && before['assigned_object_id'] !== row['assigned_object_id']) errors['assigned_object'] = ['Cannot reassign IP address while it is designated as the primary IP for the parent object'];
}

/** Sent fields merge by name; an unknown one is an error (before 4.5 it was dropped); a unique one is compared with every row of its kind. */
function customFields(data: Store, path: string, kind: Kind, sent: unknown, row: Record<string, unknown>, before: Row | undefined, errors: Errors, all: string[]): void {
  const known = data.customFields(kind.objectType);
  const given = Object.entries((sent ?? {}) as object).filter(([name]) => known.some((field) => field.name === name));
  const merged: Record<string, unknown> = { ...((before?.['custom_fields'] ?? {}) as object), ...Object.fromEntries(given) };
  const unknown = Object.keys((sent ?? {}) as object).filter((name) => !known.some((field) => field.name === name));
  if (unknown.length > 0 && data.atLeast(4, 5)) errors['custom_fields'] = Object.fromEntries(unknown.map((name) => [name, [`Custom field '${name}' does not exist for this object type.`]]));
  for (const field of known) {
    const value = merged[field.name] ?? null;
    const complain = (message: string): void => void all.push(`Invalid value for custom field '${field.name}': ${message}`);
    if (field.required && value === null) all.push(`Missing required custom field '${field.name}'.`);
    if (field.type === 'text' && value !== null && typeof value !== 'string') complain('Value must be a string.');
    if (field.type === 'date' && value !== null && !/^\d{4}-\d\d-\d\d$/.test(String(value))) complain('Date values must be in ISO 8601 format (YYYY-MM-DD).');
    if (!field.unique || value === null || value === '') continue;
    if (data.all(path).some((one) => one.id !== before?.id && ((one['custom_fields'] ?? {}) as Record<string, unknown>)[field.name] === value)) all.push(`Custom field '${field.name}' must have a unique value.`);
  }
  row['custom_fields'] = merged;
}
