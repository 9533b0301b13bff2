import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { connectHub } from '../shared/hub.ts';
import { perItem } from '../shared/perItem.ts';
import { searchDrops, searchPremises } from './listSearch.ts';
import { address } from './resources/address/index.ts';
import { coverage } from './resources/coverage/index.ts';
import { drop } from './resources/drop/index.ts';
import { link } from './resources/link/index.ts';
import { port } from './resources/port/index.ts';

const resources = [address, coverage, drop, link, port];

/** Where fibre is, and who holds which port. */
export class FibreAvailability implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Fibre Availability',
    name: 'fibreAvailability',
    icon: { light: 'file:../../icons/fibreAvailability.svg', dark: 'file:../../icons/fibreAvailability.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Find and qualify addresses for fibre service, lease the OLT port of a drop to an order, and see coverage and demand',
    defaults: { name: 'Fibre Availability' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadlightHubApi', required: true }],
    properties: propertiesOf(resources),
  };

  methods = { listSearch: { searchDrops, searchPremises } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, connectHub);
  }
}
