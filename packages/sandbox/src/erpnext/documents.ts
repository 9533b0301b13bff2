import { hooks } from './hooks.ts';
import { blank, cast, checkFields, checkLinks, checkUnique } from './fields.ts';
import { FrappeFault, invalid, missing } from './fault.ts';
import type { Meta } from './meta.ts';
import { nameFor, rowName } from './naming.ts';
import { collate, demand, isTable, type Site } from './site.ts';
import type { Row } from './store.ts';

type Input = Readonly<Record<string, unknown>>;

export function load(site: Site, doctype: string, name: string): Row {
  site.meta(doctype);
  const row = site.store.find(doctype, name);
  if (!row) throw missing(doctype, name);
  return structuredClone(row);
}

/** Inserts, and submits in the same transaction when `docstatus: 1` came along. `name` is honoured only for prompt-named doctypes. */
export function insert(site: Site, doctype: string, input: Input): Row {
  const meta = site.meta(doctype);
  if (meta.istable) throw invalid('Child documents are saved with their parent');
  demand(site, doctype, 'create');
  const wanted = Number(input['docstatus'] ?? 0);
  if (wanted === 1) demandSubmittable(site, meta);
  if (wanted === 2) throw invalid('Cannot change docstatus from 0 (Draft) to 2 (Cancelled)', 'DocstatusTransitionError');
  const at = site.stamp();
  const row = { ...blank(site, meta), name: '', owner: site.user, creation: at, modified: at, modified_by: site.user, docstatus: wanted, idx: 0, doctype } as Row;
  apply(site, meta, row, input);
  if (typeof input['amended_from'] === 'string') amend(site, doctype, row, input['amended_from']);
  hooks[doctype]?.defaults?.(site, row, input);
  checkLinks(site, meta, row);
  row.name = nameFor(site, meta, row, input);
  if (site.store.find(doctype, row.name)) throw new FrappeFault(409, 'DuplicateEntryError', `${doctype} ${row.name} already exists`, `('${doctype}', '${row.name}', IntegrityError(1062))`);
  finish(site, meta, row, undefined);
  hooks[doctype]?.inserted?.(site, row, input);
  if (wanted === 1) hooks[doctype]?.submitted?.(site, row);
  site.changed(doctype, 'after_insert', row);
  site.changed(doctype, 'on_update', row);
  if (wanted === 1) site.changed(doctype, 'on_submit', row);
  return load(site, doctype, row.name);
}

/** Saves some fields; a `modified` that came along must be the stored one; `docstatus` moves 0→1 and 1→2 only. */
export function save(site: Site, doctype: string, name: string, input: Input): Row {
  const meta = site.meta(doctype);
  const before = load(site, doctype, name);
  const to = Number(input['docstatus'] ?? before['docstatus']);
  demand(site, doctype, to === 2 && before['docstatus'] === 1 ? 'cancel' : to === 1 && before['docstatus'] === 0 ? 'submit' : 'write');
  if (input['modified'] !== undefined && input['modified'] !== null && String(input['modified']) !== before['modified']) {
    throw invalid(`Error: Document has been modified after you have opened it (${String(before['modified'])}, ${String(input['modified'])}). Please refresh to get the latest document.`, 'TimestampMismatchError');
  }
  const from = Number(before['docstatus']);
  if (from === 0 && to === 1) demandSubmittable(site, meta);
  if ((from === 0 && to === 2) || to < from) throw invalid(`Cannot change docstatus from ${from} to ${to}`, 'DocstatusTransitionError');
  if (from === 2) throw invalid('Cannot edit cancelled document');
  const row = structuredClone(before);
  apply(site, meta, row, input);
  if (from === 1 && to === 1) {
    const touched = meta.fields.find((field) => JSON.stringify(row[field.fieldname]) !== JSON.stringify(before[field.fieldname]));
    if (touched) throw invalid(`Not allowed to change <strong>${touched.label}</strong> after submission`, 'UpdateAfterSubmitError');
  }
  row['docstatus'] = to;
  row['modified'] = site.stamp();
  row['modified_by'] = site.user;
  if (to !== 2) checkLinks(site, meta, row);
  finish(site, meta, row, before);
  if (from === 0 && to === 1) hooks[doctype]?.submitted?.(site, row);
  if (from === 1 && to === 2) hooks[doctype]?.cancelled?.(site, row);
  site.changed(doctype, to === 2 ? 'on_cancel' : from === 1 ? 'on_update_after_submit' : 'on_update', row);
  if (from === 0 && to === 1) site.changed(doctype, 'on_submit', row);
  return load(site, doctype, name);
}

export function remove(site: Site, doctype: string, name: string): void {
  demand(site, doctype, 'delete');
  const row = load(site, doctype, name);
  if (row['docstatus'] === 1) throw invalid(`${doctype} ${name}: Submitted Record cannot be deleted. You must Cancel it first.`);
  const pointing = linkedFrom(site, doctype, name);
  if (pointing) throw invalid(`Cannot delete or cancel because ${doctype} <a href="#">${name}</a> is linked with ${pointing}`, 'LinkExistsError');
  site.store.drop(doctype, name);
  site.changed(doctype, 'on_trash', row);
}

/** A write that bypasses the document, as `db_set` does: no checks, no events, but `modified` moves. */
export function setDirectly(site: Site, doctype: string, name: string, values: Input): void {
  const row = load(site, doctype, name);
  site.store.put(doctype, { ...row, ...values, modified: site.stamp(), modified_by: site.user });
}

function demandSubmittable(site: Site, meta: Meta): void {
  if (!meta.submittable) throw new FrappeFault(403, 'PermissionError', `User <strong>${site.user}</strong> does not have permission to submit ${meta.name}`);
  demand(site, meta.name, 'submit');
}

function finish(site: Site, meta: Meta, row: Row, before: Row | undefined): void {
  if (row['docstatus'] !== 2) {
    hooks[meta.name]?.validate?.(site, row, before);
    checkFields(site, meta, row, before);
    checkUnique(site, meta, row);
  }
  hideSecrets(site, meta, row);
  for (const field of meta.fields.filter(isTable)) for (const child of row[field.fieldname] as Row[]) Object.assign(child, { parent: row.name, docstatus: row['docstatus'] });
  site.store.put(meta.name, structuredClone(row));
  hooks[meta.name]?.saved?.(site, row);
}

// Password columns keep asterisks; the value goes to the encrypted store. Writing asterisks keeps it, writing nothing deletes it.
function hideSecrets(site: Site, meta: Meta, row: Row): void {
  for (const { fieldname } of meta.fields.filter((field) => field.fieldtype === 'Password')) {
    const value = row[fieldname];
    const key = `${meta.name}/${row.name}/${fieldname}`;
    if (typeof value === 'string' && /^\*+$/.test(value)) continue;
    site.store.setSecret(key, typeof value === 'string' && value !== '' ? value : undefined);
    row[fieldname] = typeof value === 'string' && value !== '' ? '*'.repeat(value.length) : null;
  }
}

// Known keys only: everything else vanishes without a word. A table key replaces the whole table.
function apply(site: Site, meta: Meta, row: Row, input: Input): void {
  for (const field of meta.fields) {
    const value = input[field.fieldname];
    if (value === undefined) continue;
    if (!isTable(field)) {
      row[field.fieldname] = cast(field, value);
      continue;
    }
    if (value !== null && !Array.isArray(value)) throw new FrappeFault(500, 'TypeError', '', `Document for field "${field.fieldname}" attached to child table of "${row.name}" must be a dict or BaseDocument`);
    const child = site.meta(field.options!);
    const old = new Map((row[field.fieldname] as Row[]).map((one) => [one.name, one]));
    row[field.fieldname] = ((value ?? []) as Input[]).map((given, index) => {
      const kept = typeof given['name'] === 'string' ? old.get(given['name']) : undefined;
      const at = site.stamp();
      const one = (kept ? { ...kept } : { ...blank(site, child), name: rowName(site), owner: site.user, creation: at, docstatus: 0, parent: row.name, parentfield: field.fieldname, parenttype: meta.name, doctype: child.name }) as Row;
      for (const column of child.fields) if (given[column.fieldname] !== undefined) one[column.fieldname] = cast(column, given[column.fieldname]);
      return { ...one, modified: at, modified_by: site.user, idx: index + 1 };
    });
  }
}

function amend(site: Site, doctype: string, row: Row, from: string): void {
  if (load(site, doctype, from)['docstatus'] !== 2) throw invalid(`Cannot amend ${doctype} ${from}: Amendment Not Allowed`);
  row['amended_from'] = from;
}

function linkedFrom(site: Site, doctype: string, name: string): string | undefined {
  for (const other of LINKING) {
    if (!site.known(other)) continue;
    const meta = site.meta(other);
    for (const row of site.store.rows(other).values()) {
      if (other === doctype && row.name === name) continue;
      const points = (one: Row, m: Meta): boolean => m.fields.some((field) =>
        isTable(field) ? (one[field.fieldname] as Row[]).some((child) => points(child, site.meta(field.options!)))
          : (field.fieldtype === 'Link' ? field.options === doctype : field.fieldtype === 'Dynamic Link' && one[field.options!] === doctype) && collate(one[field.fieldname]) === collate(name));
      if (points(row, meta)) return `${other} <a href="#">${row.name}</a>`;
    }
  }
  return undefined;
}
const LINKING = [
  'Service Location', 'Service Subscription', 'Service Equipment', 'Dispatch Job', 'Sales Invoice', 'Payment Entry', 'Project', 'Task', 'Issue', 'Customer', 'Lead', 'Item', 'Item Price', 'Contact', 'Address',
];
