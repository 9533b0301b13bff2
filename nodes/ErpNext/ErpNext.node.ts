import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { searchDocTypes } from '../shared/erpNext.ts';
import { perItem } from '../shared/perItem.ts';
import { connect } from './connect.ts';
import { searchDocuments, searchInvoices } from './listSearch.ts';
import { documentFields } from './resourceMapping.ts';
import { document } from './resources/document/index.ts';
import { file } from './resources/file/index.ts';
import { method } from './resources/method/index.ts';
import { report } from './resources/report/index.ts';
import { salesInvoice } from './resources/salesInvoice/index.ts';
import { site } from './resources/site/index.ts';

const resources = [document, file, method, report, salesInvoice, site];

/** Documents of ERPNext, each exactly once. */
export class ErpNext implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'ERPNext',
    name: 'erpNext',
    icon: { light: 'file:../../icons/erpNext.svg', dark: 'file:../../icons/erpNext.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Keep customers, subscriptions, jobs and invoices in ERPNext, each exactly once',
    defaults: { name: 'ERPNext' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadlightErpNextApi', required: true }],
    properties: propertiesOf(resources),
  };

  methods = { listSearch: { searchDocTypes, searchDocuments, searchInvoices }, resourceMapping: { documentFields } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, connect);
  }
}
