import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { perItem } from '../shared/perItem.ts';
import { appointment } from './resources/appointment/index.ts';
import { billing } from './resources/billing/index.ts';
import { catalogue } from './resources/catalogue/index.ts';
import { field } from './resources/field/index.ts';
import { fulfilment } from './resources/fulfilment/index.ts';
import { lead } from './resources/lead/index.ts';
import { network } from './resources/network/index.ts';
import { notice } from './resources/notice/index.ts';
import { order } from './resources/order/index.ts';
import { quote } from './resources/quote/index.ts';

const resources = [order, appointment, billing, catalogue, field, fulfilment, lead, network, notice, quote];

/** The decisions of a fibre ISP; it touches nothing, so it needs no credential. */
export class Leadlight implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Leadlight',
    name: 'leadlight',
    icon: { light: 'file:../../icons/leadlight.svg', dark: 'file:../../icons/leadlight.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Check, price, plan and bill fibre orders: decisions with reasons, as data, without touching any system',
    defaults: { name: 'Leadlight' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    properties: propertiesOf(resources),
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, () => undefined);
  }
}
