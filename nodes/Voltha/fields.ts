import type { INodeProperties } from 'n8n-workflow';
import { numberField, textField } from '../shared/fields.ts';

/** An OLT from the list, or by whatever names it. */
export const olt: INodeProperties = {
  displayName: 'OLT',
  name: 'olt',
  type: 'resourceLocator',
  required: true,
  default: { mode: 'list', value: '' },
  description: 'The OLT as VOLTHA knows it',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose an OLT…', typeOptions: { searchListMethod: 'searchOlts', searchable: true } },
    { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 10.20.0.11:9191', hint: 'Device ID, serial, host:port or host', validation: [{ type: 'regex', properties: { regex: '^[A-Za-z0-9._:-]{1,128}$', errorMessage: 'Letters, digits, dots, colons and dashes only' } }] },
  ],
};
export const pon = numberField('pon', 'PON', 0, 'Number of the PON on the OLT, counted from 0', { minValue: 0, maxValue: 255 });
export const downKbps = numberField('downKbps', 'Download (Kbps)', 1_000_000, 'Download speed of the plan in kilobits per second', { minValue: 64 });
export const upKbps = numberField('upKbps', 'Upload (Kbps)', 1_000_000, 'Upload speed of the plan in kilobits per second', { minValue: 64 });
export const profileBase = textField('profileBase', 'Profile Base', { placeholder: 'e.g. FTTH1G', description: 'Name the two speed profiles are derived from, the same for every subscriber of the plan' });
