import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

/** Looked up first: GenieACS would lose a worker over an unknown one. */
export const retry = defineOperation<GenieAcs>({
  value: 'retry',
  name: 'Retry',
  action: 'Retry task',
  description: 'Let a faulted task run again at the next inform of its CPE, without waiting out the pause that GenieACS doubles each time',
  fields: [textField('taskId', 'Task ID', { placeholder: 'e.g. 66b1f0c2a4d3e8b7c9a01234', description: 'ID of the task, as Get Many or the task itself gives it' })],
  run: ({ read, client }) => client.tasks.retry(read.text('taskId')),
});
