import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { collectionField } from '../../fields.ts';

/** Makes an object of any kind. */
export const create = defineOperation<NetBox>({
  value: 'create',
  name: 'Create',
  action: 'Create object',
  description: 'Make an object of any kind; with Match On it is looked up first, so that it is made once also after a lost reply',
  fields: [
    collectionField,
    jsonField('fields', 'Fields', 'Fields of the object as the API writes them', { default: '{ "name": "Ormstown", "slug": "ormstown" }' }),
    optionsField([jsonField('matchOn', 'Match On', 'Filters that tell the object apart, such as { "slug": "ormstown" }')]),
  ],
  run: ({ read, client }) => client.objects.create(read.text('collection'), read.object('fields'), read.options('options').json('matchOn') as Record<string, string> | undefined),
});
