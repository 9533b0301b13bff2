import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { subscriberField } from '../../fields.ts';

/** Traffic of a billing cycle. */
export const get = defineOperation<HubClient>({
  value: 'get',
  name: 'Get',
  action: 'Get usage of subscriber',
  description: 'Add up the traffic of a period, exact beyond 4 GiB and as decimal text, in total and by civil day of a time zone',
  fields: [
    subscriberField,
    textField('from', 'From', { default: '={{ $now.startOf("month").toISODate() }}', placeholder: 'e.g. 2026-04-01', description: 'First day of the period, or an instant; it belongs to the period' }),
    textField('to', 'To', { default: '={{ $now.startOf("month").plus({ months: 1 }).toISODate() }}', placeholder: 'e.g. 2026-05-01', description: 'First day after the period, or an instant; it does not belong to it' }),
    optionsField([textField('zone', 'Time Zone', { placeholder: 'e.g. America/Toronto', description: 'Zone in which days begin; without it that of the hub' })]),
  ],
  run: ({ read, client }) => {
    const zone = read.options('options').text('zone');
    return client.radius.usage(read.picked('username'), { from: read.text('from'), to: read.text('to'), ...(zone ? { zone } : {}) });
  },
});
