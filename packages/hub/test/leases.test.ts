import type { Lease } from '../src/api.ts';
import { testHub, type TestHub } from './hub.ts';

const [SEES, MAY] = ['sees-leases-0123456789', 'may-release-0123456789'];
let hub: TestHub;
beforeEach(async () => { hub = await testHub({ scopedKeys: [{ name: 'desk', key: SEES, scopes: ['drops:read'] }, { name: 'lead', key: MAY, scopes: ['drops:read', 'drops:write'] }] }); }, 60_000);
afterEach(async () => hub.close());
const held = async (fibreId: number, orderId: string, seconds = 900): Promise<string> => ((await hub.client.drops.hold(fibreId, { orderId, holdSeconds: seconds })) as Lease).token;
const listed = async (query = {}) => (await hub.client.drops.leases(query)).leases.map(({ fibreId, state, orderId }) => [fibreId, state, orderId]);

test('[S1-098] held, reserved and run out, swept or not, by state and OLT; a connected port is no lease', async () => {
  await held(6, 'ord_six', 60);
  await hub.client.drops.confirm(7, { orderId: 'ord_seven', token: await held(7, 'ord_seven') });
  await held(8, 'ord_eight');
  await hub.client.drops.occupy(9, { orderId: 'ord_nine', token: await held(9, 'ord_nine'), serial: 'RCMG00000009' });
  expect(await listed()).toEqual([[6, 'held', 'ord_six'], [7, 'reserved', 'ord_seven'], [8, 'held', 'ord_eight']]);
  hub.clock.advance(60_001);
  expect(await listed()).toEqual([[6, 'expired', 'ord_six'], [7, 'reserved', 'ord_seven'], [8, 'held', 'ord_eight']]);
  await hub.tick();
  expect(await listed({ state: 'expired' })).toEqual([[6, 'expired', 'ord_six']]);
  expect(await listed({ state: 'held', oltIp: '172.17.128.2' })).toEqual([[8, 'held', 'ord_eight']]);
  expect(await listed({ oltIp: '172.17.16.2' })).toEqual([]);
  expect(await hub.client.drops.leases({ limit: 2 })).toMatchObject({ leases: [{ fibreId: 6, street: '60 chemin de la Rivière', oltName: 'Huntingdon 1', slot: 1, port: 3, until: expect.stringMatching(/^2026-04-01T13:01/) }, { fibreId: 7 }], next: 7 });
  expect(await listed({ after: 7, limit: 2 })).toEqual([[8, 'held', 'ord_eight']]);
  // Leased again, it is no longer one that ran out; after a week it is history.
  await held(6, 'ord_other');
  expect(await listed({ state: 'expired' })).toEqual([]);
  hub.clock.advance(901_000);
  await hub.tick();
  expect(await listed({ state: 'expired' })).toEqual([[6, 'expired', 'ord_other'], [8, 'expired', 'ord_eight']]);
  hub.clock.advance(8 * 86_400_000);
  expect(await listed({ state: 'expired' })).toEqual([]);
});

test('[S1-098] taken back without the token: only from the order that is named, never under an ONT; told in the log and the audit', async () => {
  const token = await held(6, 'ord_six');
  expect(JSON.stringify(await hub.client.drops.leases())).not.toContain(token);
  expect(await hub.client.drops.takeBack(6, { orderId: 'ord_other' })).toMatchObject({ type: 'refused', code: 'leaseNotYours', path: 'orderId' });
  expect(await hub.client.drops.takeBack(999, { orderId: 'ord_six' })).toMatchObject({ code: 'dropUnknown' });
  expect(await hub.client.drops.takeBack(2, { orderId: 'ord_six' })).toMatchObject({ code: 'portOccupied' });
  const back = await hub.ask('POST', '/v1/drops/6/take-back', { body: { orderId: 'ord_six' }, key: MAY });
  expect(back.body).toMatchObject({ type: 'released', drop: { fibreId: 6, state: 'free' } });
  expect(back.text).not.toContain(token);
  expect(await hub.client.drops.confirm(6, { orderId: 'ord_six', token })).toMatchObject({ type: 'refused', code: 'leaseExpired' });
  expect((await hub.client.events.list({ stream: 'drop-6' })).map(({ type }) => type)).toEqual(['port.held', 'port.released']);
  expect((await hub.client.audit.list({ about: '6' })).records.filter(({ route }) => route.endsWith('take-back')).map(({ who, outcome, code }) => [who, outcome, code])).toEqual([['lead', 'done', 'released'], ['key1', 'refused', 'leaseNotYours']]);
  expect(await listed()).toEqual([]);
});

test('[S1-098] the page holds no data and is never framed; the list needs its scope, taking back the one to write', async () => {
  await held(6, 'ord_six');
  const page = await hub.ask('GET', '/v1/drops/leases/page', { key: null });
  expect([page.status, page.headers.get('content-security-policy'), page.headers.get('referrer-policy')]).toEqual([200, expect.stringContaining("frame-ancestors 'none'"), 'no-referrer']);
  expect(page.text).toContain('<html lang="fr">');
  expect(page.text).not.toMatch(/ord_six|172\.17|src="http|href="http/);
  expect((await hub.ask('GET', '/v1/drops/leases/page?lang=en', { key: null })).text).toContain('Leased ports');
  expect((await hub.ask('GET', '/v1/drops/leases', { key: null })).status).toBe(401);
  expect((await hub.ask('GET', '/v1/drops/leases', { key: SEES })).status).toBe(200);
  expect(await hub.ask('POST', '/v1/drops/6/take-back', { body: { orderId: 'ord_six' }, key: SEES })).toMatchObject({ status: 403, body: { detail: { missingScope: 'drops:write' } } });
});
