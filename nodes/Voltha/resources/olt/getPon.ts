import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { olt, pon } from '../../fields.ts';

/** Who is on a PON. */
export const getPon = defineOperation<HubClient>({
  value: 'getPon',
  name: 'Get PON',
  action: 'Get PON of OLT',
  description: 'List who is on a PON: state and last light level of each ONU, whether the OLT is up, and how many more ONUs fit',
  fields: [olt, pon],
  run: ({ read, client }) => client.voltha.olts.pon(read.picked('olt'), read.number('pon')),
});
