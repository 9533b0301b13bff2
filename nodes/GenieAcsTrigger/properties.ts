import type { INodeProperties } from 'n8n-workflow';
import { numberField, optionsField, textField } from '../shared/fields.ts';

const events: readonly { readonly name: string; readonly value: string; readonly description: string }[] = [
  { name: 'Boot', value: 'boot', description: 'It started, after a power cut or a reboot' },
  { name: 'Bootstrap', value: 'bootstrap', description: 'It is new or was reset to its factory state' },
  { name: 'Fault', value: 'fault', description: 'A device or a script refused something, also when it does so again' },
  { name: 'Inform', value: 'inform', description: 'It called in; several calls between two polls count as one' },
  { name: 'New Device', value: 'registered', description: 'GenieACS sees it for the first time' },
];

export const properties: INodeProperties[] = [
  { displayName: 'Events', name: 'events', type: 'multiOptions', options: [...events], default: ['bootstrap', 'fault'], required: true, description: 'What starts the workflow' },
  optionsField([
    numberField('overlapSeconds', 'Look Back Seconds', 120, 'GenieACS stamps a document at the begin of a session and writes it at the end; look back this far so that none is lost', { minValue: 30, maxValue: 3600 }),
    textField('oui', 'OUI', { placeholder: 'e.g. 000E5E', description: 'Only devices of this manufacturer' }),
    textField('parameters', 'Parameters', { placeholder: 'e.g. Device.DeviceInfo.SoftwareVersion', description: 'Parameter paths to give along with a device, separated by commas' }),
    textField('productClass', 'Product Class', { placeholder: 'e.g. HT803G-W', description: 'Only devices of this class' }),
    textField('tag', 'Tag', { placeholder: 'e.g. installed', description: 'Only devices with this tag' }),
  ]),
];
