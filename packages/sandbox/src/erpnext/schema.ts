// Doctypes are documents too: what DocType, Custom Field and Webhook check, and how a saved one changes the site.
import { blank } from './fields.ts';
import { FrappeFault, invalid } from './fault.ts';
import type { Hooks } from './hooks.ts';
import type { Field, Meta } from './meta.ts';
import { collate, type Site } from './site.ts';
import type { Row } from './store.ts';

const RESERVED = new Set(['name', 'parent', 'owner', 'creation', 'modified', 'modified_by', 'parentfield', 'parenttype', 'docstatus', 'flags', 'file_list']);
const LAYOUT = new Set(['Section Break', 'Column Break', 'Tab Break', 'HTML', 'Heading', 'Button']);
const UNIQUE = new Set(['Data', 'Link', 'Read Only', 'Int']);
/** Types a field may be changed between without losing what it holds. */
const ALIKE = [['Currency', 'Float', 'Percent'], ['Small Text', 'Data'], ['Text', 'Data'], ['Text', 'Text Editor', 'Code', 'Signature', 'HTML Editor'], ['Data', 'Select'], ['Text', 'Small Text', 'Long Text'], ['Date', 'Datetime']];

function checkColumn(site: Site, owner: string, field: Row, at: string): void {
  const [name, type, options] = [String(field['fieldname'] ?? ''), String(field['fieldtype'] ?? ''), String(field['options'] ?? '')];
  if (LAYOUT.has(type)) return;
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw invalid(`${at}Fieldname ${name} must have letters only. No other characters`, 'InvalidFieldNameError');
  if (RESERVED.has(name)) throw invalid(`${at}Fieldname ${name} is restricted`, 'InvalidFieldNameError');
  if (['Link', 'Table', 'Table MultiSelect'].includes(type)) {
    if (options === '') throw invalid(`${at}Options required for Link or Table type field ${name}`, 'DoctypeLinkError');
    if (options !== owner && options !== '[Select]' && !site.known(options)) throw invalid(`${at}Options must be a valid DocType for field ${name}: ${options}`, 'WrongOptionsDoctypeLinkError');
  }
  if (field['unique'] && !UNIQUE.has(type)) throw invalid(`${at}Fieldtype ${type} for ${name} cannot be unique`, 'NonUniqueError');
  const preset = String(field['default'] ?? '');
  if (type === 'Select' && preset !== '' && options !== '' && !options.split('\n').includes(preset)) throw invalid(`${at}Default value ${preset} for ${name} must be one of its options`);
}

function changedType(site: Site, before: Row | undefined, field: Row): void {
  if (!before || before['fieldtype'] === field['fieldtype']) return;
  if (!ALIKE.some((group) => group.includes(String(before['fieldtype'])) && group.includes(String(field['fieldtype'])))) throw invalid(`Fieldtype cannot be changed from ${String(before['fieldtype'])} to ${String(field['fieldtype'])} in row ${String(field['fieldname'])}`);
  void site;
}

const asField = (row: Row): Field => {
  const flags = Object.fromEntries(['reqd', 'unique', 'no_copy', 'non_negative', 'set_only_once'].filter((flag) => row[flag]).map((flag) => [flag, 1]));
  const text = (key: string) => (typeof row[key] === 'string' && row[key] !== '' ? { [key]: row[key] } : {});
  return { fieldname: String(row['fieldname']), fieldtype: String(row['fieldtype']), label: String(row['label'] ?? row['fieldname']), ...text('options'), ...text('default'), ...(row['length'] ? { length: Number(row['length']) } : {}), ...flags } as Field;
};

/** Builds a doctype's metadata anew from its document and its added fields, and gives rows that are there the new columns. The DDL commits. */
function rebuild(site: Site, doctype: string): void {
  const row = site.store.find('DocType', doctype);
  if (!row) return;
  const added = [...site.store.rows('Custom Field').values()].filter((one) => one['dt'] === doctype);
  const fields = [...(row['fields'] as Row[]), ...added].filter((one) => !LAYOUT.has(String(one['fieldtype']))).map(asField);
  const meta: Meta = { name: doctype, autoname: String(row['autoname'] ?? '') || 'hash', istable: row['istable'] === 1, issingle: row['issingle'] === 1, submittable: row['is_submittable'] === 1, custom: row['custom'] === 1, fields };
  site.metas.set(doctype, meta);
  for (const one of [...site.store.rows(doctype).values()]) site.store.put(doctype, { ...blank(site, meta), ...one });
  // ALTER TABLE commits whatever the request wrote so far: what fails after it leaves it behind.
  site.store.commit();
}

export const schemaHooks: Readonly<Record<string, Hooks>> = {
  DocType: {
    validate(site, row, before) {
      if (!before && !row['custom']) throw invalid('Not in Developer Mode! Set in site_config.json or make "Custom" DocType.', 'CannotCreateStandardDoctypeError');
      const seen = new Set<string>();
      (row['fields'] as Row[]).forEach((field, index) => {
        checkColumn(site, row.name, field, `Row #${index + 1}: `);
        const name = collate(field['fieldname']);
        if (name !== '' && seen.has(name)) throw invalid(`Fieldname ${name} appears multiple times in rows`, 'UniqueFieldnameError');
        seen.add(name);
        changedType(site, (before?.['fields'] as Row[] | undefined)?.find((one) => one['fieldname'] === field['fieldname']), field);
      });
      if (!row['istable'] && (row['permissions'] as Row[]).length === 0) (row['permissions'] as Row[]).push({ name: `${row.name}-perm`, role: 'System Manager', permlevel: 0, read: 1, write: 1, create: 1, delete: 1 });
    },
    saved: (site, row) => rebuild(site, row.name),
  },
  'Custom Field': {
    validate(site, row, before) {
      const dt = String(row['dt']);
      const own = (site.store.find('DocType', dt)?.['fields'] as Row[] | undefined) ?? [];
      if (own.some((field) => field['fieldname'] === row['fieldname'])) throw invalid(`A field with the name <strong>${String(row['fieldname'])}</strong> already exists in ${dt}`);
      if (before && before['dt'] !== row['dt']) throw invalid('Value cannot be changed for DocType', 'CannotChangeConstantError');
      checkColumn(site, dt, row, '');
      changedType(site, before, row);
    },
    saved: (site, row) => rebuild(site, String(row['dt'])),
  },
  Webhook: {
    validate(site, row) {
      if (!/^https?:\/\/[^\s]+$/.test(String(row['request_url'] ?? ''))) throw invalid('Check Request URL', 'ValidationError');
      if (row['enable_security'] && !row['webhook_secret']) throw new FrappeFault(417, 'MandatoryError', 'Error: Value missing for Webhook: Webhook Secret', `[Webhook, ${row.name}]: webhook_secret`);
      const doctype = String(row['webhook_doctype'] ?? '');
      if (site.known(doctype) && !site.meta(doctype).submittable && ['on_submit', 'on_cancel', 'on_update_after_submit'].includes(String(row['webhook_docevent']))) throw invalid('DocType must be Submittable for the selected Doc Event');
    },
  },
};
