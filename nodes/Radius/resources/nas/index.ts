import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { checkServer } from './checkServer.ts';
import { ensure } from './ensure.ts';
import { getMany } from './getMany.ts';

export const nas: Resource<HubClient> = { value: 'nas', name: 'Access Router', operations: [getMany, checkServer, ensure] };
