import { changeItems as decide, type BilledItem } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField } from '../../../shared/fields.ts';
import { moving } from '../../examples.ts';
import { dayField } from '../../fields.ts';
import { list, shaped, shapes, text } from '../../shaped.ts';
import { subscriptionField } from './fields.ts';

const TODAY = '2026-04-11';
const faster: BilledItem = { key: 'internet', terms: [{ from: TODAY, sku: 'FTTH1500I', description: 'Fibre Internet 1.5G/1G', unitMinor: 10995 }] };

/** A plan change, an added or a removed item, as Next Bill will see it (S0-09, S2-056). */
export const changeItems = defineOperation<undefined>({
  value: 'changeItems',
  name: 'Change Items',
  action: 'Change items of subscription',
  description: 'Change what a subscription is billed for from a day on: items set replace or join its own, items removed end; the next bill gives back and charges the difference',
  fields: [
    subscriptionField,
    dayField('on', 'Day of Change', 'First day of what is new'),
    jsonField('set', 'Items to Set', 'Items with their key and terms; none of them begins before the change', { default: moving([faster], { [TODAY]: '$now.toISODate()' }) }),
    jsonField('remove', 'Items to Remove', 'Keys of items that end, as a list', { default: '[]' }),
  ],
  run: ({ read }) => shaped(read, { subscription: shapes.subscription, set: shapes.items, remove: list(text) }, ({ subscription, ...change }) => decide(subscription, read.text('on'), change)),
});
