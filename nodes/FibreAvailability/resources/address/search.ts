import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** Candidates for a typed address, best first, with how sure the match is. */
export const search = defineOperation<HubClient>({
  value: 'search',
  name: 'Search',
  action: 'Search address',
  description: 'Find the places an address as people type it may mean, best first, and how sure the match is',
  fields: [
    textField('query', 'Query', { placeholder: 'e.g. 12 rue des Érables Lévis', description: 'Address as typed; spelling, accents and order may be off' }),
    numberField('maxCandidates', 'Max Candidates', 5, 'How many places to return', { minValue: 1, maxValue: 10 }),
  ],
  run: ({ read, client }) => client.availability.search(read.text('query'), read.number('maxCandidates')),
});
