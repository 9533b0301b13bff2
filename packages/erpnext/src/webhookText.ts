import { VendorError, type Json } from '../../../core/src/index.ts';
import type { Filter } from './doc.ts';
import type { SchemaField } from './schema.ts';

const NUMBERS = new Set(['Int', 'Long Int', 'Check', 'Float', 'Currency', 'Percent']);
const NOT_A_VALUE = new Set(['Table', 'Table MultiSelect', 'Password', 'Section Break', 'Column Break', 'Tab Break', 'HTML', 'Heading', 'Button', 'Fold', 'Image']);
const OWN = new Map<string, SchemaField>(['creation', 'owner', 'modified_by', 'docstatus', 'idx', 'amended_from'].map((fieldname) => [fieldname, { fieldname, fieldtype: ['docstatus', 'idx'].includes(fieldname) ? 'Int' : 'Data', label: '' }]));

const refused = (message: string, hint: string) => new VendorError({ vendor: 'ERPNext', operation: 'write a webhook', kind: 'rejectedInput', message, hint });

/**
 * The Jinja text of a webhook's body: what checkWebhook needs, the event (a body of Frappe names none), and the fields asked for below `doc`.
 * Every text passes through `tojson`, so that quotes and line breaks of a document cannot break the JSON or add to it.
 * @throws VendorError `rejectedInput` when the doctype has no such field, or one that is no single value
 * @example webhookJson('on_submit', ['paid_amount'], form.fields) // '{"doctype": {{ doc.doctype | tojson }}, …'
 */
export function webhookJson(event: string, names: readonly string[], fields: readonly SchemaField[]): string {
  const known = new Map([...OWN, ...fields.map((field) => [field.fieldname, field] as const)]);
  const values = [...new Set(names)].map((name) => {
    const field = known.get(name);
    if (!field) throw refused(`There is no field "${name}".`, 'Give the names of fields as Customize Form shows them, such as customer_name.');
    if (NOT_A_VALUE.has(field.fieldtype)) throw refused(`The field "${name}" is a ${field.fieldtype} and has no single value.`, 'Leave it out and read the document with the ERPNext node.');
    return `"${name}": ${NUMBERS.has(field.fieldtype) ? `{{ doc.${name} or 0 }}` : `{{ (doc.${name} | string | tojson) if doc.${name} else "null" }}`}`;
  });
  return `{"doctype": {{ doc.doctype | tojson }}, "name": {{ doc.name | string | tojson }}, "event": "${event}", "modified": {{ doc.modified | string | tojson }}, "doc": {${values.join(', ')}}}`;
}

/**
 * Filters of a list as the condition of a webhook. Only what means the same in both: equal, not equal, in, not in.
 * @throws VendorError `rejectedInput` for another operator
 * @example webhookCondition([['status', '=', 'Open']]) // '(doc.status or "") == "Open"'
 */
export function webhookCondition(filters: readonly Filter[]): string {
  return filters.map((filter) => {
    const [field, operator, value] = filter;
    const sign = ({ '=': '==', '!=': '!=', in: 'in', 'not in': 'not in' } as Readonly<Record<string, string>>)[operator];
    if (filter.length !== 3 || !sign || !/^[a-z_][a-z0-9_]*$/.test(field)) throw refused(`A webhook cannot be given the filter ${JSON.stringify(filter)}.`, 'Use [field, "=" or "!=" or "in" or "not in", value]; for others look by polling.');
    const number = [value].flat().every((one) => typeof one === 'number' || typeof one === 'boolean');
    return `(doc.${field} or ${number ? '0' : '""'}) ${sign} ${python(value)}`;
  }).join(' and ');
}

function python(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'number' ? String(value) : JSON.stringify(String(value ?? ''));
}
