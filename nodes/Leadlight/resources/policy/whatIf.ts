import { refuse, schemaComplaint, whatIf as decide } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, jsonField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';
import { list, record, shaped } from '../../shaped.ts';
import { lifecycles } from './lifecycles.ts';

const names = Object.fromEntries(Object.entries(lifecycles).map(([key, { name }]) => [key, name]));
const fields = Object.entries(lifecycles).flatMap(([key, { name, cases, before, after }]) => [
  jsonField(`${key}Cases`, `${name} Cases`, 'What was recorded: a list of id, initial state and journal, each entry a command and its instant', { default: textOf(cases) }),
  jsonField(`${key}Before`, `${name} Policy Before`, 'The policy in force, whole', { default: textOf(before) }),
  jsonField(`${key}After`, `${name} Policy After`, 'The policy to compare it with, whole', { default: textOf(after) }),
].map((field) => ({ ...field, displayOptions: { show: { lifecycle: [key] } } })));

/** What another policy would have done. */
export const whatIf = defineOperation<undefined>({
  value: 'whatIf',
  name: 'What If',
  action: 'Compare policies on recorded cases',
  description: 'Replay recorded cases under two policies and list whom the other one would have treated otherwise: effects only under the one, only under the other; nothing is changed',
  fields: [choiceField('lifecycle', 'Lifecycle', names, 'dunning', 'What the cases are about'), ...fields],
  run: ({ read }) => {
    const key = read.text('lifecycle');
    const lifecycle = Object.hasOwn(lifecycles, key) ? lifecycles[key]! : undefined;
    if (!lifecycle) return refuse('badInput', 'No such lifecycle.', { path: 'lifecycle', hint: `Known: ${Object.keys(lifecycles).join(', ')}.` });
    const [before, after] = [read.json(`${key}Before`), read.json(`${key}After`)];
    // Under a policy that cannot be followed every command is refused, which would look like no difference.
    for (const [side, policy] of Object.entries({ before, after })) {
      const wrong = schemaComplaint(lifecycle.schema, policy, side);
      if (wrong) return refuse('badPolicy', `${wrong.path} must be ${wrong.expected}.`, { path: wrong.path });
    }
    const cases = `${key}Cases`;
    return shaped(read, { [cases]: list(record(['id', 'journal'], { journal: list(record(['at', 'command'])) })) }, (values) => decide(values[cases]!, lifecycle.decide, before as never, after as never));
  },
});
