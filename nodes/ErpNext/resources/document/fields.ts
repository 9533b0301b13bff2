import type { INodeProperties } from 'n8n-workflow';
import { fillLinks, type Json } from '../../../../core/src/index.ts';
import type { Doc, Fields } from '../../../../packages/erpnext/src/index.ts';
import { jsonField, textField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';

export { docType } from '../../../shared/erpNext.ts';

export const documentName: INodeProperties = {
  displayName: 'Document',
  name: 'documentName',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The document, by its name (ID)',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose a document…', typeOptions: { searchListMethod: 'searchDocuments', searchable: true } },
    { displayName: 'Name', name: 'name', type: 'string', placeholder: 'e.g. CUST-00042' },
    {
      displayName: 'URL',
      name: 'url',
      type: 'string',
      placeholder: 'e.g. https://erp.example.com/app/customer/CUST-00042',
      extractValue: { type: 'regex', regex: 'https?://[^/]+/app/[^/]+/([^/?#]+)' },
    },
  ],
};

export const fieldsJson = jsonField('fields', 'Fields', 'What to write: field name to value; a list of objects is a child table', { default: '{}' });

/** Fields whose value is the name of another document, as an expression on the node that made it. */
export const links: INodeProperties = {
  displayName: 'Links',
  name: 'links',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Link',
  default: {},
  description: 'Fields that point at other documents; written over those of Fields',
  options: [
    {
      displayName: 'Link',
      name: 'link',
      values: [
        { displayName: 'Field', name: 'field', type: 'string', default: '', placeholder: 'e.g. customer', description: 'Name of the field; equipment_list.0.service_equipment reaches into a child table' },
        { displayName: 'Value', name: 'value', type: 'string', default: '', description: 'Name of the document it points at' },
      ],
    },
  ],
};

export const strict: INodeProperties = {
  displayName: 'Fail on Unknown Fields',
  name: 'strict',
  type: 'boolean',
  default: false,
  description: 'Whether a field the DocType does not have stops the operation instead of being reported among the warnings',
};

/** The fields of a node that takes JSON alone, with their links put in. */
export const readFields = (read: Inputs): Fields => withLinks(read, read.object('fields') as Readonly<Record<string, Json>>);

/** Fields with their links put in; a dotted field reaches into a child table. An empty link is left out rather than written as nothing. */
export function withLinks(read: Inputs, fields: Readonly<Record<string, Json>>): Fields {
  const { link = [] } = (read.json('links') ?? {}) as { link?: readonly { readonly field: string; readonly value: string }[] };
  const linked = link.filter(({ field, value }) => field && value);
  const filled = fillLinks(
    { step: 'document', doctype: '', key: '', fields, links: Object.fromEntries(linked.map(({ field }) => [field, field])) },
    Object.fromEntries(linked.map(({ field, value }) => [field, value])),
  );
  return filled.type === 'refused' ? fields : filled.value;
}

export const tag = textField('tag', 'Tag', { placeholder: 'e.g. VIP', description: 'One tag, without commas' });
/** Where a file leaves the node. */
export const outputField = textField('binaryPropertyName', 'Put Output File in Field', { default: 'data', hint: 'The name of the output binary field to put the file in', description: 'Name of the field of the item that is to carry the file' });

/** A comma-separated list of names. */
export const names = (text: string | undefined): string[] | undefined => {
  const found = text?.split(',').map((one) => one.trim()).filter(Boolean);
  return found && found.length > 0 ? found : undefined;
};

/** The document as the item, with the warnings beside it when there are any. */
export const withWarnings = ({ doc, warnings }: { readonly doc: Doc; readonly warnings: readonly string[] }): object => (warnings.length > 0 ? { ...doc, leadlightWarnings: warnings } : doc);
