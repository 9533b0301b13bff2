// Rights as rows, and the permission manager that edits them.
import { FrappeFault, forbidden, invalid } from './fault.ts';
import { rowName } from './naming.ts';
import type { Site } from './site.ts';
import type { Row } from './store.ts';

type Args = Readonly<Record<string, unknown>>;

const custom = (site: Site, doctype: string): Row[] => [...site.store.rows('Custom DocPerm').values()].filter((one) => one['parent'] === doctype);

/** The rows that count: one row of Custom DocPerm puts all standard ones out of force. */
export function rightsOf(site: Site, doctype: string): readonly Row[] {
  const own = custom(site, doctype);
  return own.length > 0 ? own : ((site.store.find('DocType', doctype)?.['permissions'] as Row[] | undefined) ?? []);
}

function only(site: Site): void {
  if (!site.roles.includes('System Manager')) throw forbidden('This action is only allowed for <strong>System Manager</strong>');
}

/** Copies the standard rows the first time a doctype's rights are edited. */
function copyStandard(site: Site, doctype: string): void {
  if (custom(site, doctype).length > 0) return;
  for (const one of rightsOf(site, doctype)) {
    const name = rowName(site);
    site.store.put('Custom DocPerm', { ...one, name, parent: doctype, doctype: 'Custom DocPerm' });
  }
}

export function getRights(site: Site, args: Args): Row[] {
  only(site);
  const role = args['role'];
  const doctype = args['doctype'];
  const rows = [...site.metas.keys()].filter((name) => !doctype || name === doctype).flatMap((name) => rightsOf(site, name).map((one): Row => ({ ...one, parent: name })));
  return rows.filter((one) => !role || one['role'] === role);
}

export function addRights(site: Site, args: Args): void {
  only(site);
  const doctype = String(args['parent'] ?? '');
  site.meta(doctype);
  if (!site.store.find('Role', String(args['role'] ?? ''))) throw invalid(`Could not find Role: ${String(args['role'])}`, 'LinkValidationError');
  copyStandard(site, doctype);
  if (custom(site, doctype).some((one) => one['role'] === args['role'] && Number(one['permlevel'] ?? 0) === Number(args['permlevel'] ?? 0))) return;
  const at = site.stamp();
  const name = rowName(site);
  site.store.put('Custom DocPerm', { name, doctype: 'Custom DocPerm', parent: doctype, role: args['role'], permlevel: Number(args['permlevel'] ?? 0), if_owner: 0, read: 1, owner: site.user, creation: at, modified: at, modified_by: site.user, docstatus: 0, idx: 0 });
}

export function updateRights(site: Site, args: Args): void {
  only(site);
  const doctype = String(args['doctype'] ?? '');
  const ptype = String(args['ptype'] ?? '');
  if (!/^(read|write|create|delete|submit|cancel|amend|report|export|print|email|share|select|import)$/.test(ptype)) throw new FrappeFault(500, 'OperationalError', '', `(1054, "Unknown column '${ptype}' in 'SET'")`);
  copyStandard(site, doctype);
  const row = custom(site, doctype).find((one) => one['role'] === args['role'] && Number(one['permlevel'] ?? 0) === Number(args['permlevel'] ?? 0));
  if (!row) throw new FrappeFault(404, 'DoesNotExistError', 'Custom DocPerm None not found');
  if (['submit', 'cancel', 'amend'].includes(ptype) && Number(args['value']) === 1 && !site.meta(doctype).submittable) throw invalid(`${doctype}: Cannot set ${ptype} for a doctype that is not submittable`);
  site.store.put('Custom DocPerm', { ...row, [ptype]: Number(args['value'] ?? 0), modified: site.stamp() });
}
