import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { publish } from './publish.ts';

export const event: Resource<HubClient> = { value: 'event', name: 'Event', operations: [publish] };
