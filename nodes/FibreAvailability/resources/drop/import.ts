import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** The operator's list taken over again; leases stay, and where an order became possible it is told. */
export const importDrops = defineOperation<HubClient>({
  value: 'import',
  name: 'Import',
  action: 'Import drops',
  description: 'Take over the list of fibre drops: new ones are added and known ones changed while leases stay; publishes coverage.arrived per town where an order became possible',
  fields: [textField('csv', 'CSV', { typeOptions: { rows: 4 }, placeholder: 'e.g. id,rue,ville,zip,olt_ip,frame,slot,port,ontid,sn', description: 'The list with its header, in the columns of the fibre table' })],
  run: ({ read, client }) => client.drops.import({ csv: read.text('csv') }),
});
