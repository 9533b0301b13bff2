import type { Resource } from '../../../shared/defineOperation.ts';
import { assignVariant } from './assignVariant.ts';
import { record } from './record.ts';
import { score } from './score.ts';
import { start } from './start.ts';
import { tick } from './tick.ts';

export const trial: Resource<undefined> = { value: 'trial', name: 'Trial', operations: [start, record, tick, score, assignVariant] };
