import type { JsonObject } from '../../../../core/src/index.ts';
import { differs, ensureNamed, find, take, type Context } from './context.ts';
import type { InstallManifest } from './install.ts';
import { growField, mergeFields, type Column } from './mergeFields.ts';

type Definition = JsonObject & { readonly name: string; readonly fields: readonly Column[]; readonly permissions?: readonly JsonObject[] };

/** The module our doctypes are filed under: ours, or `Custom` on a site that takes no new ones. */
export async function installModule(context: Context, wanted: JsonObject): Promise<string> {
  const name = String(wanted['module_name']);
  // A site that refused it once keeps its doctypes where they are.
  const before = await find(context.erp, 'DocType', 'Service Location');
  if (before && before['module'] !== name) return String(before['module']);
  try {
    await ensureNamed(context, 'Module Def', 'Module Def', name, wanted);
    return name;
  } catch (error) {
    if ((error as { kind?: string }).kind !== 'rejectedInput' || !(await find(context.erp, 'Module Def', 'Custom'))) throw error;
    return 'Custom';
  }
}

/** One doctype of ours: made whole, or ours put into what is there. */
export function installDoctype(context: Context, definition: Definition, module: string): Promise<void> {
  const { name } = definition;
  const { erp } = context;
  return take(context, `DocType "${name}"`, async () => {
    const there = await find(erp, 'DocType', name);
    if (!there) return { change: { object: 'DocType', name, action: 'create', what: definition.fields.map((field) => field.fieldname) }, write: () => erp.documents.create('DocType', { ...definition, module } as never) };
    const { rows, changed, differences } = mergeFields((there['fields'] ?? []) as JsonObject[], definition.fields, `DocType ${name}`);
    for (const one of differences) differs(context, one);
    const rights = (there['permissions'] ?? []) as readonly JsonObject[];
    const lacking = (definition.permissions ?? []).filter((row) => !rights.some((one) => one['role'] === row['role'] && Number(one['permlevel'] ?? 0) === 0));
    if (changed.length === 0 && lacking.length === 0) return undefined;
    return {
      change: { object: 'DocType', name, action: 'extend', what: [...changed, ...lacking.map((row) => `rights of ${String(row['role'])}`)] },
      // With what was read: a colleague who edits the form meanwhile is not overwritten.
      write: () => erp.documents.update('DocType', name, { fields: rows, ...(lacking.length > 0 ? { permissions: [...rights, ...lacking] } : {}) }, { modified: there.modified }),
    };
  });
}

/** One field of ours on a doctype of ERPNext. */
export function installCustomField(context: Context, field: Column & { readonly dt: string }, module: string): Promise<void> {
  const { erp } = context;
  const name = `${field.dt}-${field.fieldname}`;
  return take(context, `Custom Field "${name}"`, async () => {
    const there = await find(erp, 'Custom Field', name);
    if (!there) return { change: { object: 'Custom Field', name, action: 'create', what: [field.fieldname] }, write: () => erp.documents.create('Custom Field', { ...field, module } as never) };
    const { grown, differs: other } = growField(there, field);
    for (const one of other) differs(context, { at: `Custom Field ${name}`, field: one.key, site: one.site, ours: one.ours });
    if (Object.keys(grown).length === 0) return undefined;
    return { change: { object: 'Custom Field', name, action: 'extend', what: Object.keys(grown) }, write: () => erp.documents.update('Custom Field', name, grown, { modified: there.modified }) };
  });
}

/**
 * Our doctypes in an order in which every Link and Table finds its target.
 * @example inOrder(manifest).map((one) => one.name).at(-1) // 'Dispatch Job'
 */
export function inOrder(manifest: InstallManifest): readonly Definition[] {
  const all = [...manifest.doctypes, ...manifest.child_doctypes] as unknown as readonly Definition[];
  const done = new Set<string>();
  const order: Definition[] = [];
  while (order.length < all.length) {
    const waits = (one: Definition) => one.fields.some((field) => field['fieldtype'] !== 'Select' && field['options'] !== one.name && all.some((other) => other.name === field['options']) && !done.has(String(field['options'])));
    const next = all.find((one) => !done.has(one.name) && !waits(one));
    if (!next) throw new RangeError('The doctypes of the manifest point at each other in a circle.');
    done.add(next.name);
    order.push(next);
  }
  return order;
}
