import type { Resource } from '../../../shared/defineOperation.ts';
import { checkPolicy } from './checkPolicy.ts';
import { open } from './open.ts';
import { record } from './record.ts';
import { tick } from './tick.ts';

export const dunning: Resource<undefined> = { value: 'dunning', name: 'Dunning', operations: [open, record, tick, checkPolicy] };
