import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField, todayField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';

/** Frees what has been out of use long enough. */
export const sweepQuarantine = defineOperation<NetBox>({
  value: 'sweepQuarantine',
  name: 'Sweep Quarantine',
  action: 'Sweep quarantined IP addresses',
  description: 'Free the quarantined addresses whose day has come and that nobody uses again; says which were freed, kept or could not be',
  fields: [
    todayField,
    optionsField([
      numberField('most', 'At Most', 500, 'How many addresses to look at in one run', { minValue: 1 }),
      textField('within', 'Within', { placeholder: 'e.g. 100.64.16.0/22', description: 'Only addresses in this network' }),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [limit, within] = [options.number('most'), options.text('within')];
    return client.ipAddresses.sweepQuarantine(read.text('today'), { ...(limit === undefined ? {} : { limit }), ...(within === undefined ? {} : { within }) });
  },
});
