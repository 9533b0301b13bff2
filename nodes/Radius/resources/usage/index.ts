import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { get } from './get.ts';
import { sample } from './sample.ts';

export const usage: Resource<HubClient> = { value: 'usage', name: 'Usage', operations: [get, sample] };
