import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { perItem } from '../shared/perItem.ts';
import { connect } from './connect.ts';
import { searchDevices } from './listSearch.ts';
import { device } from './resources/device/index.ts';
import { fault } from './resources/fault/index.ts';
import { task } from './resources/task/index.ts';

const resources = [device, fault, task];

/** Subscriber devices by TR-069. */
export class GenieAcs implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'GenieACS',
    name: 'genieAcs',
    icon: { light: 'file:../../icons/genieAcs.svg', dark: 'file:../../icons/genieAcs.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Configure, refresh and restart CPEs that GenieACS manages by TR-069, and read back what they took',
    defaults: { name: 'GenieACS' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadlightGenieAcsApi', required: true }],
    properties: propertiesOf(resources),
  };

  methods = { listSearch: { searchDevices } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, connect);
  }
}
