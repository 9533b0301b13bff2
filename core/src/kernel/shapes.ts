import { mustBe, type Refused } from './decision.ts';
import { schemaComplaint, type JsonSchema } from './schema.ts';

// The words our policy schemas are written in.
type Fields = Readonly<Record<string, JsonSchema>>;

/** An object with these fields, whatever else it has. @example having({ a: day }).required // ['a'] */
export const having = (must: Fields, may: Fields = {}): JsonSchema => ({ type: 'object', required: Object.keys(must), properties: { ...must, ...may } });
/** An object of these fields and no others. @example object({ a: day }).additionalProperties // false */
export const object = (must: Fields, may?: Fields): JsonSchema => ({ ...having(must, may), additionalProperties: false });
export const any = (items: JsonSchema, maxItems?: number): JsonSchema => ({ type: 'array', items, ...(maxItems && { maxItems }) });
export const list = (items: JsonSchema, maxItems = 100): JsonSchema => ({ type: 'array', minItems: 1, maxItems, items });
export const int = (minimum: number, maximum: number): JsonSchema => ({ type: 'integer', minimum, maximum });
export const amount = int(0, 1e8);
export const ppm = int(0, 1e6);
export const text = (pattern: string, description: string): JsonSchema => ({ type: 'string', pattern, description });
export const key = text('^[A-Za-z][A-Za-z0-9_.-]{0,39}$', 'letters, digits, dot, dash or underscore');
export const line = text('^\\S(?:[^\\u0000-\\u001f\\u007f]{0,118}\\S)?$', 'a trimmed text of 1 to 120 characters');
export const day = text('^\\d{4}-\\d\\d-\\d\\d$', 'a day written YYYY-MM-DD');

/** What a value has that its schema does not allow. @example misfit(ppm, -1)?.message // 'The input must be at least 0.' */
export function misfit<Code extends string = 'badInput'>(schema: JsonSchema, value: unknown, code?: Code): Refused<Code> | undefined {
  const wrong = schemaComplaint(schema, value);
  return wrong ? mustBe(wrong.path, wrong.expected, code) : undefined;
}
