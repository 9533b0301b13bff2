import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { fibreId } from '../drop/fields.ts';

/** A person's word, which no run overwrites. */
export const decide = defineOperation<HubClient>({
  value: 'decide',
  name: 'Decide',
  action: 'Decide link',
  description: "Record a person's decision that a drop is at an address, or at none; no later run overwrites it",
  fields: [
    fibreId,
    textField('addressId', 'Address ID', { required: false, placeholder: 'e.g. 115oszwlopy-567', description: 'The addressId of the review queue, or empty when the drop is at no address of the register' }),
    textField('decidedBy', 'Decided By', { placeholder: 'e.g. marie', description: 'Who decided, for the record' }),
  ],
  run: ({ read, client }) => client.addresses.decideLink(Number(read.picked('fibreId')), { addressId: read.maybeText('addressId') || null, by: read.text('decidedBy') }),
});
