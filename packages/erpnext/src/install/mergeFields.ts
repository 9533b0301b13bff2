import type { Json, JsonObject } from '../../../../core/src/index.ts';
import type { Difference } from './report.ts';

/** A field as DocType or Custom Field holds it. */
export interface Column extends JsonObject {
  readonly fieldname: string;
}
export interface Merged {
  /** Every row of the site, ours among them: what a PUT must send, for it replaces the table. */
  readonly rows: readonly JsonObject[];
  /** Fields added or grown; empty when there is nothing to write. */
  readonly changed: readonly string[];
  readonly differences: readonly Difference[];
}

/**
 * Ours put into what the site has, by field name: rows of the operator stay, what is missing goes after its neighbour, what is there only
 * grows. Nothing is dropped, shortened or given another type; such differences are told.
 * @example mergeFields([{ fieldname: 'theirs' }], [{ fieldname: 'ours' }], 'DocType X').changed // ['ours']
 */
export function mergeFields(present: readonly JsonObject[], wanted: readonly Column[], at: string): Merged {
  const rows: JsonObject[] = [...present];
  const changed: string[] = [];
  const differences: Difference[] = [];
  wanted.forEach((field, index) => {
    const here = rows.findIndex((row) => row['fieldname'] === field.fieldname);
    if (here < 0) {
      const before = wanted.slice(0, index).reverse().map((one) => rows.findIndex((row) => row['fieldname'] === one.fieldname)).find((place) => place >= 0);
      rows.splice(before === undefined ? 0 : before + 1, 0, field);
      changed.push(field.fieldname);
      return;
    }
    const { grown, differs } = growField(rows[here]!, field);
    differences.push(...differs.map((one) => ({ at, field: `${field.fieldname}.${one.key}`, site: one.site, ours: one.ours })));
    if (Object.keys(grown).length === 0) return;
    rows[here] = { ...rows[here], ...grown };
    changed.push(field.fieldname);
  });
  return { rows, changed, differences };
}

/** What of one field may be grown without losing anything, and what differs and is left. */
export function growField(site: JsonObject, ours: Column): { readonly grown: JsonObject; readonly differs: readonly { readonly key: string; readonly site: Json; readonly ours: Json }[] } {
  const grown: Record<string, Json> = {};
  const differs: { key: string; site: Json; ours: Json }[] = [];
  const say = (key: string) => differs.push({ key, site: site[key] ?? null, ours: ours[key] ?? null });
  if (site['fieldtype'] !== ours['fieldtype']) {
    say('fieldtype');
    return { grown, differs };
  }
  // No length on the site is the framework's 140.
  const [long, wish] = [Number(site['length'] ?? 0), Number(ours['length'] ?? 0)];
  if (long > 0 && (wish === 0 ? 140 : wish) > long) grown['length'] = wish;
  if (ours['fieldtype'] === 'Select') {
    const theirs = String(site['options'] ?? '').split('\n');
    const lacking = String(ours['options'] ?? '').split('\n').filter((option) => !theirs.includes(option));
    if (lacking.length > 0) grown['options'] = [...theirs, ...lacking].join('\n');
  } else if (String(site['options'] ?? '') !== String(ours['options'] ?? '')) say('options');
  // What idempotent writing rests on.
  for (const flag of ['unique', 'no_copy'] as const) if (ours[flag] && !site[flag]) grown[flag] = 1;
  if (Number(site['reqd'] ?? 0) !== Number(ours['reqd'] ?? 0)) say('reqd');
  return { grown, differs };
}
