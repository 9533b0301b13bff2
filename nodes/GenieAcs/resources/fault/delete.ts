import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

/** Clears a fault with its task, so that the device is tried again. */
export const remove = defineOperation<GenieAcs>({
  value: 'delete',
  name: 'Delete',
  action: 'Delete fault',
  description: 'Clear a fault together with its task, so that the CPE is tried again at its next inform',
  fields: [textField('faultId', 'Fault ID', { placeholder: 'e.g. 000E5E-SR905ac-RCMG19E01234:default', description: 'ID of the fault, as Get Many gives it' })],
  run: ({ read, client }) => client.faults.delete(read.text('faultId')),
});
