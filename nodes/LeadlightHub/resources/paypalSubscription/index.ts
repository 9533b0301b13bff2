import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { activate } from './activate.ts';
import { cancel } from './cancel.ts';
import { captureOutstanding } from './captureOutstanding.ts';
import { create } from './create.ts';
import { ensurePlan } from './ensurePlan.ts';
import { get } from './get.ts';
import { revise } from './revise.ts';
import { suspend } from './suspend.ts';

export const paypalSubscription: Resource<HubClient> = { value: 'paypalSubscription', name: 'PayPal Subscription', operations: [ensurePlan, create, get, activate, suspend, cancel, revise, captureOutstanding] };
