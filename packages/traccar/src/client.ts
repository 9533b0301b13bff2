import { isVendorError, VendorError, type Clock, type Instant, type Send } from '../../../core/src/index.ts';
import { call, rejected, rows } from './call.ts';
import { circleArea, sameCircle, type Circle, type Geofence } from './geofence.ts';
import { toInstant, toPosition, type Position } from './position.ts';

export interface Device { readonly id: number; readonly name: string; readonly uniqueId: string; readonly status: 'online' | 'offline' | 'unknown'; readonly lastUpdate: Instant | null; readonly disabled: boolean }
export interface GpsEvent { readonly id: number; readonly type: string; readonly at: Instant; readonly deviceId: number; readonly geofenceId: number | null; readonly positionId: number | null }
export interface Traccar {
  /** Version of the server; needs no token. */
  version(): Promise<string>;
  readonly devices: {
    find(uniqueId: string): Promise<Device | null>;
    /** Exactly one device per identifier (IMEI, phone app id). One that is there keeps its name. */
    ensure(uniqueId: string, name: string): Promise<{ readonly device: Device; readonly created: boolean }>;
    delete(id: number): Promise<void>;
  };
  readonly positions: {
    /** The last known place of one device, or of every one the user may see. */
    latest(deviceId?: number): Promise<readonly Position[]>;
    /** Where it was between two instants, oldest first. */
    history(deviceId: number, from: Instant, to: Instant): Promise<readonly Position[]>;
  };
  readonly geofences: {
    /** One circle per name. Traccar has no unique name, so the name is the key: derive it from the job. Another circle of that name is a `conflict`. */
    ensureCircle(name: string, circle: Circle): Promise<{ readonly geofence: Geofence; readonly created: boolean }>;
    delete(id: number): Promise<void>;
  };
  readonly permissions: {
    /** Watches a device at a geofence: linked once, read back. */
    watch(deviceId: number, geofenceId: number): Promise<{ readonly linked: boolean }>;
  };
  readonly events: {
    /** What happened to a device, e.g. `geofenceEnter`; forwarded events are sent at most once, so this report settles what was missed. */
    report(deviceId: number, from: Instant, to: Instant, type?: string): Promise<readonly GpsEvent[]>;
  };
}

/**
 * Traccar's REST API, as far as dispatch needs it (S1-114). `send` carries the base URL (it ends in `/api`) and `Authorization: Bearer
 * <token>`. Every failure is a `VendorError`; a write whose reply was lost is looked for before it is sent once more.
 * @example const traccar = traccarClient(axiosSend({ baseUrl: 'https://gps.example.ca/api', headers: { authorization: `Bearer ${token}` } }), systemClock);
 */
export function traccarClient(send: Send, clock: Clock, { maxAgeMs = 5 * 60_000 }: { readonly maxAgeMs?: number } = {}): Traccar {
  const list = async (operation: string, path: string, query?: Record<string, string | number>) => rows(await call(send, { operation, method: 'GET', path, ...(query ? { query } : {}) }), operation);
  /** Writes once; after silence `look` decides whether it arrived, and only if not it is sent a second time. */
  const once = async <T>(write: () => Promise<unknown>, look: () => Promise<T | null>, operation: string): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await write();
      } catch (error) {
        if (!isVendorError(error) || (error.outcome !== 'unknown' && error.kind !== 'conflict')) throw error;
        const there = await look();
        if (there !== null) return there;
        if (error.kind === 'conflict' || attempt >= 2) throw error;
        continue;
      }
      const there = await look();
      if (there !== null) return there;
      throw new VendorError({ vendor: 'Traccar', operation, kind: 'unexpectedReply', outcome: 'unknown', message: `Traccar accepted ${operation}, but it cannot be read back.`, hint: 'Does the user of this token see the object? Look in Traccar before repeating.' });
    }
  };
  const find = async (uniqueId: string): Promise<Device | null> => {
    if (!/^[\w.:-]{1,128}$/.test(uniqueId)) throw rejected('find device', 'The identifier of a device has 1 to 128 plain characters.', 'Use its IMEI, or the identifier the phone app shows.');
    const found = (await list('find device', '/devices', { uniqueId })).find((row) => row['uniqueId'] === uniqueId);
    return found ? toDevice(found) : null;
  };
  const between = (operation: string, from: Instant, to: Instant): { from: string; to: string } => {
    const [start, end] = [toInstant(from), toInstant(to)];
    if (start === null || end === null || start >= end) throw rejected(operation, 'The times are no two instants in order.', 'Give them like 2026-04-03T14:00:00Z.');
    return { from: start, to: end };
  };
  const places = (found: readonly Record<string, unknown>[]): readonly Position[] => found.flatMap((row) => toPosition(row, Date.parse(clock.now()), maxAgeMs) ?? []);
  const remove = async (operation: string, path: string): Promise<void> => void (await call(send, { operation, method: 'DELETE', path, expect: 'nothing' }));
  return {
    async version() {
      const server = await call(send, { operation: 'read server', method: 'GET', path: '/server' });
      return String((server as { version?: unknown } | null)?.version ?? '');
    },
    devices: {
      find,
      async ensure(uniqueId, name) {
        const there = await find(uniqueId);
        if (there) return { device: there, created: false };
        if (name.trim() === '' || name.length > 128) throw rejected('ensure device', 'The name of a device has 1 to 128 characters.', 'Name the vehicle, not the person.');
        return { device: await once(() => call(send, { operation: 'ensure device', method: 'POST', path: '/devices', body: { name, uniqueId } }), () => find(uniqueId), 'ensure device'), created: true };
      },
      delete: (id) => remove('delete device', `/devices/${whole(id)}`),
    },
    positions: {
      latest: async (deviceId) => places(await list('read positions', '/positions', deviceId === undefined ? undefined : { deviceId })),
      history: async (deviceId, from, to) => [...places(await list('read positions', '/positions', { deviceId, ...between('read positions', from, to) }))].sort((a, b) => a.fixedAt.localeCompare(b.fixedAt)),
    },
    geofences: {
      async ensureCircle(name, circle) {
        if (name.trim() === '' || name.length > 128) throw rejected('ensure geofence', 'The name of a geofence has 1 to 128 characters.', 'Derive it from the job, e.g. job:DJ-2026-00012.');
        const area = circleArea(circle);
        const look = async (): Promise<Geofence | null> => {
          const same = (await list('list geofences', '/geofences')).map(toGeofence).filter((one) => one.name === name).sort((a, b) => a.id - b.id);
          const other = same.find((one) => !sameCircle(one.area, area));
          if (other) throw new VendorError({ vendor: 'Traccar', operation: 'ensure geofence', kind: 'conflict', message: 'A geofence of this name has another area; nothing was overwritten.', hint: 'Delete it in Traccar, or use another name.', detail: { geofenceId: other.id } });
          return same[0] ?? null;
        };
        const there = await look();
        if (there) return { geofence: there, created: false };
        return { geofence: await once(() => call(send, { operation: 'ensure geofence', method: 'POST', path: '/geofences', body: { name, area } }), look, 'ensure geofence'), created: true };
      },
      delete: (id) => remove('delete geofence', `/geofences/${whole(id)}`),
    },
    permissions: {
      async watch(deviceId, geofenceId) {
        const look = async (): Promise<true | null> => ((await list('list geofences', '/geofences', { deviceId })).some((row) => row['id'] === geofenceId) ? true : null);
        if (await look()) return { linked: false };
        await once(() => call(send, { operation: 'link geofence', method: 'POST', path: '/permissions', body: { deviceId, geofenceId }, expect: 'nothing' }), look, 'link geofence');
        return { linked: true };
      },
    },
    events: {
      async report(deviceId, from, to, type = 'allEvents') {
        if (!/^[A-Za-z]{1,40}$/.test(type)) throw rejected('report events', 'This is no type of event.', 'For example geofenceEnter, geofenceExit or allEvents.');
        const found = await list('report events', '/reports/events', { deviceId, ...between('report events', from, to), type });
        return found.flatMap((row) => toEvent(row) ?? []).sort((a, b) => a.at.localeCompare(b.at) || a.id - b.id);
      },
    },
  };
}

const whole = (id: number): number => {
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw rejected('address an object', 'An id is a whole number above 0.', 'Give the id Traccar returned.');
};
const idOf = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null);
const toDevice = (row: Record<string, unknown>): Device => ({
  id: Number(row['id']), name: String(row['name'] ?? ''), uniqueId: String(row['uniqueId']), status: row['status'] === 'online' || row['status'] === 'offline' ? row['status'] : 'unknown', lastUpdate: toInstant(row['lastUpdate']), disabled: row['disabled'] === true,
});
const toGeofence = (row: Record<string, unknown>): Geofence => ({ id: Number(row['id']), name: String(row['name'] ?? ''), area: String(row['area'] ?? '') });
function toEvent(row: Record<string, unknown>): GpsEvent | null {
  const at = toInstant(row['eventTime'] ?? row['serverTime']);
  return at === null ? null : { id: Number(row['id']), type: String(row['type'] ?? ''), at, deviceId: Number(row['deviceId']), geofenceId: idOf(row['geofenceId']), positionId: idOf(row['positionId']) };
}
