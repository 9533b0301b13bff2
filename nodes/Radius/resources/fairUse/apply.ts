import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { RadiusPlanWanted } from '../../../../packages/hub/src/api.ts';
import { enforceField, enforceOf, nasVendor, subscriberField } from '../../fields.ts';
import { cycle } from './fields.ts';

/** Slow until the cycle ends or a top-up is bought; the undo is Restore. */
export const apply = defineOperation<HubClient>({
  value: 'apply',
  name: 'Apply',
  action: 'Apply fair use to subscriber',
  description: 'Throttle a subscriber for the rest of a cycle; asked for again in the same cycle it changes nothing, not even after a top-up lifted it',
  fields: [
    subscriberField,
    cycle,
    textField('planSku', 'Throttle SKU', { default: 'SLOW', placeholder: 'e.g. SLOW', description: 'Name of the throttle, and of its policies on routers that take names' }),
    numberField('downKbps', 'Download (Kbps)', 5_000, 'Download speed while throttled, in kilobits per second', { minValue: 1 }),
    numberField('upKbps', 'Upload (Kbps)', 1_000, 'Upload speed while throttled, in kilobits per second', { minValue: 1 }),
    nasVendor,
    enforceField,
  ],
  run: ({ read, client }) =>
    client.radius.throttle(read.picked('username'), {
      cycle: read.text('cycle'), planSku: read.text('planSku'), downKbps: read.number('downKbps'), upKbps: read.number('upKbps'), nasVendor: read.text('nasVendor') as RadiusPlanWanted['nasVendor'], enforce: enforceOf(read),
    }),
});
