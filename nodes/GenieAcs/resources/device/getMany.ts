import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

/** Devices that match, one item each. */
export const getMany = defineOperation<GenieAcs>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many devices',
  description: 'List CPEs by tag, product class or last inform, one item each',
  fields: [
    ...returnAllFields,
    optionsField([
      textField('lastInformBefore', 'Last Inform Before', { placeholder: 'e.g. 2026-11-20T00:00:00Z', description: 'Only devices that have been silent since this moment' }),
      textField('oui', 'OUI', { placeholder: 'e.g. 000E5E', description: 'Manufacturer prefix' }),
      textField('parameters', 'Parameters', { placeholder: 'e.g. Device.DeviceInfo.SoftwareVersion', description: 'Parameter paths to return, separated by commas' }),
      textField('productClass', 'Product Class', { placeholder: 'e.g. SR905ac', description: 'Model as the device names itself' }),
      textField('tag', 'Tag', { placeholder: 'e.g. installed', description: 'Only devices with this tag' }),
    ]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const given = Object.fromEntries(['lastInformBefore', 'oui', 'productClass', 'tag'].flatMap((name) => (options.text(name) === undefined ? [] : [[name, options.text(name)]])));
    const projection = options.text('parameters')?.split(',').map((path) => path.trim()).filter(Boolean);
    const limit = read.flag('returnAll') ? Number.POSITIVE_INFINITY : read.number('limit');
    const found: object[] = [];
    for await (const one of client.devices.list({ ...given, ...(projection === undefined ? {} : { projection }), pageSize: Math.min(limit, 500) })) {
      found.push(one);
      if (found.length >= limit) break;
    }
    return found;
  },
});
