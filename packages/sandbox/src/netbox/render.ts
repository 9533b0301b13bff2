import type { Kind } from './kinds.ts';
import type { Row, Store } from './store.ts';

// What the server believes its own address is: another host than the one it was reached by, as behind a proxy.
export const BELIEVED = 'http://netbox.internal:8000';

/** A row as the API shows it: choices as value and label, relations as brief objects, every custom field of the type. */
export function render(data: Store, path: string, kind: Kind, row: Row): Record<string, unknown> {
  const out: Record<string, unknown> = { ...row, url: `${BELIEVED}/api/${path}/${row.id}/`, display: String(row['address'] ?? row['prefix'] ?? row['name'] ?? row.id) };
  for (const name of Object.keys(kind.choices ?? {})) out[name] = labelled(row[name]);
  for (const [name, target] of Object.entries(kind.relations ?? {})) {
    const other = typeof row[name] === 'number' ? data.get(target, row[name]) : undefined;
    out[name] = other ? { id: other.id, url: `${BELIEVED}/api/${target}/${other.id}/`, display: other['name'], name: other['name'], ...(other['slug'] ? { slug: other['slug'] } : {}) } : null;
  }
  if (path === 'ipam/ip-addresses') out['family'] = { value: 4, label: 'IPv4' };
  if (path === 'dcim/devices') out['role'] = { id: 1, name: row['role'], slug: row['role'] };
  if (path === 'dcim/interfaces' || path === 'extras/custom-fields') out['type'] = labelled(row['type']);
  const fields = data.customFields(kind.objectType);
  out['custom_fields'] = Object.fromEntries(fields.map((field) => [field.name, ((row['custom_fields'] ?? {}) as Record<string, unknown>)[field.name] ?? null]));
  out['tags'] = row['tags'] ?? [];
  return out;
}

const labelled = (value: unknown): unknown => (value === undefined || value === null ? null : { value, label: String(value).charAt(0).toUpperCase() + String(value).slice(1) });
/** Weak, and new after each change. */
export const etagOf = (row: Row): string => `W/"${String(row['last_updated'])}"`;
