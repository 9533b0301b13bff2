import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { olt, pon } from '../../fields.ts';

/** Light of everybody on a PON. */
export const scanPon = defineOperation<HubClient>({
  value: 'scanPon',
  name: 'Scan PON',
  action: 'Scan optical power of PON',
  description: 'Measure the light of every ONU on a PON, one self-test per ONU at a time, with a verdict and a trend for each and the counts of each verdict',
  fields: [olt, pon],
  run: ({ read, client }) => client.voltha.olts.scan(read.picked('olt'), read.number('pon')),
});
