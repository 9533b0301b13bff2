import type { INodeProperties } from 'n8n-workflow';
import { choiceField, numberField, textField } from '../shared/fields.ts';
import type { Options } from '../shared/inputs.ts';
import type { PortType } from '../../packages/netbox/src/index.ts';

export const collectionField = textField('collection', 'Collection', { default: 'dcim/devices', placeholder: 'e.g. ipam/prefixes', description: 'Kind of object as in the address of the API, app and plural' });
export const objectId = numberField('objectId', 'Object ID', 0, 'ID of the object in NetBox', { minValue: 1 });
export const etag = textField('etag', 'ETag', { default: '', placeholder: 'e.g. {{ $json.etag }}', description: 'Only when nobody changed the object since it was read; NetBox before 4.6 ignores it' });

const types: Readonly<Record<PortType, string>> = { 'dcim.frontport': 'Front Port', 'dcim.interface': 'Interface', 'dcim.rearport': 'Rear Port' };
/** One end of a cable: what kind of port, and which. */
export const portFields = (side: string, label: string, byDefault: PortType): readonly INodeProperties[] => [
  choiceField(`${side}Type`, `${label} Type`, types, byDefault, `Kind of the port at the ${label.toLowerCase()}`),
  numberField(`${side}Id`, `${label} ID`, 0, `ID of the port at the ${label.toLowerCase()}`, { minValue: 1 }),
];

/** The options that were added, under the names the client has. @example given(options, { text: ['status'], number: ['tenantId'] }) // { status: 'active' } */
export function given(options: Options, names: { readonly text?: readonly string[]; readonly number?: readonly string[] }): Record<string, string | number> {
  const found: Record<string, string | number> = {};
  for (const [name, value] of [...(names.text ?? []).map((one) => [one, options.text(one)] as const), ...(names.number ?? []).map((one) => [one, options.number(one)] as const)]) if (value !== undefined) found[name] = value;
  return found;
}
