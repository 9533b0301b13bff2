import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { perItem } from '../shared/perItem.ts';
import { searchJurisdictions, searchOfferings, searchPlans, searchPolicies, searchTrialPlans } from './listSearch.ts';
import { account } from './resources/account/index.ts';
import { appointment } from './resources/appointment/index.ts';
import { billing } from './resources/billing/index.ts';
import { catalogue } from './resources/catalogue/index.ts';
import { dunning } from './resources/dunning/index.ts';
import { field } from './resources/field/index.ts';
import { fulfilment } from './resources/fulfilment/index.ts';
import { lead } from './resources/lead/index.ts';
import { lock } from './resources/lock/index.ts';
import { network } from './resources/network/index.ts';
import { notice } from './resources/notice/index.ts';
import { order } from './resources/order/index.ts';
import { policy } from './resources/policy/index.ts';
import { quote } from './resources/quote/index.ts';
import { subscription } from './resources/subscription/index.ts';
import { trial } from './resources/trial/index.ts';
import { usage } from './resources/usage/index.ts';

const resources = [order, account, appointment, billing, catalogue, dunning, field, fulfilment, lead, lock, network, notice, policy, quote, subscription, trial, usage];

/** The decisions of a fibre ISP; it touches nothing, so it needs no credential. */
export class Leadlight implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Leadlight',
    name: 'leadlight',
    icon: { light: 'file:../../icons/leadlight.svg', dark: 'file:../../icons/leadlight.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Check, price, plan and bill fibre orders, and decide on subscriptions, usage, unpaid invoices and trials: with reasons, as data, without touching any system',
    defaults: { name: 'Leadlight' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    properties: propertiesOf(resources),
  };

  methods = { listSearch: { searchJurisdictions, searchOfferings, searchPlans, searchPolicies, searchTrialPlans } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, () => undefined);
  }
}
