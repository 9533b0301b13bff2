import type { Resource } from '../../../shared/defineOperation.ts';
import { activate } from './activate.ts';
import { billView } from './billView.ts';
import { decide } from './decide.ts';
import { report } from './report.ts';
import { start } from './start.ts';
import { tick } from './tick.ts';

export const subscription: Resource<undefined> = { value: 'subscription', name: 'Subscription', operations: [start, activate, decide, tick, billView, report] };
