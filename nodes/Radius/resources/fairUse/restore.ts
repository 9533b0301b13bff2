import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { enforceField, enforceOf, subscriberField } from '../../fields.ts';
import { onlyCycle } from './fields.ts';

/** The undo of Apply. */
export const restore = defineOperation<HubClient>({
  value: 'restore',
  name: 'Restore',
  action: 'Restore speed of subscriber',
  description: 'Lift the throttle, at the start of a cycle or after a top-up; in the cycle it was lifted it is not applied again',
  fields: [subscriberField, enforceField, optionsField([onlyCycle])],
  run: ({ read, client }) => {
    const cycle = read.options('options').text('cycle');
    return client.radius.restore(read.picked('username'), { enforce: enforceOf(read), ...(cycle ? { cycle } : {}) });
  },
});
