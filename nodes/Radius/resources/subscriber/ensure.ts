import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { newUsername, planFields, planOf } from '../../fields.ts';

/** Makes the subscriber what it should be; the password is minted by the hub and never seen here. */
export const ensure = defineOperation<HubClient>({
  value: 'ensure',
  name: 'Ensure',
  action: 'Ensure subscriber',
  description: 'Create a subscriber or bring it to the given plan and address, in the dialect of the access router; the password stays in the hub',
  fields: [
    newUsername,
    ...planFields,
    optionsField([
      textField('framedIp', 'Framed IP', { placeholder: 'e.g. 100.64.0.10', description: 'Address allocated for the subscriber' }),
      textField('delegatedPrefix', 'Delegated IPv6 Prefix', { placeholder: 'e.g. 2001:db8:100::/56', description: 'Prefix the subscriber’s router hands out at home' }),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [framedIp, delegatedPrefix] = [options.text('framedIp'), options.text('delegatedPrefix')];
    return client.radius.ensure({ username: read.text('username'), ...planOf(read), ...(framedIp === undefined ? {} : { framedIp }), ...(delegatedPrefix === undefined ? {} : { delegatedPrefix }) });
  },
});
