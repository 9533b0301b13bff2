import type { FieldType, ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import type { DoctypeFields } from '../../packages/erpnext/src/index.ts';
import { connect } from './connect.ts';

type FormField = DoctypeFields['fields'][number] & { readonly read_only?: 0 | 1 };

/** Days and times stay texts: ERPNext wants its own spelling, in the time zone of the site. */
const TYPES: Readonly<Record<string, FieldType>> = { Int: 'number', Float: 'number', Currency: 'number', Percent: 'number', Check: 'boolean', Table: 'array', 'Table MultiSelect': 'array', Select: 'options' };
const LAYOUT = new Set(['Section Break', 'Column Break', 'Tab Break', 'HTML', 'Heading', 'Button', 'Fold', 'Image']);

/** The fields of the DocType chosen above, from its form: no System Manager needed. */
export async function documentFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
  const doctype = String(this.getNodeParameter('docType', '', { extractValue: true }) ?? '');
  if (!doctype) return { fields: [], emptyFieldsNotice: 'Choose a DocType first.' };
  const [form] = await (await connect(this)).fields(doctype);
  const isNew = ['create', 'ensure'].includes(String(this.getNodeParameter('operation', '')));
  return { fields: ((form?.fields ?? []) as readonly FormField[]).filter(({ fieldtype, read_only }) => !LAYOUT.has(fieldtype) && !read_only).map((field) => toMapped(field, isNew)) };
}

function toMapped({ fieldname, fieldtype, label, options, reqd, default: byDefault }: FormField, isNew: boolean): ResourceMapperField {
  const type = TYPES[fieldtype] ?? 'string';
  return {
    id: fieldname, displayName: label || fieldname, type, display: true, defaultMatch: false, canBeUsedToMatch: false,
    // What ERPNext fills in by itself need not be given.
    required: isNew && reqd === 1 && !byDefault,
    ...(type === 'options' ? { options: (options ?? '').split('\n').filter(Boolean).map((value) => ({ name: value, value })) } : {}),
  };
}
