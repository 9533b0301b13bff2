import type { INodeProperties } from 'n8n-workflow';
import type { DeviceFilter } from '../../../../packages/genieacs/src/index.ts';
import { textField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';

/** What a list of devices may be narrowed by. */
export const filters: readonly INodeProperties[] = [
  textField('lastInformBefore', 'Last Inform Before', { placeholder: 'e.g. 2026-11-20T00:00:00Z', description: 'Only devices that have been silent since this moment' }),
  textField('oui', 'OUI', { placeholder: 'e.g. 000E5E', description: 'Manufacturer prefix' }),
  textField('productClass', 'Product Class', { placeholder: 'e.g. HT803G-W', description: 'Model as the device names itself' }),
  textField('serials', 'Serials', { placeholder: 'e.g. RCMG19E01234, RCMG19E01235', description: 'Only these serial numbers, separated by commas; thousands may be given' }),
  textField('tag', 'Tag', { placeholder: 'e.g. installed', description: 'Only devices with this tag' }),
  textField('withoutTag', 'Without Tag', { placeholder: 'e.g. leadlight-migrating', description: 'Only devices that do not carry this tag' }),
];

export function readFilter(read: Inputs): DeviceFilter {
  const options = read.options('options');
  const given = Object.fromEntries(['lastInformBefore', 'oui', 'productClass', 'tag', 'withoutTag'].flatMap((name) => (options.text(name) === undefined ? [] : [[name, options.text(name)]])));
  const serials = options.list('serials');
  return { ...given, ...(serials === undefined ? {} : { serials }) };
}
