import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { accountField } from './fields.ts';

/** Brand, last four digits and expiry; never a number. */
export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many payment methods',
  description: 'List the stored cards of an account, the newest first, with brand, last four digits, expiry and which is the default',
  fields: [accountField, ...returnAllFields],
  run: async ({ read, client }) => (await client.payments.methods.list(read.text('accountId'))).methods.slice(0, read.flag('returnAll') ? undefined : read.number('limit')),
});
