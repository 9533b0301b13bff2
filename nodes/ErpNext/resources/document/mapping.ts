import type { INodeProperties } from 'n8n-workflow';
import type { Json } from '../../../../core/src/index.ts';
import type { Fields } from '../../../../packages/erpnext/src/index.ts';
import { choiceField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';
import { fieldsJson as json, withLinks } from './fields.ts';

/** What is written: all of it as JSON, or field by field with the types of the DocType. */
export const fieldsMode = choiceField('fieldsMode', 'Specify Fields', { below: 'Using Fields Below', json: 'Using JSON' }, 'json', 'Whether to fill in fields one by one, with their types, or to give all of them as one JSON object');
export const fieldsJson: INodeProperties = { ...json, displayOptions: { show: { fieldsMode: ['json'] } } };
export const mappedFields: INodeProperties = {
  displayName: 'Values to Write',
  name: 'mappedFields',
  type: 'resourceMapper',
  noDataExpression: true,
  default: { mappingMode: 'defineBelow', value: null },
  required: true,
  displayOptions: { show: { fieldsMode: ['below'] } },
  description: 'The fields of the DocType as its form has them; a child table takes a list of rows',
  typeOptions: {
    loadOptionsDependsOn: ['docType.value'],
    resourceMapper: { resourceMapperMethod: 'documentFields', mode: 'add', fieldWords: { singular: 'field', plural: 'fields' }, addAllFields: false, multiKeyMatch: false, supportAutoMap: false },
  },
};

/** The fields of either way, with their links put in. What was left empty in the form is not written. */
export function readDocumentFields(read: Inputs): Fields {
  if (read.text('fieldsMode') !== 'below') return withLinks(read, read.object('fields') as Readonly<Record<string, Json>>);
  const { value } = (read.json('mappedFields') ?? {}) as { value?: Readonly<Record<string, Json>> | null };
  return withLinks(read, Object.fromEntries(Object.entries(value ?? {}).filter(([, one]) => one !== null && one !== undefined)));
}
