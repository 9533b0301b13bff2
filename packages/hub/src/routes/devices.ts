import type { FastifyInstance } from 'fastify';
import type { DeviceEvent, DeviceProvision, DeviceSettings, DeviceSettingsKept, DeviceSetUpRequest } from '../api.ts';
import { deviceSettings, type DeviceSecrets } from '../deviceSettings.ts';
import type { Parts } from '../parts.ts';
import { answer, hubError } from '../replies.ts';
import { setUpDevice } from '../setUpDevice.ts';
import { mintPassword } from '../vault.ts';
import { id, instant, line, object, ok, serial, whole } from './shapes.ts';

const params = object({ serial }, ['serial']);
type At = { Params: { serial: string } };

/** What the ACS tells, and what it fetches by itself: Wi-Fi and SIP secrets are minted here once and go to the ACS only (S1-135…S1-138). */
export function deviceRoutes(app: FastifyInstance, { db, clock, events, vault, random, oktopus }: Parts): void {
  const store = deviceSettings(vault);

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
        await store.lock(tx, [of]);
        const [before] = await store.find(tx, [of]);
        const sameOrder = before?.orderId === body.orderId;
        const old = sameOrder ? before.secrets() : {};
        const secrets: DeviceSecrets = {
          ...(body.wifi ? { wifi: old.wifi ?? mintPassword(random, 12) } : {}),
          ...(body.voip ? { voip: old.voip ?? mintPassword(random, 24) } : {}),
        };
        const same = sameOrder && JSON.stringify(ordered(before.settings)) === JSON.stringify(ordered(body));
        if (!same) await store.put(tx, of, body, secrets, clock.now());
        return { type: 'deviceSettings', serial: of, wifiSsid: body.wifi?.ssid ?? null, voipUsername: body.voip?.username ?? null, repeated: same };
      });
    },
  );

  /** @throws VendorError notFound when none are kept */
  async function provisionOf(given: string, operation: string): Promise<DeviceProvision> {
    const [kept] = await store.find(db, [given.toUpperCase()]);
    if (!kept) throw hubError('notFound', operation, 'No settings are kept for this device.', 'They are put by the provisioning step of an order.');
    const secrets = kept.secrets();
    const { wifi, voip, vlan } = kept.settings;
    return { ...(wifi ? { wifi: { ssid: wifi.ssid, password: secrets.wifi! } } : {}), ...(voip ? { voip: { ...voip, password: secrets.voip! } } : {}), ...(vlan === undefined ? {} : { vlan }) };
  }

  app.get<At>('/v1/devices/:serial/provision', { config: { auth: 'acs' }, schema: { tags: ['devices'], summary: 'For the ACS only: settings with secrets', params, response: ok('DeviceProvision') } }, async ({ params: { serial: given } }, reply) => {
    const provision = await provisionOf(given, 'devices.provision');
    reply.header('cache-control', 'no-store');
    return provision;
  });

  app.post<At & { Body: DeviceSetUpRequest }>(
    '/v1/devices/:serial/setup',
    {
      schema: {
        tags: ['devices'], summary: 'Brings a device of Oktopus its settings, secrets included, and reads them back; GenieACS fetches them itself', params, response: ok('DeviceSetUp (no values)'),
        body: object({ wanted: { type: 'object', maxProperties: 50, additionalProperties: { anyOf: [{ type: 'string', maxLength: 500 }, { type: 'number' }, { type: 'boolean' }] } } }),
      },
    },
    async ({ params: { serial: given }, body }, reply) => {
      if (!oktopus) throw hubError('unavailable', 'devices.setUp', 'This hub knows no Oktopus.', 'Set LEADLIGHT_OKTOPUS_URL, LEADLIGHT_OKTOPUS_EMAIL and LEADLIGHT_OKTOPUS_PASSWORD.');
      return answer(reply, await setUpDevice(oktopus, given, await provisionOf(given, 'devices.setUp'), body.wanted));
    },
  );

  app.post<At & { Body: { orderId: string } }>('/v1/devices/:serial/activated', { config: { auth: 'keyOrAcs' }, schema: { tags: ['devices'], summary: 'The device carries its settings', params, body: object({ orderId: id() }, ['orderId']), response: ok('Published') } }, async ({ params: { serial: given }, body }) => {
    const of = given.toUpperCase();
    const { event, repeated } = await events.publish({ type: 'device.activated', stream: `device-${of}`, key: `activated:${body.orderId}`, data: { serial: of, orderId: body.orderId } });
    return { type: 'published', repeated, event };
  });
}

/** Fixed key order, so that two spellings of the same settings compare equal. */
const ordered = ({ orderId, wifi, voip, vlan }: DeviceSettings) => [orderId, wifi?.ssid, voip?.username, voip?.domain, voip?.registrar, vlan];
