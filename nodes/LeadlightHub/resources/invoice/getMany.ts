import type { Invoice } from '../../../../packages/hub/src/api.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

const PAGE = 500;

/** Page after page, the oldest first. */
export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many invoices',
  description: 'List the invoices and credit notes the hub issued, the oldest first, of one account or subscription or of all',
  fields: [...returnAllFields, optionsField([
    textField('accountId', 'Account ID', { placeholder: 'e.g. acc_1', description: 'Only what was issued to this account' }),
    textField('subscriptionId', 'Subscription ID', { placeholder: 'e.g. sub_1', description: 'Only what was issued for this subscription' }),
  ])],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const [accountId, subscriptionId] = [options.text('accountId'), options.text('subscriptionId')];
    const most = read.flag('returnAll') ? Infinity : read.number('limit');
    const found: Invoice[] = [];
    for (let after = 0; found.length < most; ) {
      const page = await client.invoices.list({ after, limit: Math.min(PAGE, most - found.length), ...(accountId === undefined ? {} : { accountId }), ...(subscriptionId === undefined ? {} : { subscriptionId }) });
      found.push(...page.invoices);
      if (page.next === null) break;
      after = page.next;
    }
    return found;
  },
});
