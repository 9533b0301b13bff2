import type { Resource } from '../../../shared/defineOperation.ts';
import { checkLimit } from './checkLimit.ts';
import { rate } from './rate.ts';
import { readCounters } from './readCounters.ts';

export const usage: Resource<undefined> = { value: 'usage', name: 'Usage', operations: [rate, checkLimit, readCounters] };
