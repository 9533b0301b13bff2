import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, numberField } from '../../../shared/fields.ts';
import type { Upgrade } from '../../../../packages/genieacs/src/index.ts';
import type { GenieAcs } from '../../connect.ts';

/** The other half of Upgrade Firmware; needs nothing but its answer. */
export const confirmUpgrade = defineOperation<GenieAcs>({
  value: 'confirmUpgrade',
  name: 'Confirm Upgrade',
  action: 'Confirm upgrade of device',
  description: 'Say what became of a firmware order: upgraded by the version the CPE reports, failed by a fault that may come minutes later, or still under way',
  fields: [
    jsonField('upgrade', 'Upgrade', 'What Upgrade Firmware answered', { default: '={{ $json }}' }),
    numberField('waitSeconds', 'Wait Seconds', 0, 'How long to follow it; 0 looks once', { minValue: 0, maxValue: 1800 }),
  ],
  run: ({ read, client }) => {
    const { deviceId, taskId, file, before, wanted } = read.object('upgrade') as unknown as Upgrade;
    return client.upgrade.confirm({ deviceId, taskId: taskId ?? null, file, before: before ?? null, wanted: wanted ?? null }, { waitMs: read.number('waitSeconds') * 1000 });
  },
});
