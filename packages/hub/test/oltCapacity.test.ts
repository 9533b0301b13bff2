import type { Lease } from '../src/api.ts';
import { readConfig } from '../src/readConfig.ts';
import { readSpeedPolicy } from '../src/readSpeedPolicy.ts';
import { testHub, type TestHub } from './hub.ts';

const OLT = '172.17.128.2';
let hub: TestHub;
beforeAll(async () => { hub = await testHub({}, { publicPerMinute: 600 }); }, 60_000);
afterEach(async () => hub.client.coverage.removeOlt(OLT));
afterAll(async () => hub.close());
const ask = async (address: string) => (await hub.ask('POST', '/v1/availability/qualify', { body: { address: `${address}, Huntingdon` }, key: null })).body as unknown as Record<string, unknown>;

test('[S1-021] the speed that is offered follows from what the OLT can carry; unknown, it is the column of the drop', async () => {
  expect(await ask('12 rue Saint-Jean')).toMatchObject({ availability: 'available', maxDownMbps: 1500 });
  expect(await hub.client.drops.speed(1)).toMatchObject({ type: 'dropSpeed', fibreId: 1, downMbps: 1500, upMbps: null, limitedBy: 'drop', because: [expect.stringContaining('not known')] });
  expect(await hub.client.coverage.setOlt(OLT, { technology: 'gpon', split: 64, uplinkMbps: 1000 })).toEqual({ type: 'olt', oltIp: OLT, technology: 'gpon', split: 64, uplinkMbps: 1000, pons: [] });
  expect(await ask('12 rue Saint-Jean')).toMatchObject({ availability: 'available', maxDownMbps: 500 });
  expect(await ask('16 rue Saint-Jean')).toMatchObject({ availability: 'availableNeedsBox', maxDownMbps: 500 });
  expect(await hub.client.drops.speed(1)).toMatchObject({ downMbps: 500, upMbps: 500, ownMaxDownMbps: 1500, limitedBy: 'uplink', policy: 'speed/1' });
  expect(await hub.client.coverage.removeOlt(OLT)).toMatchObject({ removed: true });
  expect(await ask('12 rue Saint-Jean')).toMatchObject({ maxDownMbps: 1500 });
  expect(await hub.client.coverage.removeOlt(OLT)).toMatchObject({ type: 'refused', code: 'badInput', path: 'olt' });
});

test('[S1-021] ports that others have count, held ones too; one PON may be unlike the others and know what is sold on it', async () => {
  // Two are connected on the PON of all nine.
  await hub.client.coverage.setOlt(OLT, { technology: 'gpon', split: 64, pons: [{ frame: 0, slot: 1, port: 3, split: 4 }] });
  expect(await hub.client.drops.speed(1)).toMatchObject({ downMbps: 1500, because: expect.arrayContaining([expect.stringContaining('2 ports taken and 1000/1000 sold (assumed)')]) });
  await hub.client.drops.hold(6, { orderId: 'A' });
  await hub.client.drops.hold(7, { orderId: 'B', holdSeconds: 60 });
  expect(await hub.client.drops.speed(1)).toMatchObject({ downMbps: 0, limitedBy: 'split', because: ['all 4 ports of the PON are taken'] });
  expect(await ask('12 rue Saint-Jean')).toMatchObject({ availability: 'contactUs', match: 'exact' });
  // Whoever holds one of the four is not in their own way.
  expect(await hub.client.drops.speed(6)).toMatchObject({ downMbps: 1500 });
  hub.clock.advance(60_001);
  expect(await ask('12 rue Saint-Jean')).toMatchObject({ availability: 'available' });
  await hub.client.coverage.setOlt(OLT, { technology: 'gpon', split: 64, pons: [{ frame: 0, slot: 1, port: 3, sold: { downMbps: 99_300, upMbps: 1000 } }, { frame: 0, slot: 1, port: 4, technology: 'xgsPon' }] });
  expect(await hub.client.drops.speed(1)).toMatchObject({ downMbps: 150, limitedBy: 'sold' });
  expect((await hub.client.coverage.olts()).olts).toEqual([expect.objectContaining({ oltIp: OLT, pons: [expect.objectContaining({ port: 3 }), { frame: 0, slot: 1, port: 4, technology: 'xgsPon' }] })]);
});

test('[S1-021] of several free drops at a door the one whose line carries more is offered', async () => {
  await hub.client.drops.import({ csv: ['id,rue,ville,zip,olt_ip,frame,slot,port,ontid,sn', `60,30 rue Saint-Jean,Huntingdon,J0S 1H0,${OLT},0,2,1,1,`, '61,30 rue Saint-Jean,Huntingdon,J0S 1H0,172.17.129.2,0,1,1,1,'].join('\n') });
  expect(await ask('30 rue Saint-Jean')).toMatchObject({ premises: { fibreId: 60 }, maxDownMbps: 1500 });
  await hub.client.coverage.setOlt(OLT, { technology: 'gpon', split: 64, pons: [{ frame: 0, slot: 2, port: 1, sold: { downMbps: 99_300, upMbps: 1000 } }] });
  expect(await ask('30 rue Saint-Jean')).toMatchObject({ premises: { fibreId: 61 }, maxDownMbps: 1500 });
});

test('[S1-021] an order for more than the line carries gets no port; what it has it keeps, and another port at the door must carry it too', async () => {
  await hub.client.coverage.setOlt(OLT, { technology: 'gpon', split: 64, uplinkMbps: 1000 });
  expect(await hub.ask('POST', '/v1/drops/1/hold', { body: { orderId: 'fast', downKbps: 1_500_000 } })).toMatchObject({ status: 409, body: { type: 'refused', code: 'speedTooHigh', path: 'downKbps', hint: 'Offer at most 500 Mb/s here.', facts: { maxDownMbps: 500 } } });
  expect(await hub.client.events.list({ stream: 'drop-1' })).toHaveLength(0);
  const held = (await hub.client.drops.hold(1, { orderId: 'fits', downKbps: 500_000 })) as Lease;
  expect(held).toMatchObject({ type: 'held', drop: { fibreId: 1 } });
  // What was sold since does not take it away again.
  await hub.client.coverage.setOlt(OLT, { technology: 'gpon', split: 64, uplinkMbps: 200 });
  expect(await hub.client.drops.hold(1, { orderId: 'fits', downKbps: 500_000 })).toMatchObject({ type: 'held' });
  expect(await hub.client.drops.hold(1, { orderId: 'other', downKbps: 500_000 })).toMatchObject({ type: 'refused', code: 'portHeld' });
  await hub.client.drops.import({ csv: ['id,rue,ville,zip,olt_ip,frame,slot,port,ontid,sn', `62,34 rue Saint-Jean,Huntingdon,J0S 1H0,${OLT},0,2,1,2,`, '63,34 rue Saint-Jean,Huntingdon,J0S 1H0,172.17.129.2,0,1,1,2,'].join('\n') });
  expect(await hub.client.drops.hold(62, { orderId: 'door', downKbps: 500_000 })).toMatchObject({ code: 'speedTooHigh' });
  expect(await hub.client.drops.hold(62, { orderId: 'door', downKbps: 500_000, orAnotherAtDoor: true })).toMatchObject({ type: 'held', drop: { fibreId: 63 } });
  await hub.client.coverage.setOlt(OLT, { technology: 'gpon', split: 2 });
  expect(await hub.client.drops.hold(9, { orderId: 'full', downKbps: 1000 })).toMatchObject({ code: 'speedTooHigh', hint: expect.stringContaining('Nothing more can be connected'), facts: { maxDownMbps: 0 } });
  await hub.client.drops.release(1, { orderId: 'fits', token: held.token });
});

test('[S1-025] the public reads the speed and nothing it follows from', async () => {
  await hub.client.coverage.setOlt(OLT, { technology: 'gpon', split: 4, uplinkMbps: 1000 });
  const open = await hub.ask('POST', '/v1/availability/qualify', { body: { address: '12 rue Saint-Jean, Huntingdon' }, key: null });
  expect(open.body).toMatchObject({ maxDownMbps: 500 });
  expect(open.text).not.toMatch(/gpon|xgs|uplink|split|sold|taken|because|olt|172\.17|upMbps|limitedBy/i);
  expect((await hub.ask('GET', '/v1/drops/1/speed', { key: null })).status).toBe(401);
  expect(await hub.client.drops.speed(999)).toMatchObject({ type: 'refused', code: 'dropUnknown' });
});

test('an OLT that cannot be is refused by name', async () => {
  const put = async (body: object, olt = OLT) => (await hub.ask('PUT', `/v1/coverage/olts/${olt}`, { body })).body;
  expect(await put({ technology: 'epon', split: 64 })).toMatchObject({ code: 'badInput', path: 'technology' });
  expect(await put({ technology: 'gpon', split: 0 })).toMatchObject({ code: 'badInput', path: 'split' });
  expect(await put({ technology: 'gpon', split: 64, pons: [{ frame: 0, slot: 1 }] })).toMatchObject({ code: 'badInput', path: 'pons[0].port' });
  expect(await put({ technology: 'gpon', split: 64 }, 'a%20b')).toMatchObject({ code: 'badInput', path: 'olt' });
});

test('the policy is set by the operator, and one that does not fit is named at the start', async () => {
  expect(readSpeedPolicy('{"version":"2026-03","ponTimes":1}')).toMatchObject({ version: '2026-03', ponTimes: 1, uplinkTimes: 80 });
  expect([readSpeedPolicy('{'), readSpeedPolicy('{"ponTimes":1}'), readSpeedPolicy('{"version":"x","ponTimes":0}'), readSpeedPolicy('null')]).toEqual(['is not whole JSON', expect.stringContaining('version'), expect.stringContaining('ponTimes'), expect.stringContaining('version')]);
  const env = { LEADLIGHT_API_KEYS: 'key-for-tests-0123456789', LEADLIGHT_ACS_TOKEN: 'acs-for-tests-0123456789', LEADLIGHT_VAULT_KEY: 'ab'.repeat(32) };
  expect(() => readConfig({ ...env, LEADLIGHT_SPEED_POLICY: '{"version":"x","times":3}' })).toThrow('LEADLIGHT_SPEED_POLICY does not fit');
  await hub.close();
  const { speedPolicy } = readConfig({ ...env, LEADLIGHT_SPEED_POLICY: '{"version":"2026-03","ponTimes":1}' });
  hub = await testHub({ speedPolicy: speedPolicy! });
  await hub.client.coverage.setOlt(OLT, { technology: 'gpon', split: 64 });
  expect(await hub.client.drops.speed(1)).toMatchObject({ downMbps: 150, limitedBy: 'sold', policy: '2026-03' });
});
