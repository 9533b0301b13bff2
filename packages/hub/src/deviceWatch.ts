import type { Clock } from '../../../core/src/index.ts';
import type { Db } from '../../journal/src/index.ts';
import { deviceChanges, seenOlt, seenOnu, type DeviceChange, type DeviceSeen, type Voltha } from '../../voltha/src/index.ts';
import type { DevicesPolled } from './api.ts';
import type { Events } from './deps.ts';

const TENANT = 'main';
const ROWS = 2_000;

/**
 * Looks at every device of VOLTHA and publishes what changed since the last look, in one transaction with what is remembered: a change is
 * told once, whoever looks. The first look tells nothing. A look that began before the last one was written is not believed.
 * @example await deviceWatch(db, clock, events).look(core)
 */
export function deviceWatch(db: Db, clock: Clock, events: Events) {
  const stream = ({ kind, serial, deviceId }: DeviceSeen): string => (kind === 'onu' ? `device-${serial.toUpperCase()}` : `olt-${deviceId}`);
  const data = ({ device, before }: DeviceChange) => ({
    deviceId: device.deviceId, serial: device.serial, oltDeviceId: device.oltDeviceId, ponPort: device.ponPort, operStatus: device.operStatus, connectStatus: device.connectStatus, reason: device.reason,
    ...(before ? { before: { oltDeviceId: before.oltDeviceId, ponPort: before.ponPort, operStatus: before.operStatus, connectStatus: before.connectStatus } } : {}),
  });
  const same = (a: DeviceSeen | undefined, b: DeviceSeen): boolean => a !== undefined && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

  return {
    async look(core: Pick<Voltha, 'onus' | 'olts'>): Promise<DevicesPolled> {
      const began = clock.now();
      const [olts, onus] = [await core.olts.list(), await core.onus.list()];
      const after = [...olts.map(seenOlt), ...onus.map(seenOnu)];
      return db.transaction(async (tx) => {
        await tx.query('SELECT pg_advisory_xact_lock(7071009)');
        const last = (await tx.query<{ newer: boolean }>('SELECT at > $2::timestamptz AS newer FROM device_look WHERE tenant = $1', [TENANT, began])).rows[0];
        const told = { type: 'devicesPolled', first: last === undefined, olts: olts.length, onus: onus.length } as const;
        if (last?.newer) return { ...told, changes: [] };
        const before = (await tx.query<{ seen: DeviceSeen }>('SELECT seen FROM device_seen WHERE tenant = $1', [TENANT])).rows.map((row) => row.seen);
        const known = new Map(before.map((one) => [one.deviceId, one]));
        const changes = last === undefined ? [] : deviceChanges(before, after);
        for (const change of changes) await events.publish({ type: change.type, stream: stream(change.device), key: `${change.type}|${change.device.deviceId}|${began}`, data: data(change) }, tx);
        const fresh = after.filter((one) => !same(known.get(one.deviceId), one));
        for (let index = 0; index < fresh.length; index += ROWS) {
          const rows = fresh.slice(index, index + ROWS);
          await tx.query(
            `INSERT INTO device_seen (tenant, device_id, seen) SELECT $1, s.id, s.seen::jsonb FROM unnest($2::text[], $3::text[]) AS s (id, seen) ON CONFLICT (tenant, device_id) DO UPDATE SET seen = excluded.seen`,
            [TENANT, rows.map((one) => one.deviceId), rows.map((one) => JSON.stringify(one))],
          );
        }
        const there = new Set(after.map((one) => one.deviceId));
        const gone = before.map((one) => one.deviceId).filter((id) => !there.has(id));
        if (gone.length > 0) await tx.query('DELETE FROM device_seen WHERE tenant = $1 AND device_id = ANY($2::text[])', [TENANT, gone]);
        await tx.query('INSERT INTO device_look (tenant, at) VALUES ($1, $2::timestamptz) ON CONFLICT (tenant) DO UPDATE SET at = excluded.at', [TENANT, clock.now()]);
        return { ...told, changes: changes.map(({ type, device }) => ({ type, deviceId: device.deviceId, serial: device.serial })) };
      });
    },
  };
}

/** jsonb gives keys back in an order of its own. */
const sorted = (one: DeviceSeen) => Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1));
