import { rejected } from './errors.ts';
import { readPrecondition } from './precondition.ts';

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

/**
 * Refuses a preset that GenieACS would store and then fall over: it reads all presets at once, so one it cannot read stops the ACS for every
 * device (acs.md 1.6). @throws VendorError rejectedInput
 * @example checkPreset({ weight: 0, channel: 'leadlight', precondition: '', configurations: [] })
 */
export function checkPreset(preset: Omit<Preset, '_id'>): void {
  const no = (message: string, hint: string): never => {
    throw rejected('presets.put', message, hint);
  };
  if (typeof preset !== 'object' || preset === null || Array.isArray(preset)) no('The preset is not an object.', 'Give weight, channel, precondition, events and configurations.');
  if (!Array.isArray(preset.configurations)) no('The preset has no list of configurations.', 'Give one, e.g. [{ type: "provision", name: "my-script" }].');
  preset.configurations.forEach((one: PresetConfiguration | null, i) => {
    if (typeof one !== 'object' || one === null || !TYPES.has(one.type)) return no(`configurations[${i}] has the unknown type "${String(one?.type)}".`, `Use one of ${[...TYPES].join(', ')}.`);
    const name = 'tag' in one ? one.tag : one.name;
    if (typeof name !== 'string' || name === '') no(`configurations[${i}] has no name.`, 'Name the provision, parameter or tag.');
    if (one.type === 'value' && !['string', 'number', 'boolean'].includes(typeof one.value)) no(`configurations[${i}] has no value.`, 'Give a text, a number, or true/false.');
    if (one.type === 'age' && !(Number(one.age) >= 0)) no(`configurations[${i}] has no age in seconds.`, 'Give e.g. "300".');
    if ('args' in one && (!Array.isArray(one.args) || one.args.length > 0)) no(`configurations[${i}] passes arguments.`, 'GenieACS 1.2 and 1.3 read arguments differently, and a number crashes 1.3; write one provision per case.');
  });
  if (typeof preset.precondition !== 'string' || readPrecondition(preset.precondition) === undefined) no('The precondition cannot be read.', 'Use e.g. DeviceID.ProductClass = "HT803G-W" AND Tags.voip IS NULL, or an empty text for all devices.');
  if (typeof preset.weight !== 'number' || !Number.isFinite(preset.weight) || typeof preset.channel !== 'string') no('The preset needs a weight (number) and a channel (text).', 'Use weight 0 and a channel of your own.');
  const { events, schedule } = preset;
  if (events !== undefined && (typeof events !== 'object' || events === null || Array.isArray(events) || Object.values(events).some((one) => typeof one !== 'boolean'))) no('The events are not an object of event to true or false.', 'Give e.g. { "0 BOOTSTRAP": true }.');
  for (const event of Object.keys(events ?? {})) if (!/^(\d{1,2}|[MX]) \S.*$/.test(event)) no(`"${event}" is no event of TR-069.`, 'Write code and name, e.g. "0 BOOTSTRAP", "1 BOOT", "2 PERIODIC".');
  // Seconds it stays due, then a cron expression of five or six fields.
  if (schedule !== undefined && schedule !== '' && (typeof schedule !== 'string' || !/^\d+(\s+[\d*\/,A-Za-z?#-]+){5,6}$/.test(schedule.trim()))) no('The schedule cannot be read.', 'Use seconds and a cron expression, e.g. "3600 0 3 * * *".');
}
