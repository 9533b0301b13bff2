import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { qualify } from './qualify.ts';
import { search } from './search.ts';

export const address: Resource<HubClient> = { value: 'address', name: 'Address', operations: [qualify, search] };
