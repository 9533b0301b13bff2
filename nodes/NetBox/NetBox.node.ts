import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { perItem } from '../shared/perItem.ts';
import { connect } from './connect.ts';
import { searchPrefixes } from './listSearch.ts';
import { ipAddress } from './resources/ipAddress/index.ts';
import { journal } from './resources/journal/index.ts';
import { prefix } from './resources/prefix/index.ts';

const resources = [ipAddress, journal, prefix];

/** Addresses and their journal in NetBox. */
export class NetBox implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'NetBox',
    name: 'netBox',
    icon: { light: 'file:../../icons/netBox.svg', dark: 'file:../../icons/netBox.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Allocate addresses exactly once per order, look at prefixes and write journal entries in NetBox',
    defaults: { name: 'NetBox' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadlightNetBoxApi', required: true }],
    properties: propertiesOf(resources),
  };

  methods = { listSearch: { searchPrefixes } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, connect);
  }
}
