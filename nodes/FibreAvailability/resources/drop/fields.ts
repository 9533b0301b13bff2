import type { INodeProperties } from 'n8n-workflow';

export const fibreId: INodeProperties = {
  displayName: 'Drop',
  name: 'fibreId',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The fibre drop, by its number in the fibre table',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Type an address…', typeOptions: { searchListMethod: 'searchDrops', searchable: true, searchFilterRequired: true } },
    {
      displayName: 'ID',
      name: 'id',
      type: 'string',
      placeholder: 'e.g. 4711',
      validation: [{ type: 'regex', properties: { regex: '^[0-9]+$', errorMessage: 'The number of a drop has digits only' } }],
    },
  ],
};
