import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

const names = (text: string): readonly string[] => text.split(/[,\n]/).map((one) => one.trim()).filter(Boolean);
export const zoneName = textField('zone', 'Zone', { placeholder: 'e.g. South 2027', description: 'The name of the expansion zone' });

/** Where fibre comes next: addresses there answer `planned`. */
export const setZone = defineOperation<HubClient>({
  value: 'setZone',
  name: 'Set Zone',
  action: 'Set expansion zone',
  description: 'Say where fibre will be built next; addresses there answer planned and their leads reach sales',
  fields: [
    zoneName,
    textField('municipalities', 'Municipalities', { placeholder: 'e.g. Franklin, Havelock', description: 'Municipalities of the zone, separated by commas' }),
    optionsField([textField('postalAreas', 'Postal Areas', { placeholder: 'e.g. J0S, J0L', description: 'First three characters of postal codes an address must have as well, separated by commas' })]),
  ],
  run: ({ read, client }) => {
    const areas = names(read.options('options').text('postalAreas') ?? '');
    return client.coverage.setZone(read.text('zone'), { municipalities: names(read.text('municipalities')), ...(areas.length > 0 ? { postalAreas: areas } : {}) });
  },
});
