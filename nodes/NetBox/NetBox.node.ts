import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { propertiesOf } from '../shared/defineOperation.ts';
import { perItem } from '../shared/perItem.ts';
import { connect } from './connect.ts';
import { searchDevices, searchPrefixes, searchTenants, searchVlanGroups } from './listSearch.ts';
import { cable } from './resources/cable/index.ts';
import { change } from './resources/change/index.ts';
import { deviceResource } from './resources/device/index.ts';
import { frontPort } from './resources/frontPort/index.ts';
import { ipAddress } from './resources/ipAddress/index.ts';
import { journal } from './resources/journal/index.ts';
import { object } from './resources/object/index.ts';
import { prefix } from './resources/prefix/index.ts';
import { setup } from './resources/setup/index.ts';
import { tenantResource } from './resources/tenant/index.ts';
import { topology } from './resources/topology/index.ts';
import { vlan } from './resources/vlan/index.ts';

const resources = [ipAddress, cable, change, deviceResource, frontPort, journal, object, prefix, setup, tenantResource, topology, vlan];

/** Addresses, devices, cables and their journal in NetBox. */
export class NetBox implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'NetBox',
    name: 'netBox',
    icon: { light: 'file:../../icons/netBox.svg', dark: 'file:../../icons/netBox.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Take addresses, prefixes and VLANs exactly once per order, validate the fibre of an ONT, and keep devices and cables in NetBox',
    defaults: { name: 'NetBox' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadlightNetBoxApi', required: true }],
    properties: propertiesOf(resources),
  };

  methods = { listSearch: { searchDevices, searchPrefixes, searchTenants, searchVlanGroups } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await perItem(this, resources, connect);
  }
}
