import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { activate } from './activate.ts';
import { answer } from './answer.ts';
import { cancel } from './cancel.ts';
import { change } from './change.ts';
import { getMany } from './getMany.ts';
import { reportUsage } from './reportUsage.ts';
import { resolve } from './resolve.ts';

export const marketplace: Resource<HubClient> = { value: 'marketplace', name: 'Marketplace Subscription', operations: [resolve, activate, answer, cancel, change, getMany, reportUsage] };
