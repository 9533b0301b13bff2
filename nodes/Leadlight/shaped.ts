import { catalogSchema, lockReasons, refuse, schemaComplaint, type JsonSchema } from '../../core/src/index.ts';
import type { Inputs } from '../shared/inputs.ts';

/** At least these fields; what they hold the rule says. */
export const record = (required: readonly string[] = [], properties: Readonly<Record<string, JsonSchema>> = {}): JsonSchema => ({ type: 'object', required, properties });
export const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
export const text: JsonSchema = { type: 'string' };
const items = list(record(['key', 'terms'], { terms: list(record()) }));

/** What JSON must look like before a rule can read it. */
export const shapes = {
  catalog: catalogSchema,
  subscription: record(['id', 'start', 'items'], { items, charges: list(record()), pauses: list(record()), cadence: record() }),
  items,
  line: record(['key', 'amountMinor']),
  locks: list(record(['reason', 'since', 'by'], { reason: { enum: [...lockReasons] } })),
  /** The state of a subscription or a trial. */
  kept: record(['id', 'status', 'seq', 'at', 'seen'], { seq: { type: 'integer' }, seen: list(text) }),
} as const satisfies Readonly<Record<string, JsonSchema>>;

/**
 * Reads JSON fields, and the entries of Options that were added, and hands them on when they have their shape. What has not is refused
 * with its path and reaches no rule: an expression that gives nothing is not an empty list. One thing where a list is wanted is a list of it.
 */
export function shaped<Name extends string>(read: Inputs, wanted: Readonly<Record<Name, JsonSchema>>, answer: (values: Readonly<Record<Name, never>>) => unknown): unknown {
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries<JsonSchema>(wanted)) {
    const [entry, within] = name.split('.').reverse() as [string, string?];
    const found = within ? read.options(within).json(entry) : read.json(name);
    if (within && found === undefined) continue;
    const value = schema.type === 'array' && typeof found === 'object' && found !== null && !Array.isArray(found) ? [found] : found;
    const wrong = schemaComplaint(schema, value, name);
    if (wrong) return refuse('badInput', `${wrong.path} must be ${wrong.expected}.`, { path: wrong.path });
    values[name] = value;
  }
  return answer(values as Record<Name, never>);
}
