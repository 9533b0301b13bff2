import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { send } from './send.ts';

export const notice: Resource<HubClient> = { value: 'notice', name: 'Notice', operations: [send] };
