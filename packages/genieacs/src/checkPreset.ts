import { rejected } from './errors.ts';

export interface Preset {
  readonly _id?: string;
  readonly weight: number;
  readonly channel: string;
  /** `''` means all devices; otherwise e.g. `DeviceID.ProductClass = "HT803G-W" AND Tags.voip IS NULL`. */
  readonly precondition: string;
  readonly events?: Readonly<Record<string, boolean>>;
  readonly schedule?: string;
  readonly configurations: readonly PresetConfiguration[];
}
export type PresetConfiguration =
  | { readonly type: 'provision'; readonly name: string }
  | { readonly type: 'value'; readonly name: string; readonly value: string }
  | { readonly type: 'age'; readonly name: string; readonly age: string }
  | { readonly type: 'add_tag' | 'delete_tag'; readonly tag: string };

const TYPES = new Set(['provision', 'value', 'age', 'add_tag', 'delete_tag', 'add_object', 'delete_object']);
// A deliberately small grammar: comparisons joined by AND/OR, with NOT and brackets. GenieACS allows more; more is not needed here.
const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(<=|>=|<>|[=<>()])|([A-Za-z_][\w.%-]*)|(-?\d+(?:\.\d+)?))/y;

/**
 * Refuses a preset that GenieACS would store and then fall over. @throws VendorError rejectedInput
 * @example checkPreset({ weight: 0, channel: 'leadlight', precondition: '', configurations: [] })
 */
export function checkPreset(preset: Omit<Preset, '_id'>): void {
  const no = (message: string, hint: string): never => {
    throw rejected('presets.put', message, hint);
  };
  if (!Array.isArray(preset.configurations)) no('The preset has no list of configurations.', 'Give one, e.g. [{ type: "provision", name: "my-script" }].');
  preset.configurations.forEach((one, i) => {
    if (!TYPES.has(one?.type)) no(`configurations[${i}] has the unknown type "${String(one?.type)}".`, `Use one of ${[...TYPES].join(', ')}.`);
    const name = 'tag' in one ? one.tag : one.name;
    if (typeof name !== 'string' || name === '') no(`configurations[${i}] has no name.`, 'Name the provision, parameter or tag.');
    if ('args' in one) no(`configurations[${i}] passes arguments.`, 'GenieACS 1.2 and 1.3 read arguments differently, and a number crashes 1.3; write one provision per case.');
  });
  if (typeof preset.precondition !== 'string' || !readable(preset.precondition)) no('The precondition cannot be read.', 'Use e.g. DeviceID.ProductClass = "HT803G-W" AND Tags.voip IS NULL, or an empty text for all devices.');
  if (typeof preset.weight !== 'number' || typeof preset.channel !== 'string') no('The preset needs a weight (number) and a channel (text).', 'Use weight 0 and a channel of your own.');
}

function readable(text: string): boolean {
  if (text.trim() === '') return true;
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.trimEnd().length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) return false;
    tokens.push(match[0].trim());
  }
  let i = 0;
  const word = (): string => (tokens[i] ?? '').toUpperCase();
  const operand = (): boolean => /^["'\w-]/.test(tokens[i] ?? '') && !['AND', 'OR', 'NOT', 'IS', 'LIKE'].includes(word()) && ++i > 0;
  const comparison = (): boolean => {
    if (word() === 'NOT') return ++i > 0 && comparison();
    if (tokens[i] === '(') return ++i > 0 && either() && tokens[i++] === ')';
    if (!operand()) return false;
    if (word() === 'IS') {
      i += 1;
      if (word() === 'NOT') i += 1;
      return tokens[i++]?.toUpperCase() === 'NULL';
    }
    if (/^(<=|>=|<>|[=<>]|LIKE)$/.test(word())) return ++i > 0 && operand();
    return false;
  };
  const either = (): boolean => {
    if (!comparison()) return false;
    while (word() === 'AND' || word() === 'OR') {
      i += 1;
      if (!comparison()) return false;
    }
    return true;
  };
  return either() && i === tokens.length;
}
