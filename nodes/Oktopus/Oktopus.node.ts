import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { perItem } from '../shared/perItem.ts';
import { connectOnce } from './connect.ts';
import { searchDevices } from './listSearch.ts';
import { device } from './resources/device/index.ts';
import { parameter } from './resources/parameter/index.ts';

const resources = [device, parameter];

/** Subscriber devices by USP and CWMP. */
export class Oktopus implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Oktopus',
    name: 'oktopus',
    icon: { light: 'file:../../icons/oktopus.svg', dark: 'file:../../icons/oktopus.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Read, configure and restart CPEs that Oktopus manages by USP or CWMP, and read back what they took',
    defaults: { name: 'Oktopus' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadlightOktopusApi', required: true }],
    properties: propertiesOf(resources),
  };

  methods = { listSearch: { searchDevices } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, connectOnce());
  }
}
