import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { get } from './get.ts';

export const drop: Resource<HubClient> = { value: 'drop', name: 'Drop', operations: [get] };
