import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** Software of an ONU. */
export const getImages = defineOperation<HubClient>({
  value: 'getImages',
  name: 'Get Images',
  action: 'Get software images of ONU',
  description: 'Read both software images of an ONU: version, which one is active and which one is committed',
  fields: [serial],
  run: ({ read, client }) => client.voltha.images.list(read.text('serial')),
});
