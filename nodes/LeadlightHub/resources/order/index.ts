import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { get } from './get.ts';
import { open } from './open.ts';
import { openFallout } from './openFallout.ts';
import { record } from './record.ts';

export const order: Resource<HubClient> = { value: 'order', name: 'Order', operations: [open, get, openFallout, record] };
