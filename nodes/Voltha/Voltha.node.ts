import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { connectHub } from '../shared/hub.ts';
import { perItem } from '../shared/perItem.ts';
import { searchOlts } from './listSearch.ts';
import { olt } from './resources/olt/index.ts';
import { onu } from './resources/onu/index.ts';

const resources = [onu, olt];

/** Optical access by VOLTHA; the hub speaks gRPC for it. */
export class Voltha implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'VOLTHA',
    name: 'voltha',
    icon: { light: 'file:../../icons/voltha.svg', dark: 'file:../../icons/voltha.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Provision, switch, measure and upgrade ONUs on OLTs that VOLTHA manages, through the Leadlight hub',
    defaults: { name: 'VOLTHA' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadlightHubApi', required: true }],
    properties: propertiesOf(resources),
  };

  methods = { listSearch: { searchOlts } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, connectHub);
  }
}
