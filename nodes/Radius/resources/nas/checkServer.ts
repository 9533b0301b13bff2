import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** Status-Server. */
export const checkServer = defineOperation<HubClient>({
  value: 'checkServer',
  name: 'Check Server',
  action: 'Check RADIUS server',
  description: 'Ask the RADIUS server whether it is up and takes the hub as a client, without any account',
  fields: [],
  run: ({ client }) => client.radius.server(),
});
