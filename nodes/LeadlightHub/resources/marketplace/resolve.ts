import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** The customer comes from Azure with a token that says what was bought. */
export const resolve = defineOperation<HubClient>({
  value: 'resolve',
  name: 'Resolve',
  action: 'Resolve marketplace purchase',
  description: 'Learn what a customer bought from the token in the address of the landing page; the token lasts a day',
  fields: [textField('token', 'Token', { default: '={{ $json.query.token }}', description: 'The token parameter of the landing page, encoded or not' })],
  run: ({ read, client }) => client.marketplace.resolve(read.text('token')),
});
