import type { INodeProperties } from 'n8n-workflow';
import type { Mtp, Protocol, ProtocolOptions } from '../../packages/oktopus/src/index.ts';
import { choiceField } from '../shared/fields.ts';
import type { Inputs } from '../shared/inputs.ts';

/** A device by its serial number, which is all that Oktopus knows it by. */
export const device: INodeProperties = {
  displayName: 'Device',
  name: 'device',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The CPE, by its serial number as it reports it',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Type a serial or an alias…', typeOptions: { searchListMethod: 'searchDevices', searchable: true } },
    { displayName: 'Serial', name: 'serial', type: 'string', placeholder: 'e.g. XX230V0001234' },
  ],
};

export const protocol = choiceField('protocol', 'Protocol', { auto: 'Automatic', cwmp: 'CWMP (TR-069)', usp: 'USP (TR-369)' }, 'auto', 'How to speak to the device; Automatic asks Oktopus how it is connected now and prefers USP');

export const transport = choiceField('mtp', 'Transport', { any: 'Any That Is Online', mqtt: 'MQTT', stomp: 'STOMP', ws: 'WebSocket' }, 'any', 'Over which transport USP goes; the others are for a device that is online by several');

/** Protocol and transport of an operation. */
export function readProtocol(read: Inputs): ProtocolOptions {
  const mtp = read.options('options').text('mtp') as Mtp | undefined;
  return { protocol: read.text('protocol') as Protocol, ...(mtp === undefined ? {} : { mtp }) };
}
