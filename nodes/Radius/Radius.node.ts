import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { connectHub } from '../shared/hub.ts';
import { perItem } from '../shared/perItem.ts';
import { subscriber } from './resources/subscriber/index.ts';

const resources = [subscriber];

/** Session control by RADIUS; the hub writes the tables and sends CoA and Disconnect. */
export class Radius implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'RADIUS',
    name: 'radius',
    icon: { light: 'file:../../icons/radius.svg', dark: 'file:../../icons/radius.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Give subscribers access by RADIUS, suspend and resume them, and end their sessions, through the Leadlight hub',
    defaults: { name: 'RADIUS' },
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
