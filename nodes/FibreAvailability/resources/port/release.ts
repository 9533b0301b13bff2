import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { fibreId } from '../drop/fields.ts';
import { orderId, token } from './fields.ts';

/** Gives the port back: the undo of Hold and Confirm. */
export const release = defineOperation<HubClient>({
  value: 'release',
  name: 'Release',
  action: 'Release port',
  description: 'Give a held or reserved port back so that another order can have it',
  fields: [fibreId, orderId, token],
  run: ({ read, client }) => client.drops.release(Number(read.picked('fibreId')), { orderId: read.text('orderId'), token: read.text('token') }),
});
