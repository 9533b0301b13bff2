import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** Where to build next. */
export const getDemand = defineOperation<HubClient>({
  value: 'getDemand',
  name: 'Get Demand',
  action: 'Get demand',
  description: 'List where people asked and there is no service yet, per street or municipality, with the monthly revenue to expect; most first',
  fields: [
    choiceField('by', 'By', { municipality: 'Municipality', street: 'Street' }, 'municipality', 'What to add up by'),
    optionsField([
      textField('from', 'From', { placeholder: 'e.g. 2026-01-01', description: 'First day to count' }),
      textField('to', 'To', { placeholder: 'e.g. 2026-12-31', description: 'Last day to count' }),
    ]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const [from, to] = [options.text('from'), options.text('to')];
    return (await client.coverage.demand({ by: read.text('by') as 'street' | 'municipality', ...(from ? { from } : {}), ...(to ? { to } : {}) })).rows;
  },
});
