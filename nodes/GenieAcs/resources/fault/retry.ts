import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

/** Without waiting out the growing pause. */
export const retry = defineOperation<GenieAcs>({
  value: 'retry',
  name: 'Retry',
  action: 'Retry fault',
  description: 'Let what faulted run again at the next inform: the task is retried, a preset is freed; one whose task is gone says so',
  fields: [textField('faultId', 'Fault ID', { placeholder: 'e.g. 000E5E-HT803G%2DW-RCMG19E01234:default', description: 'ID of the fault, as Get Many gives it' })],
  run: ({ read, client }) => client.faults.retry(read.text('faultId')),
});
