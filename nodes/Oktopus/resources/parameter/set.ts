import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import type { INodeProperties } from 'n8n-workflow';
import type { WantedParameter } from '../../../../packages/oktopus/src/index.ts';
import type { Oktopus } from '../../connect.ts';
import { device, protocol, readProtocol, transport } from '../../fields.ts';

const partial: INodeProperties = { displayName: 'Allow Partial', name: 'allowPartial', type: 'boolean', default: false, description: 'Whether the other parameters are written when the CPE refuses one; USP only, CWMP writes all or nothing' };

/** Writes parameters and reads them back: a verdict for each. */
export const set = defineOperation<Oktopus>({
  value: 'set',
  name: 'Set',
  action: 'Set parameters of device',
  description: 'Write parameters of a CPE, read them back from it, and say for each what became of it and whether a restart is needed',
  fields: [
    device,
    jsonField('parameters', 'Parameters', 'List of {"path", "value"} and, for secrets, "secret": true; or an object of path to value', { default: '[{ "path": "Device.WiFi.SSID.1.SSID", "value": "Maison Tremblay" }]' }),
    protocol,
    optionsField([partial, transport]),
  ],
  run: ({ read, client }) => {
    const given = read.json('parameters');
    const wanted = (Array.isArray(given) ? given : Object.entries(read.object('parameters')).map(([path, value]) => ({ path, value }))) as readonly WantedParameter[];
    return client.parameters.set(read.picked('device'), wanted, { ...readProtocol(read), allowPartial: read.options('options').flag('allowPartial') ?? false });
  },
});
