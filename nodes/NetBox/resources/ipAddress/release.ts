import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { key } from './fields.ts';

const modes = { delete: 'Free at Once', deprecate: 'Keep Out of Use' };

/** Gives an address back; the undo of Allocate. */
export const release = defineOperation<NetBox>({
  value: 'release',
  name: 'Release',
  action: 'Release IP address',
  description: 'Give the address of a key back to its prefix; giving back what is gone already counts as done',
  fields: [key, choiceField('mode', 'Mode', modes, 'delete', 'Whether the address may be given out again at once or stays marked as deprecated')],
  run: ({ read, client }) => client.ipAddresses.release({ key: read.text('key') }, read.text('mode') === 'deprecate' ? 'deprecate' : 'delete'),
});
