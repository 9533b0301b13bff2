import { refuse, type Refused } from '../kernel/decision.ts';
import { schemaComplaint, type JsonSchema } from '../kernel/schema.ts';

/** A field that cannot be as it is. @example bad('zone').path // 'zone' */
export const bad = (path: string, must = 'given and possible', code = 'badInput'): Refused => refuse(code, `${path} must be ${must}.`, { path });
/** What a value lacks of a schema. @example complain({ type: 'object', required: ['a'] }, {})?.path // 'a' */
export function complain(schema: JsonSchema, value: unknown, code?: string): Refused | undefined {
  const wrong = schemaComplaint(schema, value);
  return wrong ? bad(wrong.path, wrong.expected, code) : undefined;
}
export const text: JsonSchema = { type: 'string', pattern: '\\S' };
/** A wall clock, `09:00`. */
export const hour: JsonSchema = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' };
