import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { connectHub } from '../shared/hub.ts';
import { perItem } from '../shared/perItem.ts';
import { device } from './resources/device/index.ts';
import { event } from './resources/event/index.ts';
import { notice } from './resources/notice/index.ts';
import { order } from './resources/order/index.ts';
import { payment } from './resources/payment/index.ts';

const resources = [order, payment, notice, event, device];

/** The hub's own records: timelines, payments, notices, events and device settings. */
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

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, connectHub);
  }
}
