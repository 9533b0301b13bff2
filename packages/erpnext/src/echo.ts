import { VendorError, type Json, type JsonObject } from '../../../core/src/index.ts';
import { isRows, systemFields, type Doc, type Fields } from './doc.ts';

/** How a saved document differs from what was sent. Paths like `items[0].rate`. */
export interface EchoDiff {
  /** Sent, but the doctype has no such field: Frappe drops it without a word. */
  readonly unknown: readonly string[];
  /** Sent and saved otherwise: cleaned text, a field above the user's permission level, a value the server computes. */
  readonly changed: readonly string[];
}

/**
 * Compares what was sent with what came back, because Frappe answers 200 to a misspelt field. Rows are compared in order.
 * @example echoDiff({ cutomer: 'X' }, doc).unknown // ['cutomer']
 */
export function echoDiff(sent: Fields, got: JsonObject, at = ''): EchoDiff {
  const unknown: string[] = [];
  const changed: string[] = [];
  for (const [key, value] of Object.entries(sent)) {
    if (value === undefined || systemFields.includes(key)) continue;
    const path = `${at}${key}`;
    if (!(key in got)) unknown.push(path);
    else if (isRows(value)) {
      const rows = Array.isArray(got[key]) ? (got[key] as readonly JsonObject[]) : [];
      value.forEach((row, index) => {
        if (rows[index] === undefined) return void changed.push(`${path}[${index}]`);
        const inner = echoDiff(row, rows[index], `${path}[${index}].`);
        unknown.push(...inner.unknown);
        changed.push(...inner.changed);
      });
    } else if (!sameValue(value, got[key])) changed.push(path);
  }
  return { unknown, changed };
}

/**
 * Equality as a Frappe column sees it: blank is blank (null, '', 0 of a number), 1 is true, '5' is 5, 9.9700000001 is 9.97, a masked
 * password equals anything.
 */
export function sameValue(sent: Json | undefined, got: Json | undefined): boolean {
  if (typeof got === 'string' && /^\*+$/.test(got)) return true;
  const blank = (value: Json | undefined) => value === undefined || value === null || value === '' || value === 0 || value === false;
  if (blank(sent) && blank(got)) return true;
  if (typeof sent === 'boolean') return Number(sent) === Number(got);
  if (typeof sent === 'number' || typeof got === 'number') return sent !== '' && got !== '' && Math.abs(Number(sent) - Number(got)) < 1e-6;
  return String(sent ?? '').trim() === String(got ?? '').trim();
}

/** The warnings of a write; in strict mode an unknown field is an error, although the document is there. */
export function echoWarnings(doctype: string, operation: string, sent: Fields, doc: Doc, strict: boolean): readonly string[] {
  const { unknown, changed } = echoDiff(sent, doc);
  if (strict && unknown.length > 0) {
    throw new VendorError({
      vendor: 'ERPNext', operation, kind: 'rejectedInput', outcome: 'applied',
      message: `${doctype} has no field ${unknown.join(', ')}; ERPNext saved the document without it.`,
      hint: 'Correct the field name, or install the Leadlight fields on this site.', detail: { unknownFields: [...unknown], name: doc.name },
    });
  }
  return [...unknown.map((path) => `${doctype} has no field ${path}: it was not saved.`), ...changed.map((path) => `${doctype}.${path} was saved with another value than the one sent.`)];
}
