import { defineOperation } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { addressId } from './fields.ts';

/** One address by its ID. */
export const get = defineOperation<NetBox>({
  value: 'get',
  name: 'Get',
  action: 'Get IP address',
  description: 'Read one address by its ID, with its key, interface and ETag',
  fields: [addressId],
  run: ({ read, client }) => client.ipAddresses.get(read.number('addressId')),
});
