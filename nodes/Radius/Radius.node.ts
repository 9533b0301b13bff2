import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { connectHub } from '../shared/hub.ts';
import { perItem } from '../shared/perItem.ts';
import { searchPlans, searchSubscribers } from './listSearch.ts';
import { fairUse } from './resources/fairUse/index.ts';
import { nas } from './resources/nas/index.ts';
import { plan } from './resources/plan/index.ts';
import { session } from './resources/session/index.ts';
import { subscriber } from './resources/subscriber/index.ts';
import { usage } from './resources/usage/index.ts';

const resources = [subscriber, fairUse, nas, plan, session, usage];

/** Accounts, plans and sessions by RADIUS; the hub writes the tables and sends CoA and Disconnect. */
export class Radius implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'RADIUS',
    name: 'radius',
    icon: { light: 'file:../../icons/radius.svg', dark: 'file:../../icons/radius.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Give subscribers access by RADIUS, change, suspend and resume it, see and end sessions, and read usage, through the Leadlight hub',
    defaults: { name: 'RADIUS' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadlightHubApi', required: true }],
    properties: propertiesOf(resources),
  };

  methods = { listSearch: { searchPlans, searchSubscribers } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, connectHub);
  }
}
