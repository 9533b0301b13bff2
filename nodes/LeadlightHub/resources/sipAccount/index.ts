import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { ensure } from './ensure.ts';
import { get } from './get.ts';
import { remove } from './remove.ts';
import { resume } from './resume.ts';
import { suspend } from './suspend.ts';

export const sipAccount: Resource<HubClient> = { value: 'sipAccount', name: 'SIP Account', operations: [ensure, get, suspend, resume, remove] };
