import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { Presence } from '../../../../packages/oktopus/src/index.ts';
import type { Oktopus } from '../../connect.ts';

/** Devices that match, one item each. */
export const getMany = defineOperation<Oktopus>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many devices',
  description: 'List CPEs, each once, by vendor, model, product class, version, alias or status; one item each',
  fields: [
    ...returnAllFields,
    optionsField([
      textField('alias', 'Alias', { placeholder: 'e.g. Shop Window', description: 'Name given in Oktopus, whole' }),
      textField('model', 'Model', { placeholder: 'e.g. XX230v', description: 'Model name, whole; CWMP devices have none in Oktopus' }),
      textField('productClass', 'Product Class', { placeholder: 'e.g. Device2', description: 'Product class as the device reports it, whole' }),
      choiceField('status', 'Status', { associating: 'Associating', offline: 'Offline', online: 'Online' }, 'online', 'Whether the device is reached by any transport'),
      textField('vendor', 'Vendor', { placeholder: 'e.g. TP-Link', description: 'Manufacturer as the device reports it, whole' }),
      textField('version', 'Version', { placeholder: 'e.g. 5.00.21', description: 'Firmware version, whole' }),
    ]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const text = Object.fromEntries(['alias', 'model', 'productClass', 'vendor', 'version'].flatMap((name) => (options.text(name) === undefined ? [] : [[name, options.text(name)]])));
    const status = options.text('status') as Presence | undefined;
    return (await client.devices.list({ ...text, ...(status === undefined ? {} : { status }), ...(read.flag('returnAll') ? {} : { limit: read.number('limit') }) })).devices;
  },
});
