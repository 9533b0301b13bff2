import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, jsonField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { Json } from '../../../../core/src/index.ts';
import type { OrderStatus, RecordStep } from '../../../../packages/hub/src/api.ts';
import { orderId, step } from './fields.ts';

const outcomes = { done: 'Done', failed: 'Failed', intended: 'Intended', undone: 'Undone' };
const statuses = { acknowledged: 'Acknowledged', cancelled: 'Cancelled', completed: 'Completed', failed: 'Failed', held: 'Held', inProgress: 'In Progress' };

/** Writes one line of the timeline: the intent before a vendor is called, the outcome with what was read back after. */
export const record = defineOperation<HubClient>({
  value: 'record',
  name: 'Record',
  action: 'Record step of order',
  description: 'Write one step into the timeline of an order, with what was read back from the system that did it',
  fields: [
    orderId,
    step,
    textField('system', 'System', { placeholder: 'e.g. erpnext', description: 'The system that carried the step out' }),
    choiceField('outcome', 'Outcome', outcomes, 'done', 'What became of the step'),
    optionsField([
      textField('note', 'Note', { description: 'One sentence for whoever reads the timeline' }),
      jsonField('readBack', 'Read Back', 'What the system answered when asked afterwards'),
      choiceField('status', 'Status', statuses, 'inProgress', 'New status of the whole order'),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const note = options.text('note');
    const readBack = options.json('readBack') as Json | undefined;
    const status = options.text('status') as OrderStatus | undefined;
    return client.orders.record(read.text('orderId'), {
      step: read.text('step'),
      system: read.text('system'),
      outcome: read.text('outcome') as RecordStep['outcome'],
      ...(note === undefined ? {} : { note }),
      ...(readBack === undefined ? {} : { readBack }),
      ...(status === undefined ? {} : { status }),
    });
  },
});
