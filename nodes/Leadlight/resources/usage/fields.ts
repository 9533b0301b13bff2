import type { Meter, UsageInput } from '../../../../core/src/index.ts';
import { jsonField, numberField, textField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';
import { textOf } from '../../examples.ts';
import { given } from '../../fields.ts';
import { list, record, shaped } from '../../shaped.ts';

const meter: Meter = { version: '1', metric: 'api_calls', unit: 'call', included: 1000, price: { model: 'perUnit', minor: 10 } };
const hard: Meter = { version: '1', metric: 'api_calls', unit: 'call', included: 1000 };

export const subscriptionId = textField('subscription', 'Subscription ID', { default: 'sub_1', placeholder: 'e.g. sub_1', description: 'Whose usage it is' });
export const meterField = jsonField('meter', 'Meter', 'How one metric of the plan is counted: included units; with a price the limit is soft and what is over is charged, without one it is hard', { default: textOf(meter) });
export const hardMeterField = { ...meterField, default: textOf(hard) };
export const monthField = textField('month', 'Month', { default: '={{ $now.toFormat("yyyy-MM") }}', placeholder: 'e.g. 2026-04', description: 'Month that is looked at, as YYYY-MM; of a pool its first' });
export const recordsField = jsonField('records', 'Records', 'Usage records of the month: id, at (a day), metric, quantity; the same ID twice counts once', {
  default: `=${textOf([{ id: 'use_1', at: '{{ $now.toISODate() }}', metric: 'api_calls', quantity: 1250 }])}`,
});
export const usageOptions = [
  jsonField('charged', 'Charged Before', 'What was charged for this month before, each charge in cents, as a list: only the difference is charged', { default: '[]' }),
  jsonField('opening', 'Rolled Over', 'The rollover of the month before, as Rate gave it', { default: '[]' }),
  numberField('total', 'Counted Elsewhere', 0, 'Units counted without records', { minValue: 0 }),
  jsonField('warned', 'Warned Of', 'Percents of the limit that were warned of before, as a list', { default: '[]' }),
];

/** Reads what was used and how it counts, and answers with it. */
export function usageOf(read: Inputs, answer: (input: UsageInput) => unknown): unknown {
  return shaped(read, { meter: record(), records: list(record(['id', 'at', 'metric', 'quantity'])) }, (values) =>
    answer({ ...values, subscription: read.text('subscription'), month: read.text('month'), ...given(read.options('options'), { charged: 'json', opening: 'json', total: 'number', warned: 'json' }) }));
}
