import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { RadiusSubscriberRow } from '../../../../packages/hub/src/api.ts';
import { pages } from '../../fields.ts';

/** Accounts by name. */
export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many subscribers',
  description: 'List subscribers by name, one item each: access, speeds, plan group, address and how many sessions are open',
  fields: [...returnAllFields, optionsField([textField('prefix', 'Name Starts With', { placeholder: 'e.g. SVC-', description: 'Only names that begin like this; capitals count' })])],
  run: ({ read, client }) => {
    const prefix = read.options('options').text('prefix');
    return pages<RadiusSubscriberRow>(read, (limit, last) => client.radius.list({ limit, ...(prefix ? { prefix } : {}), ...(last ? { after: last.username } : {}) }));
  },
});
