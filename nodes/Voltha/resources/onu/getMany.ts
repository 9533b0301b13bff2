import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, returnAllFields, textField, choiceField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** ONUs of the network, an OLT or a PON. */
export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many ONUs',
  description: 'List ONUs by OLT, PON and state, one item each with the last light level measured',
  fields: [
    ...returnAllFields,
    optionsField([
      textField('olt', 'OLT', { placeholder: 'e.g. 10.20.0.11:9191', description: 'Only ONUs of this OLT: device ID, serial, host:port or host' }),
      numberField('pon', 'PON', 0, 'Only ONUs of this PON of the OLT, counted from 0', { minValue: 0, maxValue: 255 }),
      choiceField('state', 'State', { up: 'Up', down: 'Down' }, 'down', 'Only ONUs that are ready, or only those that are not'),
    ]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const [byOlt, byPon, state] = [options.text('olt'), options.number('pon'), options.text('state')];
    const limit = read.flag('returnAll') ? 50_000 : read.number('limit');
    const { onus } = await client.voltha.list({
      limit,
      ...(byOlt === undefined ? {} : { olt: byOlt }),
      ...(byPon === undefined ? {} : { pon: byPon }),
      ...(state === 'up' || state === 'down' ? { state } : {}),
    });
    return onus;
  },
});
