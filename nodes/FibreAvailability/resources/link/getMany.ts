import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, returnAllFields } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { DropLink } from '../../../../packages/hub/src/api.ts';
import { pages } from '../../fields.ts';

/** The review queue, or the links that stand. */
export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many links',
  description: 'List links between drops and addresses by status; the ambiguous ones are the review queue, each with its best three addresses',
  fields: [choiceField('status', 'Status', { ambiguous: 'Ambiguous', matched: 'Matched', unmatched: 'Unmatched' }, 'ambiguous', 'Which links to list'), ...returnAllFields],
  run: ({ read, client }) =>
    pages(read, async (after, limit) => {
      const { links, next } = await client.addresses.links({ status: read.text('status') as DropLink['status'], after, limit });
      return { rows: links, next };
    }),
});
