import type { Json } from './json.ts';

/** The part of JSON Schema 2020-12 that our policies use. Anything else in a schema is not understood and must not be written. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  /** `false`: no other field; a schema: what every other field holds. */
  readonly additionalProperties?: false | JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
}

/** The first place where a value departs from a schema. */
export interface SchemaComplaint {
  readonly path: string;
  readonly expected: string;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const has = (value: object, key: string): boolean => Object.hasOwn(value, key) && (value as Record<string, unknown>)[key] !== undefined;

function isType(type: JsonSchema['type'], value: unknown): boolean {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeof value === type;
}

/**
 * Checks a value against a schema without any library, so that core can read policies it is given. `null` means it conforms.
 * A test holds it to the same answers as a full validator on the schemas we publish.
 * @example schemaComplaint({ type: 'integer', minimum: 1 }, 0) // { path: '', expected: 'at least 1' }
 */
export function schemaComplaint(schema: JsonSchema, value: unknown, path = ''): SchemaComplaint | null {
  const say = (expected: string, at = path): SchemaComplaint => ({ path: at, expected });
  const at = (key: string): string => (path ? `${path}.${key}` : key);
  if (schema.type && !isType(schema.type, value)) return say(`${/^[aeiou]/.test(schema.type) ? 'an' : 'a'} ${schema.type}`);
  if (schema.const !== undefined && value !== schema.const) return say(JSON.stringify(schema.const));
  if (schema.enum && !schema.enum.includes(value as Json)) return say(`one of ${schema.enum.join(', ')}`);
  if (typeof value === 'string' && schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) return say(schema.description ?? `a text like ${schema.pattern}`);
  if (typeof value === 'number') {
    if (schema.minimum !== undefined && value < schema.minimum) return say(`at least ${schema.minimum}`);
    if (schema.maximum !== undefined && value > schema.maximum) return say(`at most ${schema.maximum}`);
  }
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Infinity)) return say(`${schema.minItems ?? 0} to ${schema.maxItems ?? 'any number of'} entries`);
    for (let i = 0; schema.items && i < value.length; i++) {
      const wrong = schemaComplaint(schema.items, value[i], `${path}[${i}]`);
      if (wrong) return wrong;
    }
  }
  if (isObject(value)) {
    for (const key of schema.required ?? []) if (!has(value, key)) return say('present', at(key));
    for (const key of Object.keys(value)) {
      if (value[key] === undefined) continue;
      const inner = schema.properties && has(schema.properties, key) ? schema.properties[key] : undefined;
      if (!inner && schema.additionalProperties === false) return say('absent: no such field is known', at(key));
      const rule = inner ?? (schema.additionalProperties || undefined);
      const wrong = rule ? schemaComplaint(rule, value[key], at(key)) : null;
      if (wrong) return wrong;
    }
  }
  for (const part of schema.allOf ?? []) {
    const wrong = schemaComplaint(part, value, path);
    if (wrong) return wrong;
  }
  if (schema.oneOf && schema.oneOf.filter((one) => !schemaComplaint(one, value, path)).length !== 1) return say('exactly one of the allowed forms');
  const branch = schema.if ? (schemaComplaint(schema.if, value, path) ? schema.else : schema.then) : undefined;
  return branch ? schemaComplaint(branch, value, path) : null;
}
