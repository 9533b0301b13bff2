import { defineOperation } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { collectionField, objectId } from '../../fields.ts';

/** Any object, with its ETag. */
export const get = defineOperation<NetBox>({
  value: 'get',
  name: 'Get',
  action: 'Get object',
  description: 'Read one object of any kind by its ID, with the ETag that guards a later change',
  fields: [collectionField, objectId],
  run: ({ read, client }) => client.objects.get(read.text('collection'), read.number('objectId')),
});
