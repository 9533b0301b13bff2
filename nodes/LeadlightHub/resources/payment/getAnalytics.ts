import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** How payments went: one item per currency, for two currencies have no sum (S2-097). */
export const getAnalytics = defineOperation<HubClient>({
  value: 'getAnalytics',
  name: 'Get Analytics',
  action: 'Get payment analytics',
  description: 'Report success rate, mix of methods and providers, declines by class, time to settle, what retries recovered, what was refunded and disputed; one item per currency, each ratio with its parts and in basis points',
  fields: [
    textField('from', 'From', { default: "={{ $now.minus({ months: 1 }).startOf('month').toISODate() }}", description: 'First day of the period, as YYYY-MM-DD in the zone of the hub' }),
    textField('to', 'To', { default: "={{ $now.startOf('month').toISODate() }}", description: 'Day after the last one of the period' }),
    optionsField([textField('currency', 'Currency', { placeholder: 'e.g. CAD', description: 'Only this currency, as ISO 4217 code; left out, each that was used' })]),
  ],
  run: async ({ read, client }) => {
    const currency = read.options('options').text('currency')?.toUpperCase();
    const told = await client.payments.analytics({ from: read.text('from'), to: read.text('to'), ...(currency === undefined ? {} : { currency }) });
    if (told.type === 'refused') return told;
    const { from, to, zone, reports } = told;
    return reports.map((report) => ({ from, to, zone, ...report }));
  },
});
