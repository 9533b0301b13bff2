import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** The hub does this by itself every ten minutes; this is for whoever does not want to wait. */
export const catchUp = defineOperation<HubClient>({
  value: 'catchUp',
  name: 'Catch Up',
  action: 'Catch up with missed payment events',
  description: 'Read the events of Stripe and apply those whose webhook never came; an event that was received before is not applied again',
  fields: [optionsField([textField('since', 'Since', { placeholder: 'e.g. 2026-04-01T00:00:00Z', description: 'Look from this instant on, at most 30 days back; left out, from where the last look ended' })])],
  run: ({ read, client }) => {
    const since = read.options('options').text('since');
    return client.payments.catchUp(since === undefined ? {} : { since });
  },
});
