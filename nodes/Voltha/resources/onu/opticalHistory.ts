import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** Light over time. */
export const opticalHistory = defineOperation<HubClient>({
  value: 'opticalHistory',
  name: 'Get Optical History',
  action: 'Get optical history of ONU',
  description: 'List the light levels the hub has kept of an ONU, with its trend against its own normal: steady, degrading or improving',
  fields: [
    serial,
    optionsField([
      textField('from', 'From', { placeholder: 'e.g. 2026-04-01T00:00:00Z', description: 'Only levels measured at or after this instant' }),
      numberField('samples', 'Samples', 500, 'At most so many levels, the latest ones', { minValue: 1, maxValue: 5000 }),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [from, limit] = [options.text('from'), options.number('samples')];
    return client.voltha.opticalHistory(read.text('serial'), { ...(from === undefined ? {} : { from }), ...(limit === undefined ? {} : { limit }) });
  },
});
