// What the framework itself checks on every save, whatever the doctype.
import { FrappeFault, invalid } from './fault.ts';
import type { Field, Meta } from './meta.ts';
import { collate, isNumber, isTable, type Site } from './site.ts';
import type { Row } from './store.ts';

/** A value as its column holds it: numbers never null, blank texts null, flags 0 or 1. */
export function cast(field: Field, value: unknown): unknown {
  if (isNumber(field)) {
    const number = typeof value === 'boolean' ? Number(value) : Number(value ?? 0);
    const safe = Number.isFinite(number) ? number : 0;
    if (field.fieldtype === 'Check') return safe ? 1 : 0;
    return field.fieldtype === 'Int' ? Math.trunc(safe) : safe;
  }
  if (value === null || value === undefined || value === '') return field.unique ? null : value === '' ? '' : null;
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  if (['Data', 'Small Text', 'Text', 'Text Editor'].includes(field.fieldtype)) return text.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, '').replace(/<\/?(script|iframe|object|style)\b[^>]*>/gi, '');
  if (field.fieldtype === 'Date' && !/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    if (/^\d{4}-\d{2}-\d{2}[ T]/.test(text)) return text.slice(0, 10);
    throw invalid(`${text} is not a valid date string.`, 'InvalidDateError');
  }
  if (field.fieldtype === 'Datetime') {
    // Stored as given by a strict MariaDB, which refuses a zone designator.
    if (!/^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$/.test(text)) throw new FrappeFault(500, 'OperationalError', '', `(1292, "Incorrect datetime value: for column '${field.fieldname}' at row 1")`);
    return text.length === 10 ? `${text} 00:00:00` : text.replace('T', ' ');
  }
  return text;
}

/** A document of defaults. Tables start empty. */
export function blank(site: Site, meta: Meta): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const field of meta.fields) {
    if (isTable(field)) row[field.fieldname] = [];
    else row[field.fieldname] = field.default === undefined ? (isNumber(field) ? 0 : null) : cast(field, field.default === 'Today' ? site.today() : field.default);
  }
  return row;
}

const filled = (field: Field, value: unknown) => (isTable(field) ? (value as unknown[]).length > 0 : isNumber(field) ? true : value !== null && value !== undefined && String(value).trim() !== '');
const everyRow = (site: Site, meta: Meta, row: Row): { meta: Meta; row: Row; at: string }[] => [
  { meta, row, at: '' },
  ...meta.fields.filter(isTable).flatMap((field) => (row[field.fieldname] as Row[]).map((child) => ({ meta: site.meta(field.options!), row: child, at: `Row #${String(child['idx'])}: ` }))),
];

/** Links and dynamic links point at something (LinkValidationError names what does not). */
export function checkLinks(site: Site, meta: Meta, row: Row): void {
  const lost: string[] = [];
  for (const one of everyRow(site, meta, row)) {
    for (const field of one.meta.fields) {
      const value = one.row[field.fieldname];
      const target = field.fieldtype === 'Link' ? field.options : field.fieldtype === 'Dynamic Link' ? String(one.row[field.options!] ?? '') : undefined;
      if (!target || typeof value !== 'string' || value === '') continue;
      if (target === 'DocType' ? site.known(value) : site.known(target) && site.store.find(target, value)) continue;
      lost.push(`${one.at}${field.label}: ${value}`);
    }
  }
  if (lost.length > 0) throw invalid(`Could not find ${lost.join(', ')}`, 'LinkValidationError');
}

/** Mandatory fields, Select options, lengths, set-once fields, non-negative numbers. */
export function checkFields(site: Site, meta: Meta, row: Row, before: Row | undefined): void {
  for (const one of everyRow(site, meta, row)) {
    for (const field of one.meta.fields) {
      const value = one.row[field.fieldname];
      if (field.fieldtype === 'Select' && field.options && typeof value === 'string' && value !== '') {
        const options = field.options.split('\n');
        if (!options.includes(value)) throw invalid(`${one.at}${field.label} cannot be "${value}". It should be one of ${options.filter(Boolean).map((option) => `"${option}"`).join(', ')}`);
      }
      const longest = field.length ?? (['Data', 'Link', 'Dynamic Link', 'Select'].includes(field.fieldtype) ? 140 : Infinity);
      if (typeof value === 'string' && value.length > longest) throw invalid(`${one.at}'${field.label}' (${value.length} characters) will get truncated, as max characters allowed is ${longest}`, 'CharacterLengthExceededError');
      if (field.non_negative && Number(value) < 0) throw invalid(`${one.at}Value cannot be negative for ${field.label}`, 'NonNegativeError');
      if (before && one.row === row && field.set_only_once && (before[field.fieldname] ?? null) !== (value ?? null)) throw invalid(`Value cannot be changed for ${field.label}`, 'CannotChangeConstantError');
    }
    const absent = one.meta.fields.filter((field) => field.reqd && !filled(field, one.row[field.fieldname]));
    if (absent.length > 0) {
      throw new FrappeFault(417, 'MandatoryError', `Error: Value missing for ${one.meta.name}: ${absent.map((field) => field.label).join(', ')}`, `[${meta.name}, ${row.name}]: ${absent.map((field) => field.fieldname).join(', ')}`);
    }
  }
}

// A stored row is never changed, only replaced: its spelling is worked out once, as an index does.
const spellings = new WeakMap<Row, Record<string, string>>();
function collated(row: Row, field: string): string {
  let known = spellings.get(row);
  if (!known) spellings.set(row, (known = {}));
  return (known[field] ??= collate(row[field]));
}

/** Unique columns, by the database's collation. Blank is NULL and never collides. */
export function checkUnique(site: Site, meta: Meta, row: Row): void {
  for (const field of meta.fields) {
    const value = row[field.fieldname];
    if (!field.unique || value === null || value === undefined || value === '') continue;
    const mine = collate(value);
    for (const other of site.store.rows(meta.name).values()) {
      if (other.name !== row.name && other[field.fieldname] != null && collated(other, field.fieldname) === mine) throw invalid(`${field.label} must be unique`, 'UniqueValidationError');
    }
  }
}
