import type { FastifyInstance } from 'fastify';
import type { DeviceImported, DeviceImportItem, DeviceSettings } from '../api.ts';
import { deviceSettings, type DeviceSecrets, type KeptSettings } from '../deviceSettings.ts';
import type { Parts } from '../parts.ts';
import { line, object, ok, serial } from './shapes.ts';

const PREFIX = 'legacy:';
const wifi = object({ ssid: line(32), password: { type: 'string', pattern: '^[\\x20-\\x7e]{8,63}$' } as const }, ['ssid', 'password']);
const voip = object({ username: line(80), password: { type: 'string', pattern: '^[\\x20-\\x7e]{1,128}$' } as const, domain: line(253), registrar: line(253) }, ['username', 'password', 'domain', 'registrar']);
const equipment = { type: 'string', pattern: '^[A-Za-z0-9._-]{1,100}$' } as const;
const body = object({ items: { type: 'array', minItems: 1, maxItems: 200, items: object({ serial, equipment, wifi, voip }, ['serial', 'equipment']) } as const }, ['items']);
type Settings = Pick<DeviceSettings, 'wifi' | 'voip'>;

/**
 * Takes over what the old provisioning tables knew of devices, secrets included: kept as if an order of the name `legacy:<equipment>` had put
 * it. Settings of a real order are newer and stay. Both routes need the right to write, as comparing tells whether a password is right; neither
 * gives one back (S1-161, S1-162, S1-164).
 */
export function deviceImportRoutes(app: FastifyInstance, { db, clock, vault }: Parts): void {
  const store = deviceSettings(vault);
  const handle = (write: boolean) => async ({ body: { items } }: { body: { items: readonly DeviceImportItem[] } }): Promise<DeviceImported> =>
    db.transaction(async (tx) => {
      const done: DeviceImported['items'][number][] = [];
      const upper = items.map((one) => ({ ...one, serial: one.serial.toUpperCase() }));
      const serials = upper.map((one) => one.serial);
      if (write) await store.lock(tx, serials);
      const there = new Map((await store.find(tx, serials)).map((row) => [row.serial, row]));
      for (const item of upper) {
        const before = there.get(item.serial);
        const now = before && merged(item, before, before.orderId.startsWith(PREFIX) ? before.secrets() : {});
        const kept = !before || !now ? 'absent' : !before.orderId.startsWith(PREFIX) ? 'order' : now.same && before.orderId === PREFIX + item.equipment ? 'same' : 'differs';
        const put = write && (kept === 'absent' || kept === 'differs');
        if (put) {
          // Of another piece of equipment nothing is carried over.
          const next = now && before?.orderId === PREFIX + item.equipment ? now : merged(item, undefined, {});
          await store.put(tx, item.serial, { orderId: PREFIX + item.equipment, ...next.settings }, next.secrets, clock.now());
        }
        done.push({ serial: item.serial, kept, written: put });
      }
      return { type: 'deviceImport', items: done };
    });

  const schema = (summary: string) => ({ tags: ['devices'], summary, body, response: ok('DeviceImported (no secrets)') });
  app.post<{ Body: { items: readonly DeviceImportItem[] } }>('/v1/device-imports/compare', { schema: schema('What an import would find: absent, same, differs, or of an order; changes nothing') }, handle(false));
  app.post<{ Body: { items: readonly DeviceImportItem[] } }>('/v1/device-imports', { schema: schema('Keeps settings and secrets of an old provisioning table, except where an order has put newer ones') }, handle(true));
}

/** What is told now over what was kept; the part that is not told stays. */
function merged({ wifi: net, voip: phone }: DeviceImportItem, before: KeptSettings | undefined, secrets: DeviceSecrets) {
  const settings: Settings = {
    ...(net ? { wifi: { ssid: net.ssid } } : before?.settings.wifi ? { wifi: before.settings.wifi } : {}),
    ...(phone ? { voip: { username: phone.username, domain: phone.domain, registrar: phone.registrar } } : before?.settings.voip ? { voip: before.settings.voip } : {}),
  };
  const next: DeviceSecrets = { ...secrets, ...(net ? { wifi: net.password } : {}), ...(phone ? { voip: phone.password } : {}) };
  const text = (one: Settings, of: DeviceSecrets): string => JSON.stringify([one.wifi?.ssid, one.voip?.username, one.voip?.domain, one.voip?.registrar, of.wifi, of.voip]);
  return { settings, secrets: next, same: before !== undefined && text(before.settings, secrets) === text(settings, next) };
}
