import { defineOperation } from '../../../shared/defineOperation.ts';
import type { PortType } from '../../../../packages/netbox/src/index.ts';
import type { NetBox } from '../../connect.ts';
import { portFields } from '../../fields.ts';

/** Takes out the cable of a port. */
export const disconnect = defineOperation<NetBox>({
  value: 'disconnect',
  name: 'Disconnect',
  action: 'Disconnect port',
  description: 'Take out the cable that is plugged into a port; a port without one counts as done',
  fields: portFields('port', 'Port', 'dcim.interface'),
  run: ({ read, client }) => client.cables.disconnect({ port: { objectType: read.text('portType') as PortType, objectId: read.number('portId') } }),
});
