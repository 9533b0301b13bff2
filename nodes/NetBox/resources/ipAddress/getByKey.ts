import { refuse } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { key } from './fields.ts';

/** The address a key has, or a refusal to branch on. */
export const getByKey = defineOperation<NetBox>({
  value: 'getByKey',
  name: 'Get by Key',
  action: 'Get IP address by key',
  description: 'Read the address that was allocated for a key; when there is none the item says refused, addressUnknown',
  fields: [key],
  run: async ({ read, client }) => (await client.ipAddresses.findByKey(read.text('key'))) ?? refuse('addressUnknown', 'No address carries this key.', { path: 'key', hint: 'Allocate one.' }),
});
