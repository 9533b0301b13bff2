import { serve, type Running, type SimReply, type SimRequest } from '../http.ts';
import type { World } from '../world.ts';

interface Device { readonly id: number; readonly name: string; readonly uniqueId: string; status: 'online' | 'offline' | 'unknown'; lastUpdate: string | null; positionId: number }
interface Fix { readonly id: number; readonly deviceId: number; readonly fixTime: string; readonly latitude: number; readonly longitude: number; readonly speed: number; readonly valid: boolean; readonly outdated: boolean }
interface Fence { readonly id: number; readonly name: string; readonly area: string }
interface Event { readonly id: number; readonly type: string; readonly eventTime: string; readonly deviceId: number; readonly positionId: number; readonly geofenceId: number }

export interface TraccarSandbox extends Running {
  readonly token: string;
  /** A device reports its place; entering or leaving a watched circle makes an event. Speed in knots. Default now, valid. */
  fix(uniqueId: string, at: { readonly latitude: number; readonly longitude: number; readonly speed?: number; readonly fixTime?: string; readonly valid?: boolean; readonly outdated?: boolean }): void;
  /** A device of another user: this token cannot see it, yet its identifier is taken. */
  foreign(uniqueId: string): number;
  readonly devices: () => readonly Device[];
  readonly geofences: () => readonly Fence[];
}

const METRES_PER_DEGREE = 111_320;

/**
 * Traccar's REST API on loopback as far as the client asks for it: bearer tokens, refusals in plain text with SQL and stack traces in them,
 * reports as a spreadsheet unless JSON is asked for, geofences whose names are not unique, links that may be stored twice (erp.md 6.7).
 */
export async function startTraccar(world: World, options: { readonly port?: number; readonly token?: string } = {}): Promise<TraccarSandbox> {
  const token = options.token ?? 'traccar-sandbox-token';
  const [devices, foreigners, fixes, fences, events]: [Device[], Device[], Fix[], Fence[], Event[]] = [[], [], [], [], []];
  let links: { deviceId: number; geofenceId: number }[] = [];
  let last = 0;
  const next = (): number => (last += 1);
  const stamp = (instant: string): string => instant.replace('Z', '+00:00');
  const mayNot = (): SimReply => refusal('Device access denied - SecurityException (PermissionsService:94 < *:168)');

  const deviceCall = ({ method, query, text }: SimRequest, id: number | undefined): SimReply => {
    if (method === 'GET' && id === undefined) {
      const wanted = query.getAll('uniqueId');
      return ok(devices.filter((one) => wanted.length === 0 || wanted.includes(one.uniqueId)).map(shown));
    }
    if (method === 'POST' && id === undefined) {
      const sent = JSON.parse(text) as Partial<Device>;
      if (!sent.name || !sent.uniqueId) return refusal('NULL not allowed for column "NAME"; SQL statement: INSERT INTO tc_devices (name, uniqueId) VALUES (?, ?)');
      if ([...devices, ...foreigners].some((one) => one.uniqueId === sent.uniqueId)) return refusal(`Unique index or primary key violation: "PUBLIC.UK_TC_DEVICES_UNIQUEID ON PUBLIC.TC_DEVICES(UNIQUEID) VALUES ('${sent.uniqueId}')" - JdbcSQLIntegrityConstraintViolationException`);
      const one: Device = { id: next(), name: sent.name, uniqueId: sent.uniqueId, status: 'offline', lastUpdate: null, positionId: 0 };
      devices.push(one);
      return ok(shown(one));
    }
    const at = devices.findIndex((one) => one.id === id);
    if (method !== 'DELETE' || at < 0) return method === 'DELETE' ? mayNot() : { status: 405, body: '' };
    devices.splice(at, 1);
    links = links.filter((one) => one.deviceId !== id);
    return { status: 204 };
  };
  const fenceCall = ({ method, query, text }: SimRequest, id: number | undefined): SimReply => {
    if (method === 'GET' && id === undefined) {
      const deviceId = Number(query.get('deviceId') ?? 0);
      if (deviceId > 0 && !devices.some((one) => one.id === deviceId)) return mayNot();
      return ok(fences.filter((one) => deviceId === 0 || links.some((link) => link.deviceId === deviceId && link.geofenceId === one.id)).map((one) => ({ ...one, description: null, calendarId: 0, attributes: {} })));
    }
    if (method === 'POST' && id === undefined) {
      const sent = JSON.parse(text) as Partial<Fence>;
      if (!/^CIRCLE \(-?[\d.]+ -?[\d.]+, [\d.]+\)$/.test(sent.area ?? '')) return refusal('Unknown geometry type - ParseException (Geofence:60 < *:91)');
      const one: Fence = { id: next(), name: String(sent.name), area: sent.area! };
      fences.push(one);
      return ok({ ...one, description: null, calendarId: 0, attributes: {} });
    }
    const at = fences.findIndex((one) => one.id === id);
    if (method !== 'DELETE' || at < 0) return method === 'DELETE' ? refusal('Geofence access denied - SecurityException (PermissionsService:94)') : { status: 405, body: '' };
    fences.splice(at, 1);
    links = links.filter((one) => one.geofenceId !== id);
    return { status: 204 };
  };
  const positions = ({ query }: SimRequest): SimReply => {
    const [deviceId, from, to] = [Number(query.get('deviceId') ?? 0), query.get('from'), query.get('to')];
    if (deviceId > 0 && !devices.some((one) => one.id === deviceId)) return mayNot();
    const found = from && to ? fixes.filter((one) => one.deviceId === deviceId && one.fixTime >= from && one.fixTime <= to) : fixes.filter((one) => devices.some((device) => device.positionId === one.id && (deviceId === 0 || device.id === deviceId)));
    return ok(found.map((one) => ({ ...one, fixTime: stamp(one.fixTime), deviceTime: stamp(one.fixTime), serverTime: stamp(one.fixTime), protocol: 'osmand', altitude: 0, course: 0, accuracy: 0, address: null, network: null, attributes: {} })));
  };
  const report = ({ query, headers }: SimRequest): SimReply => {
    const [deviceId, from, to, types] = [Number(query.get('deviceId') ?? 0), query.get('from') ?? '', query.get('to') ?? '', query.getAll('type')];
    if (!devices.some((one) => one.id === deviceId)) return mayNot();
    if (!headers.accept?.includes('application/json')) return { status: 200, headers: { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }, body: 'PK\u0003\u0004' };
    const all = types.length === 0 || types.includes('allEvents');
    return ok(events.filter((one) => one.deviceId === deviceId && one.eventTime >= from && one.eventTime <= to && (all || types.includes(one.type))).map((one) => ({ ...one, eventTime: stamp(one.eventTime), maintenanceId: 0, attributes: {} })));
  };

  const running = await serve(world, 'traccar', (request) => {
    const { rawPath, method, headers } = request;
    if (!rawPath.startsWith('/api/')) return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html><h2>HTTP ERROR 404 Not Found</h2></html>' };
    if (rawPath === '/api/server' && method === 'GET') return ok({ id: 1, version: '6.6', registration: false, readonly: false, attributes: {} });
    if (headers.authorization !== `Bearer ${token}`) return { status: 401, headers: { 'www-authenticate': 'Basic realm="api"', 'content-type': 'text/plain' }, body: 'HTTP 401 Unauthorized - WebApplicationException (SecurityRequestFilter:120)' };
    if (method === 'POST' && !headers['content-type']?.startsWith('application/json')) return { status: 415, body: 'HTTP 415 Unsupported Media Type' };
    const [, , kind = '', id] = rawPath.split('/');
    const number = id === undefined ? undefined : Number(id);
    if (kind === 'devices') return deviceCall(request, number);
    if (kind === 'geofences') return fenceCall(request, number);
    if (rawPath === '/api/positions' && method === 'GET') return positions(request);
    if (rawPath === '/api/reports/events' && method === 'GET') return report(request);
    if (rawPath === '/api/permissions' && method === 'POST') {
      const link = JSON.parse(request.text) as { deviceId: number; geofenceId: number };
      if (!devices.some((one) => one.id === link.deviceId) || !fences.some((one) => one.id === link.geofenceId)) return mayNot();
      links.push(link);
      return { status: 204 };
    }
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'HTTP 404 Not Found - NotFoundException (...)' };
  }, options.port ?? 0);

  const inside = ({ area }: Fence, { latitude, longitude }: { readonly latitude: number; readonly longitude: number }): boolean => {
    const [lat = 0, lon = 0, radius = 0] = (area.match(/-?[\d.]+/g) ?? []).map(Number);
    return Math.hypot((latitude - lat) * METRES_PER_DEGREE, (longitude - lon) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)) <= radius;
  };
  return {
    ...running, token, devices: () => structuredClone(devices), geofences: () => structuredClone(fences),
    foreign(uniqueId) {
      const one: Device = { id: next(), name: 'other', uniqueId, status: 'offline', lastUpdate: null, positionId: 0 };
      foreigners.push(one);
      return one.id;
    },
    fix(uniqueId, { latitude, longitude, speed = 0, fixTime = world.clock.now(), valid = true, outdated = false }) {
      const device = devices.find((one) => one.uniqueId === uniqueId);
      if (!device) throw new Error(`no device ${uniqueId}`);
      const before = fixes.find((one) => one.id === device.positionId);
      const now: Fix = { id: next(), deviceId: device.id, fixTime, latitude, longitude, speed, valid, outdated };
      fixes.push(now);
      Object.assign(device, { status: 'online', lastUpdate: world.clock.now(), positionId: now.id });
      for (const fence of fences.filter((one) => links.some((link) => link.deviceId === device.id && link.geofenceId === one.id))) {
        const [was, is] = [before !== undefined && inside(fence, before), inside(fence, now)];
        if (was !== is) events.push({ id: next(), type: is ? 'geofenceEnter' : 'geofenceExit', eventTime: fixTime, deviceId: device.id, positionId: now.id, geofenceId: fence.id });
      }
    },
  };
}

const ok = (body: object): SimReply => ({ status: 200, body });
const refusal = (body: string): SimReply => ({ status: 400, headers: { 'content-type': 'text/plain' }, body });
const shown = (one: Device): object => ({ ...one, lastUpdate: one.lastUpdate?.replace('Z', '+00:00') ?? null, groupId: 0, phone: null, model: null, contact: null, category: null, disabled: false, attributes: {} });
