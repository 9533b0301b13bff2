import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { collectionField } from '../../fields.ts';

const filters: INodeProperties = { displayName: 'Filters', name: 'filters', type: 'json', default: '{ "status": "active" }', description: 'Names and values as the API has them; a list of values asks for any of them' };

/** Objects of any kind that match, one item each. */
export const getMany = defineOperation<NetBox>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many objects',
  description: 'List objects of any kind by the filters of the API, one item each; a filter NetBox does not know is refused, since NetBox would ignore it and return everything',
  fields: [collectionField, filters, ...returnAllFields],
  run: ({ read, client }) => client.objects.list(read.text('collection'), (read.json('filters') ?? {}) as Record<string, string>, read.flag('returnAll') ? undefined : read.number('limit')),
});
