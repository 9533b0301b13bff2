import type { AccountCharge } from '../../../../packages/hub/src/api.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { accountField } from './fields.ts';

const PAGE = 200;

/** The history of an account, declined attempts included. */
export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many payments',
  description: 'List what was charged to an account, the newest first, with each attempt, why it was declined and what was given back',
  fields: [accountField, ...returnAllFields],
  run: async ({ read, client }) => {
    const wanted = read.flag('returnAll') ? Infinity : read.number('limit');
    const all: AccountCharge[] = [];
    for (let before: string | null | undefined; before !== null && all.length < wanted;) {
      const { charges, next } = await client.payments.charges(read.text('accountId'), { limit: Math.min(PAGE, wanted - all.length), ...(before === undefined ? {} : { before }) });
      all.push(...charges);
      before = next;
    }
    return all;
  },
});
