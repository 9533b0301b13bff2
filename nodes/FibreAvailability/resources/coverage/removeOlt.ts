import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { oltIp } from './oltFields.ts';

export const removeOlt = defineOperation<HubClient>({
  value: 'removeOlt',
  name: 'Remove OLT',
  action: 'Remove OLT capacity',
  description: 'Forget what an OLT can carry; the speed on its drops is their own column again',
  fields: [oltIp],
  run: ({ read, client }) => client.coverage.removeOlt(read.text('oltIp')),
});
