import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { testHub, until, type TestHub } from './hub.ts';

interface Got { readonly headers: http.IncomingHttpHeaders; readonly raw: string; readonly url: string }
let hub: TestHub;
let receiver: http.Server;
let got: Got[] = [];
let status = 204;
let base = '';
const SECRET = 'whsec-0123456789abcdef';

beforeAll(async () => {
  hub = await testHub();
  receiver = http.createServer(async (req, res) => {
    let raw = '';
    for await (const chunk of req) raw += chunk;
    got.push({ headers: req.headers, raw, url: req.url! });
    res.writeHead(status).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => { await hub.close(); receiver.close(); });
beforeEach(async () => {
  for (const { id } of await hub.client.subscriptions.list()) await hub.client.subscriptions.delete(id);
  [got, status] = [[], 204];
});
let n = 0;
const publish = async (type: string) => (await hub.client.events.publish({ type, stream: 'hooks', key: `k${(n += 1)}`, data: { who: 'é' } })).event;
const deliveries = async (state: string): Promise<{ eventId: number; attempts: number; lastError: string; latencyMs: number; id: number }[]> => JSON.parse((await hub.ask('GET', `/v1/deliveries?state=${state}&limit=500`)).text);

test('what a subscriber gets is the event, signed over the very bytes, with the time in it', async () => {
  await hub.client.subscriptions.create({ url: `${base}/hook?x=1`, types: ['order.*'], secret: SECRET });
  const event = await publish('order.opened');
  await publish('port.held');
  await until('a delivery', () => got.length === 1);
  const { headers, raw, url } = got[0]!;
  expect(url).toBe('/hook?x=1');
  expect(JSON.parse(raw)).toEqual(event);
  expect(headers['x-leadlight-event-id']).toBe(String(event.id));
  const seconds = Date.parse(hub.clock.now()) / 1000;
  const good = `t=${seconds},v1=${createHmac('sha256', SECRET).update(`${seconds}.${raw}`).digest('hex')}`;
  expect(headers['x-leadlight-signature']).toBe(good);
  expect(createHmac('sha256', SECRET).update(`${seconds}.${raw} `).digest('hex')).not.toBe(good.split('v1=')[1]);
});

test('[S0-129] a receiver that fails is asked again on the clock, gets the same event, and its lateness is measured', async () => {
  await hub.client.subscriptions.create({ url: base, types: ['retry.*'], secret: SECRET });
  status = 503;
  const event = await publish('retry.one');
  await until('first try', () => got.length === 1);
  await hub.tick();
  expect(got).toHaveLength(1);
  status = 200;
  hub.clock.advance(5_000);
  await hub.tick();
  expect(got.map(({ headers }) => headers['x-leadlight-event-id'])).toEqual([String(event.id), String(event.id)]);
  expect(got[0]!.headers['x-leadlight-signature']).not.toBe(got[1]!.headers['x-leadlight-signature']);
  expect((await deliveries('delivered')).find(({ eventId }) => eventId === event.id)).toMatchObject({ attempts: 2, latencyMs: 5_000 });
  hub.clock.advance(86_400_000);
  await hub.tick();
  expect(got).toHaveLength(2);
});

test('[S0-129] one that never answers ends up dead, in sight of a person, who can send it again', async () => {
  await hub.client.subscriptions.create({ url: base, types: ['dead.*'], secret: SECRET });
  status = 500;
  const event = await publish('dead.one');
  await until('first try', () => got.length === 1);
  for (let i = 0; i < 12; i += 1) { hub.clock.advance(3_600_000); await hub.tick(); }
  expect(got).toHaveLength(10);
  const dead = (await deliveries('dead')).find(({ eventId }) => eventId === event.id)!;
  expect(dead).toMatchObject({ attempts: 10, lastError: 'the receiver answered 500' });
  expect((await hub.ask('GET', '/v1/system')).body).toMatchObject({ outbox: { dead: expect.any(Number) } });
  status = 200;
  expect((await hub.ask('POST', `/v1/deliveries/${dead.id}/retry`)).status).toBe(200);
  await hub.tick();
  expect(got).toHaveLength(11);
  expect((await hub.ask('POST', `/v1/deliveries/${dead.id}/retry`)).status).toBe(404);
});

test('a subscription made twice hears once; a deleted one hears nothing more; its secret is kept sealed', async () => {
  const first = await hub.client.subscriptions.create({ url: base, types: ['twice.*', 'a.b'], secret: 'an-older-secret-0123' });
  const second = await hub.client.subscriptions.create({ url: base, types: ['a.b', 'twice.*'], secret: SECRET });
  expect(second.id).toBe(first.id);
  await publish('twice.one');
  await until('one delivery', () => got.length === 1);
  const t = Date.parse(hub.clock.now()) / 1000;
  expect(got[0]!.headers['x-leadlight-signature']).toBe(`t=${t},v1=${createHmac('sha256', SECRET).update(`${t}.${got[0]!.raw}`).digest('hex')}`);
  expect(JSON.stringify([await hub.client.subscriptions.list(), (await hub.deps.db.query('SELECT * FROM subscription')).rows])).not.toContain(SECRET);
  await hub.client.subscriptions.delete(first.id);
  await publish('twice.two');
  await hub.tick();
  expect(got).toHaveLength(1);
  await expect(hub.client.subscriptions.delete(first.id)).rejects.toMatchObject({ kind: 'notFound' });
});

test('an address that is no web address is refused', async () => {
  for (const url of ['ftp://x.test/', 'javascript:alert(1)', 'not a url', 'http://user:pw@x.test/']) expect(await hub.ask('POST', '/v1/subscriptions', { body: { url, types: ['*'], secret: SECRET } })).toMatchObject({ status: 400, body: { code: 'badInput', path: 'url' } });
  expect(await hub.client.subscriptions.list()).toEqual([]);
});
