import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { perItem } from '../shared/perItem.ts';
import { connect } from './connect.ts';
import { searchDevices, searchFiles, searchPresets, searchProvisions, searchVirtualParameters } from './listSearch.ts';
import { bulk } from './resources/bulk/index.ts';
import { device } from './resources/device/index.ts';
import { fault } from './resources/fault/index.ts';
import { file } from './resources/file/index.ts';
import { preset } from './resources/preset/index.ts';
import { provision } from './resources/provision/index.ts';
import { server } from './resources/server/index.ts';
import { task } from './resources/task/index.ts';
import { virtualParameter } from './resources/virtualParameter/index.ts';

const resources = [device, bulk, fault, file, preset, provision, server, task, virtualParameter];

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

  methods = { listSearch: { searchDevices, searchFiles, searchPresets, searchProvisions, searchVirtualParameters } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, connect);
  }
}
