import type { SetupManifest } from '../../../erpnext/src/index.ts';
import type { Site } from './site.ts';
import type { Row } from './store.ts';

const ALL = { read: 1, write: 1, create: 1, delete: 1, submit: 1, cancel: 1, amend: 1, report: 1, export: 1, print: 1, email: 1, share: 1 };

/** Puts the documents that describe a site's doctypes, as an installed ERPNext holds them; with the manifest those of Leadlight as well. */
export function describe(site: Site, manifest: SetupManifest | undefined): void {
  const at = site.stamp();
  const row = (doctype: string, name: string, values: object) => ({ ...values, name, doctype, owner: 'Administrator', creation: at, modified: at, modified_by: 'Administrator', docstatus: 0, idx: 0 }) as Row;
  const columns = (doctype: string, table: string) => Object.fromEntries(site.meta(doctype).fields.map(({ fieldname, fieldtype }) => [fieldname, ['Int', 'Check'].includes(fieldtype) ? 0 : fieldtype === 'Table' ? [] : null]).concat(table ? [['parentfield', table]] : []));
  const children = (parent: string, doctype: string, table: string, rows: readonly object[]) => rows.map((values, index) => ({ ...row(doctype, `${parent}-${table}-${index}`, { ...columns(doctype, table), ...values }), parent, idx: index + 1 }));
  const added = new Map((manifest?.custom_fields ?? []).map((field) => [`${field.dt}-${field.fieldname}`, field]));
  const own = [...(manifest?.doctypes ?? []), ...(manifest?.child_doctypes ?? [])];
  for (const module of ['Core', 'Custom', ...(manifest ? ['Leadlight'] : [])]) site.store.put('Module Def', row('Module Def', module, { module_name: module, app_name: 'frappe', custom: module === 'Leadlight' ? 1 : 0 }));
  for (const meta of site.metas.values()) {
    const ours = own.find((one) => one.name === meta.name) as (Record<string, unknown> & { fields: object[]; permissions?: object[] }) | undefined;
    const standard = meta.istable ? [] : [{ role: 'System Manager', ...ALL }, ...(meta.submittable || ['Customer', 'Lead', 'Issue', 'Project', 'Task'].includes(meta.name) ? [{ role: 'Sales User', ...ALL, delete: 0 }] : [])];
    site.store.put('DocType', row('DocType', meta.name, {
      ...columns('DocType', ''), module: 'Core', autoname: meta.autoname, istable: Number(meta.istable ?? false), issingle: Number(meta.issingle ?? false), is_submittable: Number(meta.submittable ?? false), ...ours,
      fields: children(meta.name, 'DocField', 'fields', ours?.fields ?? meta.fields.filter(({ fieldname }) => !added.has(`${meta.name}-${fieldname}`))),
      permissions: children(meta.name, 'DocPerm', 'permissions', ours?.permissions ?? standard),
    }));
  }
  for (const [name, field] of added) site.store.put('Custom Field', row('Custom Field', name, { ...columns('Custom Field', ''), ...field }));
}
