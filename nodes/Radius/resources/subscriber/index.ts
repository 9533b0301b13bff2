import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { disconnect } from './disconnect.ts';
import { ensure } from './ensure.ts';
import { get } from './get.ts';
import { remove } from './remove.ts';
import { resume } from './resume.ts';
import { suspend } from './suspend.ts';

export const subscriber: Resource<HubClient> = { value: 'subscriber', name: 'Subscriber', operations: [get, disconnect, ensure, remove, resume, suspend] };
