import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField, textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import type { AssignOptions } from '../../../../packages/erpnext/src/index.ts';
import { docType, documentName, names } from './fields.ts';

/** A document on somebody's list, once. */
export const assign = defineOperation<ErpNext>({
  value: 'assign',
  name: 'Assign',
  action: 'Assign document',
  description: 'Put a document on the to-do lists of users; who has it already keeps it, and is not told again',
  fields: [
    docType,
    documentName,
    textField('users', 'Users', { placeholder: 'e.g. luc@example.com, nadia@example.com', description: 'E-mail addresses of ERPNext users, separated by commas' }),
    optionsField([
      textField('description', 'Description', { placeholder: 'e.g. Cable on the ground', description: 'What is to be done, as the user reads it' }),
      textField('dueOn', 'Due On', { placeholder: 'e.g. 2026-04-09', description: 'Day by which it is to be done' }),
      choiceField('priority', 'Priority', { High: 'High', Medium: 'Medium', Low: 'Low' }, 'Medium', 'How urgent it is'),
    ]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const given = Object.fromEntries(['description', 'dueOn', 'priority'].flatMap((name) => (options.text(name) === undefined ? [] : [[name, options.text(name)]]))) as AssignOptions;
    return { assigned: await client.documents.assign(read.picked('docType'), read.picked('documentName'), names(read.text('users')) ?? [], given) };
  },
});
