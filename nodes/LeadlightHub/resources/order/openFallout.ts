import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { orderId, step } from './fields.ts';

/** Hands a step that cannot go on by itself to a person, with what to do about it. */
export const openFallout = defineOperation<HubClient>({
  value: 'openFallout',
  name: 'Open Fallout',
  action: 'Open fallout of order',
  description: 'Call a person: put a step that cannot go on by itself into the fallout queue, with an owner and advice',
  fields: [
    orderId,
    step,
    textField('owner', 'Owner', { default: 'noc', placeholder: 'e.g. noc', description: 'Team that has to look at it' }),
    textField('message', 'Message', { description: 'What happened, in one sentence without personal data' }),
    textField('hint', 'Hint', { description: 'What to do about it' }),
  ],
  run: ({ read, client }) =>
    client.orders.fallout(read.text('orderId'), { step: read.text('step'), owner: read.text('owner'), message: read.text('message'), hint: read.text('hint') }),
});
