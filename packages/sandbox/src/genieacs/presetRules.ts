import { readPrecondition, type Preset } from '../../../genieacs/src/index.ts';
import type { AcsDevice } from './state.ts';

type Value = string | number | boolean | null;
type Expression = NonNullable<ReturnType<typeof readPrecondition>> | null;
const TYPES = new Set(['provision', 'value', 'age', 'add_tag', 'delete_tag', 'add_object', 'delete_object']);

/** Whether the CWMP service could read this document; over one it cannot, it falls, for every device (acs.md 1.6). */
export function isReadable(preset: Readonly<Record<string, unknown>>): boolean {
  const { configurations, precondition } = preset as unknown as Partial<Preset>;
  if (!Array.isArray(configurations) || configurations.some((one) => !TYPES.has(one?.type))) return false;
  return !precondition || readPrecondition(precondition) !== undefined;
}

/** Whether a preset applies to this device in a session with these events. No events asked for means any session. */
export function applies(preset: Readonly<Record<string, unknown>>, device: AcsDevice, events: Readonly<Record<string, number>>): boolean {
  const wanted = Object.entries((preset['events'] ?? {}) as Record<string, boolean>);
  if (!wanted.every(([event, on]) => event in events === on)) return false;
  const expression = readPrecondition(String(preset['precondition'] ?? ''));
  return expression !== undefined && evaluate(expression, device) === true;
}

/** A line of a preset as GenieACS turns it into a provision; objects are not simulated. */
export function asProvision({ type, name, value, age, tag }: Readonly<Record<string, unknown>>): readonly unknown[][] {
  switch (type) {
    case 'provision': return [[name]];
    case 'value': return [['value', name, value]];
    case 'age': return [['refresh', name, Number(age)]];
    case 'add_tag': return [['tag', tag, true]];
    case 'delete_tag': return [['tag', tag, false]];
    default: return [];
  }
}

function valueOf(path: string, device: AcsDevice): Value {
  const who: Record<string, Value> = { 'DeviceID.ID': device.id, 'DeviceID.SerialNumber': device.serial, 'DeviceID.OUI': device.oui, 'DeviceID.ProductClass': device.productClass };
  if (path in who) return who[path]!;
  if (path.startsWith('Tags.')) return device.tags.has(path.slice(5)) ? true : null;
  return device.known.get(path)?.value ?? null;
}

function evaluate(expression: Expression, device: AcsDevice): Value {
  if (!Array.isArray(expression)) return expression as Value;
  const [operator, ...parts] = expression as readonly [string, ...Expression[]];
  if (operator === 'PARAM') return valueOf(String(parts[0]), device);
  const values = parts.map((one) => evaluate(one, device));
  const [a = null, b = null] = values;
  switch (operator) {
    case 'AND': return a === false || b === false ? false : a === null || b === null ? null : true;
    case 'OR': return a === true || b === true ? true : a === null || b === null ? null : false;
    case 'NOT': return a === null ? null : !a;
    case 'IS NULL': return a === null;
    case 'IS NOT NULL': return a !== null;
  }
  // As in SQL: nothing compares with what is not there.
  if (a === null || b === null) return null;
  switch (operator) {
    case '=': return a === b;
    case '<>': return a !== b;
    case '<': return a < b;
    case '<=': return a <= b;
    case '>': return a > b;
    case '>=': return a >= b;
    case 'LIKE': case 'NOT LIKE': {
      const like = new RegExp(`^${String(b).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('%', '.*').replaceAll('_', '.')}$`, 's').test(String(a));
      return operator === 'LIKE' ? like : !like;
    }
    default: return null;
  }
}
