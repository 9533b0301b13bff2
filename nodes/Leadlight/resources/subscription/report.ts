import { subscriptionAnalytics, type SubscriptionFacts } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';
import { dayField } from '../../fields.ts';
import { list, record, shaped } from '../../shaped.ts';

const some: readonly SubscriptionFacts[] = [
  { id: 'sub_1', currency: 'CAD', prices: [{ from: '2026-01-10', monthlyMinor: 7995 }, { from: '2026-04-16', monthlyMinor: 9995 }], usage: [{ metric: 'calls', month: '2026-04', used: 90, limit: 100 }] },
  { id: 'sub_2', currency: 'CAD', prices: [{ from: '2026-01-10', monthlyMinor: 4995 }], endedOn: '2026-04-20' },
  { id: 'sub_3', currency: 'CAD', prices: [{ from: '2026-04-05', monthlyMinor: 7995 }], trial: { startedOn: '2026-03-25', endsOn: '2026-04-08' } },
];

/** Churn, conversion and use over a period (S2-058). */
export const report = defineOperation<undefined>({
  value: 'report',
  name: 'Report',
  action: 'Report on subscriptions',
  description: 'Tell how subscriptions did in a period, for each currency: what is paid a month at its start and end and what moved it, churn, trials bought, and how much of what is included was used',
  fields: [
    jsonField('subscriptions', 'Subscriptions', 'List of id, currency, prices (from a day on, cents a month, 0 while paused), endedOn, trial and usage by month', { default: textOf(some) }),
    dayField('start', 'Start', 'First day of the period, as YYYY-MM-DD', '={{ $now.minus({ months: 1 }).startOf("month").toISODate() }}'),
    dayField('end', 'End', 'Day after the last of the period, as YYYY-MM-DD', '={{ $now.startOf("month").toISODate() }}'),
  ],
  run: ({ read }) => shaped(read, { subscriptions: list(record(['id'])) }, ({ subscriptions }) => subscriptionAnalytics(subscriptions, { start: read.text('start'), end: read.text('end') })),
});
