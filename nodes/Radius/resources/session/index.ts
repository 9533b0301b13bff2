import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { changeRate } from './changeRate.ts';
import { closeStale } from './closeStale.ts';
import { disconnect } from './disconnect.ts';
import { disconnectAll } from './disconnectAll.ts';
import { getMany } from './getMany.ts';

export const session: Resource<HubClient> = { value: 'session', name: 'Session', operations: [getMany, changeRate, closeStale, disconnect, disconnectAll] };
