// The numbers are those of the access reference, section 4. Runs against the sandbox; what a real NetBox can show is in real.test.ts.
import { axiosSend } from '../../http/src/send.ts';
import { SANDBOX_TOKEN, startNetbox } from '../../sandbox/src/netbox/index.ts';
import { World } from '../../sandbox/src/world.ts';
import type { HttpRequest, Send } from '../../../core/src/index.ts';
import { authorization, baseUrl, KEY_FIELD, netbox, type NetBox } from '../src/index.ts';

const POOL = '100.64.16.0/22';
const SMALL = '203.0.113.0/29';
let world: World;
let server: Awaited<ReturnType<typeof startNetbox>>;
let sent: HttpRequest[];
let ipam: NetBox;

async function open(options: Parameters<typeof startNetbox>[1] = {}, token = SANDBOX_TOKEN, waitMs = 1_000): Promise<void> {
  world = new World();
  server = await startNetbox(world, options);
  sent = [];
  ipam = client(server.url, token, waitMs);
}
function client(url: string, token: string, waitMs = 1_000): NetBox {
  const wire = axiosSend({ baseUrl: url });
  const send: Send = (request) => {
    sent.push(request);
    return wire({ ...request, timeoutMs: waitMs });
  };
  return netbox(send, world.clock, { token });
}
const addresses = () => server.data.all('ipam/ip-addresses');
const writes = () => sent.filter((request) => request.method !== 'GET');
async function failure(promise: Promise<unknown>): Promise<{ kind: string; outcome: string; message: string; hint: string; status?: number; detail?: Record<string, unknown> }> {
  try {
    await promise;
  } catch (error) {
    return error as never;
  }
  throw new Error('nothing failed');
}

beforeEach(() => open());
afterEach(() => server.close());

describe('access', () => {
  test('[access-20] the keyword follows the token, a 403 keeps NetBox\' sentence, and the token is nowhere in it', async () => {
    expect(authorization('nbt_key.secret')).toBe('Bearer nbt_key.secret');
    expect(authorization('0123456789abcdef0123456789abcdef01234567')).toBe('Token 0123456789abcdef0123456789abcdef01234567');
    expect(() => authorization('nbt_keyonly')).toThrow('incomplete');
    expect((await ipam.status()).version).toBe('4.6.8');
    const wrong = await failure(client(server.url, 'nbt_wrong.s3cret').status());
    expect(wrong).toMatchObject({ kind: 'unauthorised', status: 403 });
    expect(wrong.message).toContain('Invalid v2 token');
    expect(JSON.stringify(wrong)).not.toContain('s3cret');
    await server.close();
    await open({ tokens: [{ value: 'a'.repeat(40), readOnly: true }] }, 'a'.repeat(40));
    const reader = await failure(ipam.ipAddresses.allocate({ prefix: POOL, key: 'k' }));
    expect(reader).toMatchObject({ kind: 'unauthorised', outcome: 'notApplied' });
    expect(reader.message).toContain('do not have permission');
  });

  test('[access-21] every path ends in a slash; the base URL may end in /api or not, also under a sub-path', async () => {
    for (const typed of [server.url, `${server.url}/`, `${server.url}/api`, `${server.url}/api/`]) expect((await client(baseUrl(typed), SANDBOX_TOKEN).status()).version).toBe('4.6.8');
    expect(baseUrl(' https://ipam.example/netbox/api/ ')).toBe('https://ipam.example/netbox');
    await ipam.ipAddresses.allocate({ prefix: POOL, key: 'k' });
    expect(sent.every((request) => request.path.startsWith('/api/') && request.path.endsWith('/'))).toBe(true);
  });

  test('[access-22] pages follow the query of `next`, never its host', async () => {
    for (let i = 449; i >= 0; i -= 1) server.data.insert('ipam/ip-addresses', { address: `100.64.17.${i % 250}/22`, status: 'active', vrf: i, custom_fields: { [KEY_FIELD]: `ord_${i}` } });
    // The loose filter also finds ord_199 … ord_10 for ord_1, and all of them before it; only the key itself counts.
    expect((await ipam.ipAddresses.findByKey('ord_1'))!.key).toBe('ord_1');
    expect(await ipam.ipAddresses.findByKey('ord_')).toBeNull();
    const all = [];
    for (let i = 0; i < 250; i += 1) server.data.insert('ipam/prefixes', { prefix: `10.0.${i}.0/24`, status: 'active', vrf: null, role: null, is_pool: false });
    for (const prefix of await ipam.prefixes.find()) all.push(prefix.prefix);
    expect(all).toHaveLength(252);
    expect(new Set(all).size).toBe(252);
    expect(world.calls.filter((call) => call.path === '/api/ipam/prefixes/')).toHaveLength(2);
    // A fresh client does not know the version yet and pages by offset; a later list of the same client by cursor.
    expect(sent.filter((request) => request.path === '/api/ipam/prefixes/').every((request) => request.query!['start'] !== undefined)).toBe(true);
    sent.length = 0;
    const fresh = client(server.url, SANDBOX_TOKEN);
    expect(await fresh.prefixes.find()).toHaveLength(252);
    expect(sent.map((request) => [request.query!['start'], request.query!['offset']])).toEqual([[undefined, undefined], [undefined, '200']]);
  });

  test('[access-22] a server that repeats its `next` for ever is left after one round', async () => {
    let calls = 0;
    const looping = netbox(async () => {
      calls += 1;
      return { status: 200, reason: 'OK', headers: {}, text: JSON.stringify({ count: 9, next: 'http://evil.example/api/ipam/prefixes/?limit=1&offset=1', previous: null, results: [{ id: 1, prefix: '10.0.0.0/8' }] }) };
    }, world.clock);
    await looping.prefixes.find();
    expect(calls).toBe(2);
  });
});

describe('allocation', () => {
  test('[access-23] [S0-112] the same key gives the same address: in a row, twenty at once, and after a lost reply', async () => {
    const first = await ipam.ipAddresses.allocate({ prefix: POOL, key: 'ord_1', description: 'Fibre 940' });
    expect(first).toMatchObject({ repeated: false, ip: { address: '100.64.16.1/22', host: '100.64.16.1', status: 'active', key: 'ord_1', description: 'Fibre 940' } });
    expect(await ipam.ipAddresses.allocate({ prefixId: 1, key: 'ord_1' })).toMatchObject({ repeated: true, ip: { id: first.ip.id } });

    const crowd = await Promise.all(Array.from({ length: 20 }, () => ipam.ipAddresses.allocate({ prefix: POOL, key: 'ord_10' })));
    expect(new Set(crowd.map((one) => one.ip.address)).size).toBe(1);
    expect(crowd.filter((one) => !one.repeated)).toHaveLength(1);

    for (const kind of ['hangAfter', 'resetAfter', 'htmlAfter', 'truncate'] as const) {
      const before = addresses().length;
      world.inject({ system: 'netbox', method: 'POST', path: 'available-ips', kind });
      if (kind === 'truncate') {
        // The reply is cut: the address was taken, and the key finds it.
        expect((await ipam.ipAddresses.allocate({ prefix: POOL, key: `lost-${kind}` })).ip.key).toBe(`lost-${kind}`);
      } else {
        expect(await ipam.ipAddresses.allocate({ prefix: POOL, key: `lost-${kind}` })).toMatchObject({ repeated: false, ip: { key: `lost-${kind}` } });
      }
      expect(addresses().length).toBe(before + 1);
    }
    for (const kind of ['hangBefore', 'resetBefore', 'html'] as const) {
      const before = addresses().length;
      world.inject({ system: 'netbox', method: 'POST', path: 'available-ips', kind });
      expect(await ipam.ipAddresses.allocate({ prefix: POOL, key: `early-${kind}` })).toMatchObject({ ip: { key: `early-${kind}` } });
      expect(addresses().length).toBe(before + 1);
    }
    const posts = writes().length;
    world.inject({ system: 'netbox', method: 'POST', path: 'available-ips', kind: 'resetBefore', times: 9 });
    expect(await failure(ipam.ipAddresses.allocate({ prefix: POOL, key: 'never' }))).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    expect(writes().length - posts).toBe(2); // once, a look, once more, a look
  });

  test('[access-23] a full pool is exhausted, not tried again, and giving back makes room', async () => {
    for (let i = 0; i < 6; i += 1) await ipam.ipAddresses.allocate({ prefix: SMALL, key: `s${i}` });
    const posts = writes().length;
    expect(await failure(ipam.ipAddresses.allocate({ prefix: SMALL, key: 's6' }))).toMatchObject({ kind: 'exhausted', status: 409, outcome: 'notApplied' });
    expect(writes().length - posts).toBe(1);
    expect(await ipam.ipAddresses.release({ key: 's2' })).toMatchObject({ type: 'released', repeated: false });
    expect(await ipam.ipAddresses.release({ key: 's2' })).toMatchObject({ type: 'released', repeated: true, id: null });
    expect((await ipam.ipAddresses.allocate({ prefix: SMALL, key: 's6' })).ip.address).toBe('203.0.113.3/29');
  });

  test('without the unique key field nothing is allocated; ensureKeyField makes it, once', async () => {
    await server.close();
    await open({ withoutKeyField: true });
    const error = await failure(ipam.ipAddresses.allocate({ prefix: POOL, key: 'k' }));
    expect(error).toMatchObject({ kind: 'rejectedInput' });
    expect(error.hint).toContain(KEY_FIELD);
    expect(writes()).toHaveLength(0);
    expect(await ipam.ensureKeyField()).toEqual({ created: true });
    expect(await ipam.ensureKeyField()).toEqual({ created: false });
    expect(await ipam.ipAddresses.allocate({ prefix: POOL, key: 'k' })).toMatchObject({ repeated: false });
    server.data.all('extras/custom-fields')[0]!['unique'] = false;
    expect(await failure(client(server.url, SANDBOX_TOKEN).ipAddresses.allocate({ prefix: POOL, key: 'k2' }))).toMatchObject({ kind: 'rejectedInput' });
  });

  test('a key that has its address in another pool is a conflict, not a second address', async () => {
    await ipam.ipAddresses.allocate({ prefix: POOL, key: 'ord_1' });
    expect(await failure(ipam.ipAddresses.allocate({ prefix: SMALL, key: 'ord_1' }))).toMatchObject({ kind: 'conflict' });
    expect(addresses()).toHaveLength(1);
  });

  test('quarantine keeps the address out of use and lets the key have another', async () => {
    const first = await ipam.ipAddresses.allocate({ prefix: POOL, key: 'ord_1' });
    expect(await ipam.ipAddresses.release({ id: first.ip.id }, 'deprecate')).toMatchObject({ repeated: false });
    expect(await ipam.ipAddresses.get(first.ip.id)).toMatchObject({ status: 'deprecated', key: null });
    expect(await ipam.ipAddresses.release({ id: first.ip.id }, 'deprecate')).toMatchObject({ repeated: true });
    expect((await ipam.ipAddresses.allocate({ prefix: POOL, key: 'ord_1' })).ip.address).toBe('100.64.16.2/22');
  });

  test('the next VLAN of a group, once per name, also after a lost reply', async () => {
    expect(await ipam.vlans.allocate({ groupId: 1, name: 'ord_1' })).toMatchObject({ repeated: false, vlan: { vid: 100 } });
    expect(await ipam.vlans.allocate({ groupId: 1, name: 'ord_1' })).toMatchObject({ repeated: true, vlan: { vid: 100 } });
    world.inject({ system: 'netbox', method: 'POST', path: 'available-vlans', kind: 'resetAfter' });
    expect(await ipam.vlans.allocate({ groupId: 1, name: 'ord_2' })).toMatchObject({ vlan: { vid: 101 } });
    const both = await Promise.all([1, 2, 3].map(() => ipam.vlans.allocate({ groupId: 1, name: 'ord_3' })));
    expect(new Set(both.map((one) => one.vlan.vid))).toEqual(new Set([102]));
    server.data.all('ipam/vlan-groups')[0]!['vid_ranges'] = [[100, 102]];
    expect(await failure(ipam.vlans.allocate({ groupId: 1, name: 'ord_4' }))).toMatchObject({ kind: 'exhausted' });
  });
});

describe('errors', () => {
  test('[access-24] an address that exists is addressInUse, whatever the language of the sentence', async () => {
    const ip = (await ipam.ipAddresses.allocate({ prefix: POOL, key: 'a' })).ip;
    const other = (await ipam.ipAddresses.allocate({ prefix: POOL, key: 'b' })).ip;
    expect(await failure(ipam.ipAddresses.update(other.id, { address: ip.address }))).toMatchObject({ kind: 'conflict', status: 400, detail: { reason: 'addressInUse' } });
    world.inject({ system: 'netbox', method: 'PATCH', kind: 'status', status: 400, body: { address: ['Adresse IP en double dans la table globale'] } });
    expect(await failure(ipam.ipAddresses.update(other.id, { address: ip.address }))).toMatchObject({ detail: { reason: 'addressInUse' } });
    expect(await failure(ipam.ipAddresses.update(other.id, { address: 'nonsense' }))).toMatchObject({ kind: 'rejectedInput' });
  });

  test('[access-26] a stale ETag is a conflict and changes nothing', async () => {
    const { ip } = await ipam.ipAddresses.allocate({ prefix: POOL, key: 'a' });
    const changed = await ipam.ipAddresses.update(ip.id, { description: 'first' }, ip.etag);
    expect(changed.etag).not.toBe(ip.etag);
    expect(await failure(ipam.ipAddresses.update(ip.id, { description: 'second' }, ip.etag))).toMatchObject({ kind: 'conflict', status: 412, detail: { reason: 'changedMeanwhile' } });
    expect((await ipam.ipAddresses.get(ip.id)).description).toBe('first');
  });

  test('[access-28] a wrong field is named by its path; a choice is written as its value', async () => {
    const { ip } = await ipam.ipAddresses.allocate({ prefix: POOL, key: 'a', status: 'reserved' });
    expect(server.data.get('ipam/ip-addresses', ip.id)!['status']).toBe('reserved');
    const unknown = await failure(ipam.ipAddresses.update(ip.id, { custom_fields: { nope: 1 } }));
    expect(unknown.message).toContain('custom_fields.nope');
    expect(unknown.detail).toMatchObject({ fields: [{ path: 'custom_fields.nope' }] });
    expect(await failure(ipam.ipAddresses.allocate({ prefix: POOL, key: 'b', tenantId: 99 }))).toMatchObject({ kind: 'rejectedInput', detail: { fields: [{ path: 'tenant' }] } });
    expect(await ipam.ipAddresses.findByKey('b')).toBeNull();
  });

  test('[access-30] 5xx, web pages, cut replies and silence are typed; reads are tried again, writes are not', async () => {
    world.inject({ system: 'netbox', kind: 'html', times: 2 });
    expect((await ipam.status()).version).toBe('4.6.8');
    world.inject({ system: 'netbox', kind: 'truncate' });
    expect((await ipam.status()).version).toBe('4.6.8');
    world.inject({ system: 'netbox', kind: 'status', status: 500, body: { error: 'boom', exception: 'ValueError', netbox_version: '4.6.8', python_version: '3.12.3' }, times: 3 });
    const broken = await failure(ipam.status());
    expect(broken).toMatchObject({ kind: 'unavailable', status: 500 });
    expect(broken.message).toContain('boom');
    world.inject({ system: 'netbox', kind: 'truncate', times: 3 });
    expect(await failure(ipam.status())).toMatchObject({ kind: 'unavailable' });
    world.inject({ system: 'netbox', kind: 'html', status: 200, times: 3 });
    expect(await failure(ipam.status())).toMatchObject({ kind: 'unexpectedReply' });
    world.clearFaults();
    const { ip } = await ipam.ipAddresses.allocate({ prefix: POOL, key: 'a' });
    const before = writes().length;
    world.inject({ system: 'netbox', method: 'PATCH', kind: 'resetBefore' });
    expect(await failure(ipam.ipAddresses.update(ip.id, { description: 'x' }))).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    world.inject({ system: 'netbox', method: 'PATCH', kind: 'html' });
    expect(await failure(ipam.ipAddresses.update(ip.id, { description: 'x' }))).toMatchObject({ kind: 'unavailable', outcome: 'unknown' });
    expect(writes().length - before).toBe(2);
    expect(await failure(ipam.ipAddresses.get(999))).toMatchObject({ kind: 'notFound', status: 404 });
    await server.close();
    expect(await failure(ipam.status())).toMatchObject({ kind: 'unavailable' });
  });

  test('what cannot be right is refused before anything is sent', async () => {
    for (const call of [
      () => ipam.ipAddresses.allocate({ prefix: POOL, key: ' ' }), () => ipam.vlans.allocate({ groupId: 0, name: 'x' }), () => ipam.vlans.allocate({ groupId: 1, name: '' }), () => ipam.tenants.ensure({ slug: 'a b', name: 'x' }),
      () => ipam.journal.add({ objectType: 'dcim.device', objectId: 1, comments: ' ' }), () => ipam.devices.find({}), () => ipam.prefixes.get(Number.NaN),
    ]) expect(await failure(call())).toMatchObject({ kind: 'rejectedInput' });
    expect(sent).toHaveLength(0);
  });
});

describe('records', () => {
  test('[S0-113] an address sits on one interface, a tenant and a journal entry exist once', async () => {
    const olt = (await ipam.devices.find({ name: 'olt-1' }))!;
    const pon = (await ipam.interfaces.find({ deviceId: olt.id, name: 'pon-2' }))!;
    const other = (await ipam.interfaces.find({ deviceId: olt.id, name: 'pon-3' }))!;
    expect(await ipam.devices.find({ serial: 'nope' })).toBeNull();
    const tenant = await ipam.tenants.ensure({ slug: 'cust-1', name: 'Customer 1' });
    expect(await ipam.tenants.ensure({ slug: 'cust-1', name: 'Customer 1' })).toEqual({ ...tenant, created: false });
    expect(await failure(ipam.tenants.ensure({ slug: 'cust-2', name: 'Customer 1' }))).toMatchObject({ kind: 'rejectedInput' });
    const { ip } = await ipam.ipAddresses.allocate({ prefix: POOL, key: 'a', tenantId: tenant.id });
    expect(ip.tenantId).toBe(tenant.id);
    const on = { objectType: 'dcim.interface' as const, objectId: pon.id };
    expect((await ipam.ipAddresses.assign(ip.id, on)).assignedTo).toEqual(on);
    expect((await ipam.ipAddresses.assign(ip.id, on)).assignedTo).toEqual(on);
    expect(await failure(ipam.ipAddresses.assign(ip.id, { ...on, objectId: other.id }))).toMatchObject({ kind: 'conflict' });
    const entry = { objectType: 'dcim.device', objectId: olt.id, kind: 'success' as const, comments: 'Order ord_1 is live' };
    expect(await ipam.journal.add(entry)).toMatchObject({ repeated: false });
    world.inject({ system: 'netbox', method: 'POST', path: 'journal', kind: 'resetAfter' });
    expect(await ipam.journal.add({ ...entry, comments: 'Order ord_2 is live' })).toMatchObject({ repeated: false });
    expect(await ipam.journal.add(entry)).toMatchObject({ repeated: true });
    expect(server.data.all('extras/journal-entries')).toHaveLength(2);
  });

  test('a look at what is free holds nothing', async () => {
    expect(await ipam.prefixes.availablePreview(1, 2)).toEqual(['100.64.16.1/22', '100.64.16.2/22']);
    expect(await ipam.prefixes.find({ role: 'subscribers' })).toHaveLength(2);
    expect(await failure(ipam.ipAddresses.allocate({ prefix: '10.9.9.0/24', key: 'k' }))).toMatchObject({ kind: 'notFound' });
    server.data.insert('ipam/prefixes', { prefix: POOL, status: 'active', vrf: 7, role: null, is_pool: false });
    expect(await failure(ipam.ipAddresses.allocate({ prefix: POOL, key: 'k' }))).toMatchObject({ kind: 'conflict', detail: { reason: 'ambiguous', prefixIds: [1, 3] } });
    expect(addresses()).toHaveLength(0);
  });
});
