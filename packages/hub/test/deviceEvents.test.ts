// The hub beside Oktopus' brokers: a real MQTT broker, and NATS' own protocol. One hub for all tests; each test has devices of its own.
import { connect } from 'mqtt';
import { startMqtt, startNats, startOktopus, type MqttBroker, type NatsServer, type OktopusSandbox } from '../../sandbox/src/oktopus/index.ts';
import { uspRecord } from '../../sandbox/src/oktopus/uspProto.ts';
import { World } from '../../sandbox/src/world.ts';
import type { HubConfig } from '../src/config.ts';
import { startDeviceEvents, type DeviceIntake } from '../src/deviceEvents.ts';
import { KEY, testHub, until, type TestHub } from './hub.ts';

const NATS_LOGIN = { user: 'oktopususer', pass: 'okto/pw@1' };
const MQTT_LOGIN = { user: 'oktopusController', password: 'p@ss/1' };
const withLogin = (url: string, user: string, password: string): string => url.replace(/\/\/.*@/, `//${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
const ont = (serial: string) => ({ serial, oui: '000E5E', productClass: 'HT803G-W', over: 'cwmp' as const });

interface Brokers { nats: NatsServer; mqtt: MqttBroker; readonly oss: OktopusSandbox; close(): Promise<void> }
async function startBrokers(): Promise<Brokers> {
  const nats = await startNats({ login: NATS_LOGIN });
  const mqtt = await startMqtt({ login: MQTT_LOGIN });
  const oss = await startOktopus(new World(), { nats, mqtt });
  const brokers: Brokers = { nats, mqtt, oss, close: async () => void (await Promise.all([oss.close(), brokers.nats.close(), brokers.mqtt.close()])) };
  return brokers;
}
const addresses = ({ nats, mqtt }: Brokers, right = true): HubConfig['oktopusEvents'] => ({
  natsUrl: withLogin(nats.url, NATS_LOGIN.user, right ? NATS_LOGIN.pass : 'hunter2'), mqttUrl: withLogin(mqtt.url, MQTT_LOGIN.user, right ? MQTT_LOGIN.password : 'hunter2'),
});
const listened = (one: Brokers, hubs = 1): Promise<void> => until('the brokers are listened to', () => one.nats.subscribed().length === 5 * hubs && one.mqtt.subscribed().length >= 3);

let main: Brokers;
let hub: TestHub;
const reported: string[] = [];
beforeAll(async () => {
  main = await startBrokers();
  hub = await testHub({ oktopusEvents: addresses(main)! }, { report: (line) => reported.push(line), brokerRetryMs: 20 });
  await listened(main);
}, 120_000);
afterAll(async () => {
  await hub.close();
  await main.close();
});

/** An intake of its own on the same log, beside brokers of its own. */
async function beside(own: Brokers, more: Partial<HubConfig['oktopusEvents']> = {}, right = true): Promise<{ readonly intake: DeviceIntake; readonly said: string[] }> {
  const said: string[] = [];
  return { said, intake: startDeviceEvents({ ...hub.deps, clock: hub.clock, config: { ...hub.deps.config, oktopusEvents: { ...addresses(own, right), ...more } }, report: (line) => said.push(line), retryMs: 20, name: `test-${said.length}` }) };
}
const log = (serial: string) => hub.client.events.list({ stream: `device-${serial}` });
const types = async (serial: string): Promise<string[]> => (await log(serial)).map(({ type }) => type);
async function events(count: number, serial: string): Promise<string[]> {
  for (let i = 0; i < 1_000 && (await types(serial)).length < count; i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  return types(serial);
}
let probes = 0;
/** One more message by each way, waited for: everything before it has then been taken in. */
async function drained({ nats, mqtt }: Brokers = main): Promise<void> {
  const serial = `PROBE${(probes += 1)}`;
  nats.publish(`ws.usp.v1.${serial}.status`, '1');
  await events(1, serial);
  await mqtt.publish(`oktopus/usp/v1/status/${serial}`, '1');
  await events(2, serial);
}

test('[acs-41] [S1-137] [S1-134] one bootstrap, though Oktopus tells it by two subjects and the seed’s topic tells it too', async () => {
  await main.oss.plug(ont('RCMG41A'));
  await main.mqtt.publish('device/bootstrap/RCMG41A', '');
  await drained();
  expect(await types('RCMG41A')).toEqual(['device.bootstrap', 'device.online']);
  const [bootstrap] = await log('RCMG41A');
  expect(bootstrap!.data).toMatchObject({ event: 'bootstrap', source: 'oktopus', deviceId: 'RCMG41A', serial: 'RCMG41A', serialNumber: 'RCMG41A', oui: '000E5E', productClass: 'HT803G-W', firmware: '5.00.21', ip: expect.stringMatching(/^10\.30\./), at: hub.clock.now(), dedupeKey: expect.stringMatching(/^oktopus\|bootstrap\|RCMG41A\|/) });
  expect(JSON.stringify(bootstrap)).not.toContain('cr-secret');
});

test('[acs-41] a factory reset on another day is another bootstrap; an ACS that starts anew makes none', async () => {
  await main.oss.plug(ont('RCMG41B'));
  await drained();
  hub.clock.advance(60 * 60_000);
  main.oss.restartAcs();
  await main.oss.plug({ ...ont('RCMG41B'), event: '2 PERIODIC' });
  expect(await events(3, 'RCMG41B')).toEqual(['device.bootstrap', 'device.online', 'device.inform']);
  hub.clock.advance(60 * 60_000);
  main.oss.restartAcs();
  await main.oss.plug(ont('RCMG41B'));
  expect((await events(4, 'RCMG41B')).at(-1)).toBe('device.bootstrap');
});

test('[acs-41] status 0 is offline, once, however many tell it; and back', async () => {
  const agent = { serial: 'A41C', oui: '1C61B4', productClass: 'XX230v', over: 'mqtt' } as const;
  await main.oss.plug(agent);
  await drained();
  await main.oss.leave(agent);
  await drained();
  await main.oss.plug(agent);
  await drained();
  const seen = await types('A41C');
  expect(seen.filter((type) => /line$/.test(type))).toEqual(['device.online', 'device.offline', 'device.online']);
  expect(seen.filter((type) => type === 'device.bootstrap')).toHaveLength(1);
  await main.oss.plug(ont('RCMG41C'));
  await main.oss.leave({ serial: 'RCMG41C' });
  await drained();
  expect((await types('RCMG41C')).at(-1)).toBe('device.offline');
});

test('[acs-41] a boot that Oktopus itself does not hear is heard', async () => {
  await main.mqtt.publish('oktopus/usp/v1/controller', uspRecord('os::1C61B4-A41D', { request: { notify: { event: { obj_path: 'Device.', event_name: 'Boot!', params: { Cause: 'LocalReboot' } } } } }));
  expect(await events(1, 'A41D')).toEqual(['device.boot']);
});

test('[acs-41] broken messages are reported without their content, counted, and end nothing', async () => {
  const before = ((await hub.ask('GET', '/v1/system')).body['deviceEvents'] as unknown as { malformed: number }).malformed;
  main.nats.publish('cwmp.v1.A1.info', '<soap:Envelope><hunter2');
  main.nats.publish('mqtt.usp.v1.A1.info', new Uint8Array([0x3a, 0xff, 0xff]));
  main.nats.publish('device.v1.new', 'hunter2{');
  main.nats.publish('device.v1.new', '{"SN":"../../etc"}');
  await main.mqtt.publish('device/bootstrap/A1', 'hunter2');
  await main.oss.plug(ont('RCMG41E'));
  await drained();
  expect(await types('RCMG41E')).toEqual(['device.bootstrap', 'device.online']);
  expect((await hub.ask('GET', '/v1/system')).body['deviceEvents']).toMatchObject({ malformed: before + 5, dropped: 0, nats: 'connected', mqtt: 'connected' });
  expect(reported.filter((line) => line.includes('cannot be read')).length).toBeGreaterThanOrEqual(3);
  expect(reported.join()).not.toMatch(/hunter2|etc/);
});

test('[S1-138] a bootstrap reaches whoever listens to the hub’s stream', async () => {
  const stop = new AbortController();
  const reply = await fetch(`${hub.url}/v1/events?types=device.bootstrap&after=0`, { headers: { authorization: `Bearer ${KEY}` }, signal: stop.signal });
  const reader = reply.body!.getReader();
  await main.oss.plug(ont('RCMG41F'));
  let text = '';
  while (!text.includes('RCMG41F')) text += new TextDecoder().decode((await reader.read()).value);
  stop.abort();
});

test('[acs-41] after a broker comes back it is subscribed to again, and what it says is heard', async () => {
  const own = await startBrokers();
  const { intake, said } = await beside(own);
  await listened(own);
  const ports = { nats: own.nats.port, mqtt: own.mqtt.port };
  await own.nats.close();
  await own.mqtt.close();
  await until('both are missed', () => said.filter((line) => /connection lost/.test(line)).length >= 2);
  expect(intake.state()).toMatchObject({ nats: 'connecting', mqtt: 'connecting' });
  own.nats = await startNats({ login: NATS_LOGIN, port: ports.nats });
  own.mqtt = await startMqtt({ login: MQTT_LOGIN, port: ports.mqtt });
  await listened(own);
  own.nats.publish('cwmp.v1.A41G.status', '0');
  await own.mqtt.publish('device/bootstrap/A41G', '{"ip":"10.0.0.9"}');
  expect((await events(2, 'A41G')).sort()).toEqual(['device.bootstrap', 'device.offline']);
  expect(intake.state()).toMatchObject({ nats: 'connected', mqtt: 'connected' });
  await intake.close();
  await own.close();
}, 60_000);

test('[S1-137] a bootstrap heard over NATS is announced on the seed’s topic, when asked for, and does not come back as another', async () => {
  const own = await startBrokers();
  const { intake } = await beside(own, { announce: true });
  await listened(own);
  const heard: string[] = [];
  const listener = connect(own.mqtt.url.replace(/\/\/.*@/, '//'), { username: MQTT_LOGIN.user, password: MQTT_LOGIN.password });
  listener.on('message', (topic, payload) => heard.push(`${topic} ${String(payload)}`));
  await listener.subscribeAsync('device/bootstrap/+');
  const { ip } = await own.oss.plug(ont('RCMG41H'));
  await until('it is announced', () => heard.length > 0);
  await drained(own);
  expect(heard).toEqual([`device/bootstrap/RCMG41H {"oui":"000E5E","productClass":"HT803G-W","vendor":"Raisecom","model":"","firmware":"5.00.21","ip":"${ip}"}`]);
  expect((await types('RCMG41H')).filter((type) => type === 'device.bootstrap')).toHaveLength(1);
  await listener.endAsync(true);
  await intake.close();
  await own.close();
}, 60_000);

test('two hubs on one log that hear the same write it once between them', async () => {
  const own = await startBrokers();
  const both = [await beside(own, { mqttUrl: '' }), await beside(own, { mqttUrl: '' })];
  await until('both listen', () => own.nats.subscribed().length === 10);
  await own.oss.plug(ont('RCMG41I'));
  await until('both heard it', () => both.every(({ intake }) => intake.state().received >= 2));
  await Promise.all(both.map(({ intake }) => intake.idle()));
  expect((await types('RCMG41I')).filter((type) => type === 'device.bootstrap')).toHaveLength(1);
  await Promise.all(both.map(({ intake }) => intake.close()));
  await own.close();
}, 60_000);

test('brokers that are away or refuse the login are tried on, told of once, and no password is told', async () => {
  const own = await startBrokers();
  const refused = await beside(own, {}, false);
  await until('it says so', () => refused.said.filter((line) => /cannot connect/.test(line)).length >= 2);
  await refused.intake.close();
  await own.close();
  const away = await beside(own);
  await until('it says so', () => away.said.filter((line) => /cannot connect/.test(line)).length >= 2);
  expect(away.intake.state()).toMatchObject({ nats: 'connecting', mqtt: 'connecting' });
  await away.intake.close();
  expect([...refused.said, ...away.said].join()).not.toMatch(/hunter2|p@ss|okto\/pw/);
  const none = startDeviceEvents({ ...hub.deps, config: { ...hub.deps.config, oktopusEvents: {} }, report: () => undefined });
  expect(none.state()).toEqual({ nats: 'off', mqtt: 'off', received: 0, recorded: 0, repeated: 0, malformed: 0, dropped: 0 });
  await none.close();
}, 60_000);
