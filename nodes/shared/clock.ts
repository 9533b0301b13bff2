import { sleep } from 'n8n-workflow';
import type { Clock } from '../../core/src/index.ts';

/** The machine's clock, by n8n's own `sleep`. */
export const clock: Clock = { now: () => new Date().toISOString(), sleep };
