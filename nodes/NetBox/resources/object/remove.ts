import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { collectionField, etag, objectId } from '../../fields.ts';

/** Deletes an object of any kind. */
export const remove = defineOperation<NetBox>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete object',
  description: 'Delete an object of any kind by its ID; one that is gone already counts as done, one that others depend on is a conflict',
  fields: [collectionField, objectId, optionsField([etag])],
  run: ({ read, client }) => client.objects.delete(read.text('collection'), read.number('objectId'), read.options('options').text('etag')),
});
