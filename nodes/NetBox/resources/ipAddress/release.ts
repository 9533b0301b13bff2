import { defineOperation } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { which, whichOf } from './fields.ts';

/** Gives an address back; the undo of Allocate. */
export const release = defineOperation<NetBox>({
  value: 'release',
  name: 'Release',
  action: 'Release IP address',
  description: 'Give an address back at once, so that it may be taken again; giving back what is gone already counts as done',
  fields: which,
  run: ({ read, client }) => client.ipAddresses.release(whichOf(read)),
});
