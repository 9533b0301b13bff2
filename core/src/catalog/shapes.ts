import { refuse, type Refused } from '../kernel/decision.ts';
import { schemaComplaint, type JsonSchema } from '../kernel/schema.ts';

// The words our policy schemas are written in.
type Fields = Readonly<Record<string, JsonSchema>>;

/** An object of these fields and no others. @example object({ a: day }).required // ['a'] */
export const object = (must: Fields, may: Fields = {}): JsonSchema => ({ type: 'object', additionalProperties: false, required: Object.keys(must), properties: { ...must, ...may } });
export const list = (items: JsonSchema, maxItems = 100): JsonSchema => ({ type: 'array', minItems: 1, maxItems, items });
export const int = (minimum: number, maximum: number): JsonSchema => ({ type: 'integer', minimum, maximum });
export const amount = int(0, 1e8);
export const ppm = int(0, 1e6);
export const text = (pattern: string, description: string): JsonSchema => ({ type: 'string', pattern, description });
export const key = text('^[A-Za-z][A-Za-z0-9_.-]{0,39}$', 'a name of letters, digits, dots and dashes');
export const line = text('^\\S(?:[^\\u0000-\\u001f\\u007f]{0,118}\\S)?$', 'a trimmed text of 1 to 120 characters');
export const day = text('^\\d{4}-\\d\\d-\\d\\d$', 'a day written YYYY-MM-DD');

/** A refusal that names the place. @example deny('badInput', 'on', 'No day.').path // 'on' */
export const deny = <Code extends string>(code: Code, path: string, message: string): Refused<Code> => refuse(code, message, { path });

/** What a value has that its schema does not allow. @example misfit(ppm, -1)?.message // 'The input must be at least 0.' */
export function misfit(schema: JsonSchema, value: unknown): Refused<'badInput'> | undefined {
  const wrong = schemaComplaint(schema, value);
  return wrong ? deny('badInput', wrong.path, `${wrong.path || 'The input'} must be ${wrong.expected}.`) : undefined;
}
