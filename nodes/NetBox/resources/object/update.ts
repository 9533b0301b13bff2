import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { collectionField, etag, objectId } from '../../fields.ts';

/** Changes fields of an object of any kind. */
export const update = defineOperation<NetBox>({
  value: 'update',
  name: 'Update',
  action: 'Update object',
  description: 'Change fields of an object of any kind and read it back; refused when somebody changed it since it was read',
  fields: [collectionField, objectId, jsonField('fields', 'Fields', 'Only the fields to change; custom fields are merged by name', { default: '{ "description": "Cabinet 7" }' }), optionsField([etag])],
  run: ({ read, client }) => client.objects.update(read.text('collection'), read.number('objectId'), read.object('fields'), read.options('options').text('etag')),
});
