import type { FastifyInstance } from 'fastify';
import type { DeviceEvent, DeviceProvision, DeviceSettings, DeviceSettingsKept } from '../api.ts';
import type { Parts } from '../parts.ts';
import { hubError } from '../replies.ts';
import { mintPassword } from '../vault.ts';
import { id, instant, line, object, ok, serial, whole } from './shapes.ts';

const TENANT = 'main';
const params = object({ serial }, ['serial']);
type At = { Params: { serial: string } };
interface Secrets { readonly wifi?: string; readonly voip?: string }
interface Kept { readonly order_id: string; readonly settings: DeviceSettings; readonly secrets: string }

/** What the ACS tells, and what it fetches by itself: Wi-Fi and SIP secrets are minted here once and go to the ACS only (S1-135…S1-138). */
export function deviceRoutes(app: FastifyInstance, { db, clock, events, vault, random }: Parts): void {
  const find = async (of: string) => (await db.query<Kept>('SELECT order_id, settings, secrets FROM device_setting WHERE tenant = $1 AND serial = $2', [TENANT, of])).rows[0];
  const seal = (of: string, secrets: Secrets) => vault.seal(JSON.stringify(secrets), `device:${of}`);
  const unseal = (of: string, sealed: string): Secrets => JSON.parse(vault.open(sealed, `device:${of}`));

  app.post<{ Body: DeviceEvent }>(
    '/v1/device-events',
    {
      config: { auth: 'keyOrAcs' },
      schema: {
        tags: ['devices'], summary: 'A device informed the ACS', response: ok('Published'),
        body: object({ deviceId: line(200), serial, oui: line(20), productClass: line(80), event: line(80), at: instant, ip: { type: 'string', pattern: '^[0-9a-fA-F.:]{2,45}$' }, firmware: line(80) }, ['deviceId', 'serial', 'oui', 'productClass', 'event', 'at']),
      },
    },
    async ({ body }) => {
      const { event, repeated } = await events.publish({
        type: /bootstrap/i.test(body.event) ? 'device.bootstrap' : 'device.inform', stream: `device-${body.serial.toUpperCase()}`, key: `${body.deviceId}|${body.event}|${new Date(body.at).toISOString()}`, data: { ...body },
      });
      return { type: 'published', repeated, event };
    },
  );

  app.post<At & { Body: DeviceSettings }>(
    '/v1/devices/:serial/settings',
    {
      schema: {
        tags: ['devices'], summary: 'Says what a device shall be; mints its secrets once per order and device', params, response: ok('DeviceSettingsKept (no secrets)'),
        body: object({ orderId: id(), wifi: object({ ssid: line(32) }, ['ssid']), voip: object({ username: line(80), domain: line(253), registrar: line(253) }, ['username', 'domain', 'registrar']), vlan: whole(1, 4094) }, ['orderId']),
      },
    },
    async ({ params: { serial: given }, body }): Promise<DeviceSettingsKept> => {
      const of = given.toUpperCase();
      return db.transaction(async (tx) => {
        await tx.query('SELECT pg_advisory_xact_lock(7071004, hashtext($1))', [of]);
        const before = (await tx.query<Kept>('SELECT order_id, settings, secrets FROM device_setting WHERE tenant = $1 AND serial = $2', [TENANT, of])).rows[0];
        const sameOrder = before?.order_id === body.orderId;
        const old = sameOrder ? unseal(of, before.secrets) : {};
        const secrets: Secrets = {
          ...(body.wifi ? { wifi: old.wifi ?? mintPassword(random, 12) } : {}),
          ...(body.voip ? { voip: old.voip ?? mintPassword(random, 24) } : {}),
        };
        const same = sameOrder && JSON.stringify(ordered(before.settings)) === JSON.stringify(ordered(body));
        if (!same) {
          await tx.query(
            `INSERT INTO device_setting (tenant, serial, order_id, settings, secrets, changed_at) VALUES ($1, $2, $3, $4::jsonb, $5, $6::timestamptz)
             ON CONFLICT (tenant, serial) DO UPDATE SET order_id = excluded.order_id, settings = excluded.settings, secrets = excluded.secrets, changed_at = excluded.changed_at`,
            [TENANT, of, body.orderId, JSON.stringify(body), seal(of, secrets), clock.now()],
          );
        }
        return { type: 'deviceSettings', serial: of, wifiSsid: body.wifi?.ssid ?? null, voipUsername: body.voip?.username ?? null, repeated: same };
      });
    },
  );

  app.get<At>('/v1/devices/:serial/provision', { config: { auth: 'acs' }, schema: { tags: ['devices'], summary: 'For the ACS only: settings with secrets', params, response: ok('DeviceProvision') } }, async ({ params: { serial: given } }, reply): Promise<DeviceProvision> => {
    const of = given.toUpperCase();
    const kept = await find(of);
    if (!kept) throw hubError('notFound', 'devices.provision', 'No settings are kept for this device.', 'They are put by the provisioning step of an order.');
    const secrets = unseal(of, kept.secrets);
    const { wifi, voip, vlan } = kept.settings;
    reply.header('cache-control', 'no-store');
    return { ...(wifi ? { wifi: { ssid: wifi.ssid, password: secrets.wifi! } } : {}), ...(voip ? { voip: { ...voip, password: secrets.voip! } } : {}), ...(vlan === undefined ? {} : { vlan }) };
  });

  app.post<At & { Body: { orderId: string } }>('/v1/devices/:serial/activated', { config: { auth: 'keyOrAcs' }, schema: { tags: ['devices'], summary: 'The device carries its settings', params, body: object({ orderId: id() }, ['orderId']), response: ok('Published') } }, async ({ params: { serial: given }, body }) => {
    const of = given.toUpperCase();
    const { event, repeated } = await events.publish({ type: 'device.activated', stream: `device-${of}`, key: `activated:${body.orderId}`, data: { serial: of, orderId: body.orderId } });
    return { type: 'published', repeated, event };
  });
}

/** Fixed key order, so that two spellings of the same settings compare equal. */
const ordered = ({ orderId, wifi, voip, vlan }: DeviceSettings) => [orderId, wifi?.ssid, voip?.username, voip?.domain, voip?.registrar, vlan];
