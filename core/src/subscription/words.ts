import type { JsonSchema } from '../kernel/schema.ts';

export const text: JsonSchema = { type: 'string', pattern: '\\S' };
/** A wall clock, `09:00`. */
export const hour: JsonSchema = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' };
