import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

/** So that it does not surprise anyone later. */
export const remove = defineOperation<GenieAcs>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete task',
  description: 'Take a waiting task back, with its fault if it has one; a task that has run already is said so',
  fields: [textField('taskId', 'Task ID', { placeholder: 'e.g. 66b1f0c2a4d3e8b7c9a01234', description: 'ID of the task, as Get Many or the task itself gives it' })],
  run: ({ read, client }) => client.tasks.delete(read.text('taskId')),
});
