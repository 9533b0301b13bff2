import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../../../core/src/index.ts';
import type { OpticalEnds, OpticalReading, OpticalTrend } from '../../../voltha/src/index.ts';
import type { HistoryForgotten, OnuOptical, OpticalHistory, OpticalQuery, PonScan } from '../api.ts';
import type { Events } from '../deps.ts';
import { keyOf } from '../opticalStore.ts';
import { id, instant, object, whole } from './shapes.ts';
import type { VolthaLink } from './volthaLink.ts';
import { atOnu, volthaSchema, type AtOnu } from './volthaShapes.ts';

const dbm = { type: 'number', minimum: -60, maximum: 10 } as const;
const NO_TREND = 'tooFewSamples';

/** Light: read, kept, compared with its own past (S0-105, S1-093). */
export function volthaOpticalRoutes(app: FastifyInstance, { need, light }: VolthaLink, events: Events, clock: Clock): void {
  const { policy } = light;
  const ends = (asked: OpticalQuery): OpticalEnds => ({
    onu: { ...policy.limits.onu, ...(asked.onuWarning === undefined ? {} : { warning: asked.onuWarning }), ...(asked.onuCritical === undefined ? {} : { critical: asked.onuCritical }) },
    olt: { ...policy.limits.olt, ...(asked.oltWarning === undefined ? {} : { warning: asked.oltWarning }), ...(asked.oltCritical === undefined ? {} : { critical: asked.oltCritical }) },
  });

  /** Told once a day and state, so that a workflow that listens opens one ticket. */
  async function tell(reading: OpticalReading, trend: OpticalTrend | undefined): Promise<void> {
    const bad = reading.verdict === 'critical' || reading.verdict === 'warning' || trend?.trend === 'degrading';
    if (!bad) return;
    const { serial, oltDeviceId, ponPort, rxPowerDbm, oltRxPowerDbm, verdict, because } = reading;
    await events.publish({
      type: 'onu.light', stream: `device-${serial.toUpperCase()}`, key: `light|${verdict}|${trend?.trend ?? NO_TREND}|${clock.now().slice(0, 10)}`,
      data: { serial, oltDeviceId, ponPort, rxPowerDbm, oltRxPowerDbm, verdict, because: [...because, ...(trend?.because ?? [])], trend: trend?.trend ?? NO_TREND },
    });
  }

  app.get<AtOnu & { Querystring: OpticalQuery }>(
    '/v1/voltha/onus/:serial/optical',
    volthaSchema('Light at both ends now, with a verdict and the trend; kept in the history', 'OnuOptical', { params: atOnu, querystring: object({ onuWarning: dbm, onuCritical: dbm, oltWarning: dbm, oltCritical: dbm }) }),
    async ({ params, query }): Promise<OnuOptical> => {
      const reading = await need('voltha.optical').core.optical(params.serial, ends(query));
      const at = await light.record([reading]);
      const trend = (await light.trends([reading.serial])).get(keyOf(reading.serial));
      await tell(reading, trend);
      return { type: 'onuOptical', at, ...reading, trend: trend?.trend ?? NO_TREND, policyVersion: policy.version };
    },
  );

  app.get<AtOnu & { Querystring: { from?: string; limit?: number } }>(
    '/v1/voltha/onus/:serial/optical-history',
    volthaSchema('Levels kept of an ONU, oldest first, and its trend against its own normal', 'OpticalHistory', { params: atOnu, querystring: object({ from: instant, limit: whole(1, 5_000) }) }),
    async ({ params, query }): Promise<OpticalHistory> => ({ type: 'opticalHistory', ...(await light.history(params.serial, query)) }),
  );
  app.delete<AtOnu>('/v1/voltha/onus/:serial/optical-history', volthaSchema('After a repair: forgets the levels, so that a new normal begins', 'HistoryForgotten', { params: atOnu }), async ({ params }): Promise<HistoryForgotten> => ({ type: 'historyForgotten', serial: keyOf(params.serial), samples: await light.forget(params.serial) }));

  app.post<{ Params: { olt: string; pon: number } }>(
    '/v1/voltha/olts/:olt/pons/:pon/scan',
    volthaSchema('Measures every ONU of a PON, one self-test per ONU at a time; kept in the history', 'PonScan', { params: object({ olt: id(), pon: whole(0, 255) }, ['olt', 'pon']) }),
    async ({ params }): Promise<PonScan> => {
      const { core } = need('voltha.scan');
      const { deviceId } = await core.olts.get(params.olt);
      const { readings } = await core.scan(deviceId, params.pon);
      // An ONU that is off tells nothing about its fibre, and would push real levels out of the history.
      const measured = readings.filter((one) => one.rxPowerDbm !== null || one.oltRxPowerDbm !== null);
      const at = measured.length > 0 ? await light.record(measured) : clock.now();
      const trends = await light.trends(readings.map((one) => one.serial));
      const told = readings.map(({ connectStatus: _state, ...one }) => ({ ...one, trend: trends.get(keyOf(one.serial))?.trend ?? NO_TREND }) as const);
      for (const one of readings) await tell(one, trends.get(keyOf(one.serial)));
      const count = (verdict: OnuOptical['verdict']) => told.filter((one) => one.verdict === verdict).length;
      return {
        type: 'ponScan', oltDeviceId: deviceId, ponPort: params.pon, at, good: count('good'), warning: count('warning'), critical: count('critical'), noReading: count('noReading'),
        degrading: told.filter((one) => one.trend === 'degrading').length, readings: told, policyVersion: policy.version,
      };
    },
  );
}
