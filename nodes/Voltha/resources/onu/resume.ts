import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

/** The undo of Suspend. */
export const resume = defineOperation<HubClient>({
  value: 'resume',
  name: 'Resume',
  action: 'Resume service of ONU',
  description: 'Switch a suspended service on again and wait for its flows; with a dark ONU, flowing is false',
  fields: [serial],
  run: ({ read, client }) => client.voltha.resume(read.text('serial')),
});
