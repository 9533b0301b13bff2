import { counterDelta, type CounterReport } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';
import { zoneField } from '../../fields.ts';

const report = 'inputOctets, inputGigawords, outputOctets, outputGigawords and at, an instant';

/** Octets between two RADIUS accounting reports (S2-055). */
export const readCounters = defineOperation<undefined>({
  value: 'readCounters',
  name: 'Read Session Counters',
  action: 'Read session counters',
  description: 'Work out the octets used between two accounting reports of one RADIUS session and the day they count on; counters that began anew and gigawords are understood',
  fields: [
    jsonField('before', 'Report Before', `The earlier report: ${report}`, { default: textOf({ at: '2026-04-01T10:00:00Z', inputOctets: 4_294_960_000, outputOctets: 0 }) }),
    jsonField('after', 'Report After', `The later report: ${report}`, { default: textOf({ at: '2026-04-01T10:05:00Z', inputOctets: 2704, inputGigawords: 1, outputOctets: 90_000 }) }),
    zoneField,
  ],
  run: ({ read }) => counterDelta(read.json('before') as CounterReport, read.json('after') as CounterReport, read.text('zone')),
});
