import type { Clock, JsonObject } from '../../../core/src/index.ts';
import type { Db } from '../../journal/src/index.ts';
import type { DeviceSignal } from '../../oktopus/src/index.ts';
import type { Events } from './deps.ts';

/** The same thing told over several ways, or again by a broker, within this time is one thing. A device that is reset twice takes longer. */
const SAME_MS = 15 * 60_000;
const TENANT = 'main';

/**
 * Puts what a device did into the log once: a bootstrap told by NATS twice and by MQTT as well is one event, and a presence only when it
 * changed on that transport. The key names the event it follows, so two hubs that hear the same thing write it once between them.
 * @example await recordSignal({ db, events, clock }, signal) // 'recorded'
 */
export async function recordSignal({ db, events, clock }: { readonly db: Db; readonly events: Events; readonly clock: Clock }, signal: DeviceSignal): Promise<'recorded' | 'repeated'> {
  const { event, serial, mtp } = signal;
  const stream = `device-${serial.toUpperCase()}`;
  const presence = event === 'online' || event === 'offline';
  const types = presence ? ['device.online', 'device.offline'] : [`device.${event}`];
  const last = (
    await db.query<{ id: number; type: string; at: Date }>(
      `SELECT id, type, at FROM event WHERE tenant = $1 AND stream = $2 AND type = ANY($3::text[]) AND data->>'source' = 'oktopus' AND ($4::text IS NULL OR data->>'mtp' = $4) ORDER BY id DESC LIMIT 1`,
      [TENANT, stream, types, presence ? mtp : null],
    )
  ).rows[0];
  const at = clock.now();
  if (presence ? last?.type === `device.${event}` : last && Date.parse(at) - last.at.getTime() < SAME_MS) return 'repeated';
  const dedupeKey = `oktopus|${event}|${presence ? mtp : serial}|after ${last?.id ?? 0}`;
  const { repeated } = await events.publish({ type: `device.${event}`, stream, key: dedupeKey, data: { ...(signal as unknown as JsonObject), serialNumber: serial, at, dedupeKey } });
  return repeated ? 'repeated' : 'recorded';
}
