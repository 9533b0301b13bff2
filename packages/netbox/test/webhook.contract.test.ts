// Signed calls from NetBox. [access-29] of the access reference; the signature is checked over the bytes as they came.
import http from 'node:http';
import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { checkWebhook } from '../src/index.ts';
import { openPeer, REAL, type Peer } from './peer.ts';

const secret = 'a secret of some length';
const sign = (raw: Uint8Array, by = secret): string => createHmac('sha512', by).update(raw).digest('hex');
const nowMs = Date.parse('2026-11-20T10:00:00Z');
const body = {
  event: 'created', timestamp: '2026-11-20T09:59:58.123456+00:00', object_type: 'ipam.ipaddress', username: 'ops', request_id: '7c1d9a3e-0f5b-4c1e-9a57-2f4f5f2a9d11', data: { id: 7, description: 'é' },
  request: { id: '7c1d9a3e-0f5b-4c1e-9a57-2f4f5f2a9d11', method: 'POST', path: '/api/ipam/ip-addresses/', user: 'ops' }, snapshots: { prechange: null, postchange: {} },
};
const raw = Buffer.from(JSON.stringify(body));

describe('[access-29] the signature', () => {
  test('a delivery as NetBox makes it is good, and says what happened', () => {
    expect(checkWebhook(sign(raw), raw, secret, { nowMs })).toMatchObject({ verdict: 'good', event: 'created', objectType: 'ipam.ipaddress', objectId: 7, user: 'ops', requestId: body.request.id });
  });
  test('NetBox 4.4 says the model alone and has no request', () => {
    const { request: _request, object_type: _type, ...rest } = body;
    const old = Buffer.from(JSON.stringify({ ...rest, model: 'ipaddress' }));
    expect(checkWebhook(sign(old), old, secret, { nowMs })).toMatchObject({ verdict: 'good', objectType: 'ipaddress', user: 'ops', requestId: body.request_id });
  });
  test.each([
    ['no header', undefined, raw, 'missing'],
    ['a prefix NetBox does not write', `sha512=${sign(raw)}`, raw, 'missing'],
    ['a digest of another length', sign(raw).slice(0, 64), raw, 'missing'],
    ['an empty one', '', raw, 'missing'],
    ['another secret', sign(raw, 'another secret'), raw, 'wrong'],
    ['one bit changed', sign(raw).replace(/^./, (first) => (first === '0' ? '1' : '0')), raw, 'wrong'],
    ['the same JSON written again', sign(raw), Buffer.from(JSON.stringify(body, null, 1)), 'wrong'],
    ['no JSON', sign(Buffer.from('x=1')), Buffer.from('x=1'), 'unreadable'],
    ['bytes that are no text', sign(Buffer.from([0xff, 0xfe])), Buffer.from([0xff, 0xfe]), 'unreadable'],
  ] as const)('%s is refused', (_title, signature, bytes, verdict) => {
    const checked = checkWebhook(signature, bytes, secret, { nowMs });
    expect(checked).toMatchObject({ verdict, deliveryId: '', objectId: null });
  });
  test('an old one, one from the future and one without a time are stale; an empty secret opens nothing', () => {
    expect(checkWebhook(sign(raw), raw, secret, { nowMs: nowMs + 3_600_000 }).verdict).toBe('stale');
    expect(checkWebhook(sign(raw), raw, secret, { nowMs: nowMs - 3_700_000 }).verdict).toBe('stale');
    expect(checkWebhook(sign(raw), raw, secret, { nowMs: nowMs + 60_000, maxAgeMs: 30_000 }).verdict).toBe('stale');
    const timeless = Buffer.from(JSON.stringify({ ...body, timestamp: undefined }));
    expect(checkWebhook(sign(timeless), timeless, secret, { nowMs }).verdict).toBe('stale');
    expect(checkWebhook(sign(raw, ''), raw, '', { nowMs }).verdict).toBe('missing');
  });
  test('copies have the same delivery id, another event of the same object another', () => {
    const id = (more: object): string => {
      const bytes = Buffer.from(JSON.stringify({ ...body, ...more }));
      return checkWebhook(sign(bytes), bytes, secret, { nowMs }).deliveryId;
    };
    expect(id({})).toBe(id({ snapshots: null }));
    expect(new Set([id({}), id({ event: 'updated' }), id({ data: { id: 8 } }), id({ timestamp: '2026-11-20T09:59:59+00:00' }), id({ request: { id: 'x' }, request_id: 'x' })]).size).toBe(5);
  });
});

// A real NetBox delivers through its worker: it has to run, and to reach this machine.
const delivered = REAL && !process.env['LEADLIGHT_NETBOX_DELIVERS'] ? test.skip : test;
describe('subscriptions', () => {
  let peer: Peer;
  let receiver: http.Server;
  let url: string;
  const received: { readonly signature: string | undefined; readonly raw: Buffer }[] = [];
  beforeAll(async () => {
    peer = await openPeer();
    receiver = http.createServer(async (request, reply) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      received.push({ signature: request.headers['x-hook-signature'] as string | undefined, raw: Buffer.concat(chunks) });
      reply.end('ok');
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  });
  afterAll(async () => {
    await peer.netbox.webhooks.unsubscribe(peer.name);
    receiver.closeAllConnections();
    receiver.close();
    await peer.close();
  });
  const wanted = () => ({ name: peer.name, url, secret, objectTypes: ['tenancy.tenant'], events: ['object_created' as const, 'object_deleted' as const] });

  test('[access-29] made once, corrected when it differs, taken away once', async () => {
    const { webhooks } = peer.netbox;
    expect(await webhooks.isSubscribed(wanted())).toBe(false);
    const first = await webhooks.subscribe(wanted());
    expect(await webhooks.isSubscribed(wanted())).toBe(true);
    expect(await webhooks.isSubscribed({ ...wanted(), url: `${url}/x` })).toBe(false);
    expect(await webhooks.isSubscribed({ ...wanted(), objectTypes: ['tenancy.tenant', 'dcim.site'] })).toBe(false);
    expect(await webhooks.subscribe({ ...wanted(), objectTypes: ['dcim.site'] })).toEqual(first);
    expect(await webhooks.isSubscribed(wanted())).toBe(false);
    expect(await webhooks.unsubscribe(peer.name)).toEqual({ type: 'unsubscribed', repeated: false });
    expect(await webhooks.unsubscribe(peer.name)).toEqual({ type: 'unsubscribed', repeated: true });
    if (peer.atLeast(4, 5)) expect(await webhooks.ownUser()).toMatch(/\S/);
    else expect(await webhooks.ownUser()).toBeNull();
  });
  delivered('[access-29] what NetBox sends is good over its raw bytes and says who did it (a real one needs its worker: LEADLIGHT_NETBOX_DELIVERS=1)', async () => {
    await peer.netbox.webhooks.subscribe(wanted());
    const tenant = await peer.make('tenancy/tenants', { name: `${peer.name}-é`, slug: `${peer.name}-w` });
    await peer.netbox.objects.update('tenancy/tenants', tenant.id, { description: 'not asked for' });
    await peer.netbox.objects.delete('tenancy/tenants', tenant.id);
    for (let i = 0; i < 200 && received.length < 2; i += 1) {
      await peer.sandbox?.flush();
      if (received.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const now = peer.sandbox ? peer.world.clock.ms : Date.now();
    const checked = received.map(({ signature, raw: bytes }) => checkWebhook(signature, bytes, secret, { nowMs: now }));
    expect(checked).toMatchObject([{ verdict: 'good', event: 'created', objectId: tenant.id }, { verdict: 'good', event: 'deleted', objectId: tenant.id }]);
    if (peer.atLeast(4, 5)) expect(checked[0]!.user).toBe(await peer.netbox.webhooks.ownUser());
    const [one] = received;
    expect(checkWebhook(one!.signature, Buffer.from(JSON.stringify(JSON.parse(one!.raw.toString('utf8')), null, 2)), secret, { nowMs: now }).verdict).toBe('wrong');
  });
});
