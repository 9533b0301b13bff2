import type { INodeProperties } from 'n8n-workflow';
import { choiceField, jsonField } from '../shared/fields.ts';
import type { Inputs } from '../shared/inputs.ts';

/** By the type of a command: what the menu calls it, and the fields it is made of, named as the command names them. */
export type Commands = Readonly<Record<string, readonly [label: string, ...fields: readonly INodeProperties[]]>>;

const fieldsOf = ([, ...fields]: Commands[string] = ['']): readonly INodeProperties[] => fields;
const GIVEN = 'json';

/** The menu of commands and, below it, the fields each needs; one field may serve several. */
export function commandFields(commands: Commands, byDefault: string): INodeProperties[] {
  const usedBy = new Map<INodeProperties, string[]>();
  for (const [type, command] of Object.entries(commands)) for (const field of fieldsOf(command)) usedBy.set(field, [...(usedBy.get(field) ?? []), type]);
  const labels = Object.fromEntries(Object.entries(commands).map(([type, [label]]) => [type, label]));
  const whole = jsonField('commandJson', 'Command (JSON)', 'The command with its type and all its fields', { default: '{ "type": "tick" }' });
  return [
    choiceField('command', 'Command', { ...labels, [GIVEN]: 'From JSON' }, byDefault, 'What happened or is wanted'),
    ...[...usedBy, [whole, [GIVEN]] as const].map(([field, types]) => ({ ...field, displayOptions: { show: { command: [...types] } } })),
  ];
}
/** The command as it was filled in; what was left empty is absent, so that the rule says what is missing. */
export function commandOf<C>(read: Inputs, commands: Commands): C {
  const type = read.text('command');
  if (type === GIVEN) return read.object('commandJson') as unknown as C;
  const command: Record<string, unknown> = { type };
  for (const { name, type: kind } of fieldsOf(Object.hasOwn(commands, type) ? commands[type] : undefined)) {
    const value = kind === 'number' ? read.number(name) : kind === 'boolean' ? read.flag(name) : kind === 'json' ? read.json(name) : kind === 'resourceLocator' ? read.picked(name) : read.maybeText(name);
    if (value !== undefined) command[name] = value;
  }
  return command as unknown as C;
}
