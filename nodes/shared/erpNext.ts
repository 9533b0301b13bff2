import type { IExecuteFunctions, ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import { erpnext, type ErpNext } from '../../packages/erpnext/src/index.ts';
import { clock } from './clock.ts';
import { sendWith, type Requester } from './transport.ts';

export type { ErpNext };

/** The ERPNext site of the credential, for one item. @example return await perItem(this, resources, connectErpNext); */
export async function connectErpNext(context: IExecuteFunctions | Requester, index = 0): Promise<ErpNext> {
  return erpnext(await sendWith(context as Requester, 'leadlightErpNextApi', index), clock);
}

/** A kind of document; the node that shows it lists `searchDocTypes` among its methods. */
export const docType: INodeProperties = {
  displayName: 'DocType',
  name: 'docType',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'Kind of document, as ERPNext names it',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose a DocType…', typeOptions: { searchListMethod: 'searchDocTypes', searchable: true } },
    { displayName: 'Name', name: 'name', type: 'string', placeholder: 'e.g. Customer' },
  ],
};

/** DocTypes that hold documents of their own: no child tables, no settings pages. As a link field in Desk offers them, for the list itself takes System Manager. */
export async function searchDocTypes(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const names = await (await connectErpNext(this)).doctypes(filter, 1000);
  return { results: names.map((name) => ({ name, value: name })) };
}
