import type { INodeProperties } from 'n8n-workflow';

/** A plan that is there, by its group. */
export const planGroup: INodeProperties = {
  displayName: 'Plan',
  name: 'group',
  type: 'resourceLocator',
  required: true,
  default: { mode: 'list', value: '' },
  description: 'The plan by the name of its group in RADIUS',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose a plan…', typeOptions: { searchListMethod: 'searchPlans', searchable: true } },
    { displayName: 'By Group', name: 'group', type: 'string', placeholder: 'e.g. plan:FIBRE_1G:mikrotik:1000000-1000000', validation: [{ type: 'regex', properties: { regex: '^plan:.+$', errorMessage: 'Groups of plans start with plan:' } }] },
  ],
};
