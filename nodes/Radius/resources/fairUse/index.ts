import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { apply } from './apply.ts';
import { restore } from './restore.ts';

export const fairUse: Resource<HubClient> = { value: 'fairUse', name: 'Fair Use', operations: [apply, restore] };
