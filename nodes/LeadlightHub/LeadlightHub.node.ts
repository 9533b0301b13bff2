import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { connectHub } from '../shared/hub.ts';
import { perItem } from '../shared/perItem.ts';
import { searchMarketplaceSubscriptions, searchMigrations, searchPaymentMethods } from './listSearch.ts';
import { acsMigration } from './resources/acsMigration/index.ts';
import { device } from './resources/device/index.ts';
import { event } from './resources/event/index.ts';
import { invoice } from './resources/invoice/index.ts';
import { marketplace } from './resources/marketplace/index.ts';
import { notice } from './resources/notice/index.ts';
import { order } from './resources/order/index.ts';
import { payment } from './resources/payment/index.ts';
import { paypalSubscription } from './resources/paypalSubscription/index.ts';
import { paymentMethod } from './resources/paymentMethod/index.ts';
import { sipAccount } from './resources/sipAccount/index.ts';

const resources = [order, payment, paymentMethod, paypalSubscription, invoice, marketplace, notice, event, device, sipAccount, acsMigration];

/** The hub's own records: timelines, payments, invoices, notices, events, device settings, SIP accounts and the move to another ACS. */
export class LeadlightHub implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Leadlight Hub',
    name: 'leadlightHub',
    icon: { light: 'file:../../icons/leadlightHub.svg', dark: 'file:../../icons/leadlightHub.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Keep order timelines, take payments, send notices once and publish events through the Leadlight hub',
    defaults: { name: 'Leadlight Hub' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadlightHubApi', required: true }],
    properties: propertiesOf(resources),
  };

  methods = { listSearch: { searchMarketplaceSubscriptions, searchMigrations, searchPaymentMethods } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, connectHub);
  }
}
