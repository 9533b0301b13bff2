import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { fibreId } from '../drop/fields.ts';
import { orderId, token } from './fields.ts';

/** Writes which ONT is on the port, after the technician scanned it. */
export const occupy = defineOperation<HubClient>({
  value: 'occupy',
  name: 'Occupy',
  action: 'Occupy port',
  description: 'Mark a reserved port as in service with the serial number of the installed ONT',
  fields: [fibreId, orderId, token, textField('serial', 'ONT Serial', { placeholder: 'e.g. RCMG19E01234', description: 'Serial number scanned by the technician' })],
  run: ({ read, client }) => client.drops.occupy(Number(read.picked('fibreId')), { orderId: read.text('orderId'), token: read.text('token'), serial: read.text('serial') }),
});
