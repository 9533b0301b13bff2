import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

const by = choiceField('qualifyBy', 'By', { address: 'Typed Address', premises: 'Premises' }, 'address', 'Whether to start from a typed address or from a place picked before');
const address = textField('address', 'Address', {
  placeholder: 'e.g. 12 rue des Érables, Lévis G6V 1A1',
  description: 'Address as typed; several likely places are answered with a pick list',
  displayOptions: { show: { qualifyBy: ['address'] } },
});
const premises: INodeProperties = {
  displayName: 'Premises',
  name: 'premisesId',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The place to qualify',
  displayOptions: { show: { qualifyBy: ['premises'] } },
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Type an address…', typeOptions: { searchListMethod: 'searchPremises', searchable: true, searchFilterRequired: true } },
    { displayName: 'ID', name: 'id', type: 'string', placeholder: 'e.g. the premisesId of a search' },
  ],
};

/** Whether fibre can be had there, what is possible, and what to tell the customer; never says port or OLT. */
export const qualify = defineOperation<HubClient>({
  value: 'qualify',
  name: 'Qualify',
  action: 'Qualify address',
  description: 'Say whether fibre can be had at an address, how fast, and what to tell the customer in French and English; asks back when several places fit',
  fields: [by, address, premises],
  run: ({ read, client }) => client.availability.qualify(read.text('qualifyBy') === 'premises' ? { premisesId: read.picked('premisesId') } : { address: read.maybeText('address') ?? '' }),
});
