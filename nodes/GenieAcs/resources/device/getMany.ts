import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';
import { filters, readFilter } from './filters.ts';

/** Devices that match, one item each. */
export const getMany = defineOperation<GenieAcs>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many devices',
  description: 'List CPEs by serial, tag, product class or last inform, one item each',
  fields: [
    ...returnAllFields,
    optionsField([
      ...filters,
      textField('parameters', 'Parameters', { placeholder: 'e.g. Device.DeviceInfo.SoftwareVersion', description: 'Parameter paths to return, separated by commas' }),
    ]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const projection = options.list('parameters');
    const limit = read.flag('returnAll') ? Number.POSITIVE_INFINITY : read.number('limit');
    const found: object[] = [];
    for await (const one of client.devices.list({ ...readFilter(read), ...(projection === undefined ? {} : { projection }), pageSize: Math.min(limit, 500) })) {
      found.push(one);
      if (found.length >= limit) break;
    }
    return found;
  },
});
