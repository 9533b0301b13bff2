// Access, lists and errors. The numbers are those of the access reference, section 4.
import { authorization, baseUrl, KEY_FIELD, netbox } from '../src/index.ts';
import { failure, openPeer, sandboxOnly, type Peer } from './peer.ts';

let peer: Peer;
beforeAll(async () => {
  peer = await openPeer();
  await peer.netbox.installFields();
});
afterAll(() => peer.close());
beforeEach(() => {
  peer.clear();
  peer.sent.length = 0;
});

describe('access', () => {
  test('[access-20] the keyword follows the token, a 403 keeps NetBox\' sentence, and the token is nowhere in it', async () => {
    expect(authorization('nbt_key.secret')).toBe('Bearer nbt_key.secret');
    expect(authorization('0123456789abcdef0123456789abcdef01234567')).toBe('Token 0123456789abcdef0123456789abcdef01234567');
    expect(() => authorization('nbt_keyonly')).toThrow('incomplete');
    expect((await peer.netbox.status()).version).toBe(peer.version);
    for (const [token, secret] of [[peer.atLeast(4, 5) ? 'nbt_wrong0000000.s3cretWordNobodyHas' : '', 's3cret'], ['f'.repeat(40), 'fffff']] as const) {
      if (token === '') continue;
      const wrong = await failure(peer.client(token).status());
      expect(wrong).toMatchObject({ kind: 'unauthorised', status: 403 });
      expect(wrong.message).toMatch(/invalid .*token/i);
      expect(JSON.stringify(wrong)).not.toContain(secret);
    }
  });
  test('[access-20] a token that may not write is told apart from a bad one', async () => {
    peer.plant({ method: 'POST', kind: 'reply', status: 403, body: { detail: 'You do not have permission to perform this action.' } });
    const reader = await failure(peer.netbox.tenants.ensure({ slug: `${peer.name}-x`, name: peer.name }));
    expect(reader).toMatchObject({ kind: 'unauthorised', outcome: 'notApplied', hint: expect.stringMatching(/permission/) });
  });
  sandboxOnly('[access-20] the sandbox has a read-only token of its own', async () => {
    const readers = await openPeer({ tokens: [{ value: 'a'.repeat(40), readOnly: true }] });
    expect(await failure(readers.netbox.tenants.ensure({ slug: 'x', name: 'x' }))).toMatchObject({ kind: 'unauthorised', message: expect.stringContaining('do not have permission') });
    await readers.close();
  });

  test('[access-21] every path ends in a slash; the base URL may end in /api or not, also under a sub-path', async () => {
    for (const typed of [peer.url, `${peer.url}/`, `${peer.url}/api`, `${peer.url}/api/`]) expect(baseUrl(typed)).toBe(peer.url);
    expect(baseUrl(' https://ipam.example/netbox/api/ ')).toBe('https://ipam.example/netbox');
    peer.later(async () => void (await peer.netbox.objects.list('tenancy/tenants', { slug: peer.name }).then(([one]) => one && peer.netbox.objects.delete('tenancy/tenants', Number(one['id'])))));
    await peer.netbox.tenants.ensure({ slug: peer.name, name: peer.name });
    await peer.netbox.prefixes.find({ status: 'active' }, 1);
    expect(peer.writes()).toHaveLength(1);
    for (const { path } of peer.sent) expect(path).toMatch(/^\/api\/[a-z/0-9-]+\/(\?|$)/);
  });

  test('X-Request-ID comes with errors and results, and leads to the changes with their message', async () => {
    const tenant = await peer.make('tenancy/tenants', { name: `${peer.name}-r`, slug: `${peer.name}-r` });
    const { requestId } = await peer.netbox.objects.update('tenancy/tenants', tenant.id, { description: 'seen' });
    const changes = await peer.netbox.changes.find({ requestId: requestId! });
    expect(changes).toMatchObject([{ action: 'update', objectType: 'tenancy.tenant', objectId: tenant.id, requestId, message: 'Leadlight objects.update' }]);
    expect((await peer.netbox.changes.find({ objectType: 'tenancy.tenant', objectId: tenant.id })).map(({ action }) => action)).toEqual(['update', 'create']);
    const error = await failure(peer.netbox.objects.create('tenancy/tenants', { name: `${peer.name}-r`, slug: 'bad slug' }));
    expect(error.detail?.['requestId']).toMatch(/^[0-9a-f-]{36}$/);
    expect(await failure(peer.netbox.changes.find({ requestId: 'x' }))).toMatchObject({ kind: 'rejectedInput' });
  });
});

describe('lists', () => {
  test('[access-22] pages follow the query of `next`, never its host, whole and without repeats, by cursor where the server has one', async () => {
    const { vrf } = await peer.addressing();
    for (let from = 0; from < 260; from += 130) {
      const made = await peer.raw('POST', 'ipam/prefixes/', Array.from({ length: 130 }, (_, i) => ({ prefix: `198.18.${from + i}.0/24`.replace(/\.(\d{3,})\.0/, (_all, n: string) => (Number(n) > 255 ? `.${Number(n) - 256}.128` : `.${n}.0`)).replace(/\.128\/24/, '.128/25'), vrf: vrf.id })));
      expect(made.status).toBe(201);
    }
    peer.sent.length = 0;
    const all = await peer.client().objects.list('ipam/prefixes', { vrf_id: vrf.id });
    expect(all).toHaveLength(263);
    expect(new Set(all.map((one) => one['id'])).size).toBe(263);
    const pages = peer.sent.map(({ path }) => new URLSearchParams(path.split('?')[1])).filter((query) => query.has('vrf_id'));
    expect(pages).toHaveLength(2);
    expect(pages[0]!.get('start')).toBe('0');
    expect([pages[1]!.has('start'), pages[1]!.has('offset')]).toEqual(peer.atLeast(4, 6) ? [true, false] : [false, true]);
    peer.sent.length = 0;
    expect(await peer.client().objects.list('ipam/prefixes', { vrf_id: vrf.id, ordering: '-prefix' })).toHaveLength(263);
    expect(peer.sent.some(({ path }) => path.includes('start='))).toBe(false);
    expect(await peer.netbox.objects.list('ipam/prefixes', { vrf_id: vrf.id, limit: 5_000 }, 3)).toHaveLength(3);
    expect((await peer.netbox.objects.list('ipam/prefixes', { vrf_id: vrf.id, id: all.slice(0, 2).map((one) => Number(one['id'])) })).map((one) => one['id'])).toEqual(all.slice(0, 2).map((one) => one['id']));
  });
  test('[access-22] a server that repeats its `next` for ever is left after one round, and its host is never called', async () => {
    const asked: string[] = [];
    const looping = netbox(async ({ path }) => {
      asked.push(path);
      return { status: 200, reason: 'OK', headers: {}, text: JSON.stringify({ count: 9, next: 'http://evil.example/api/ipam/prefixes/?limit=1&offset=1', previous: null, results: [{ id: 1, prefix: '10.0.0.0/8' }] }) };
    }, peer.clock);
    await looping.prefixes.find();
    expect(asked).toEqual(['/api/ipam/prefixes/?limit=200&start=0', '/api/ipam/prefixes/?limit=1&offset=1']);
  });
  test('[access-28] a filter or custom field NetBox does not know is refused before it is sent; a choice is written as its value', async () => {
    const { objects } = peer.netbox;
    const refused = await failure(objects.list('ipam/prefixes', { rolle: 'subscribers' }));
    expect(refused).toMatchObject({ kind: 'rejectedInput', detail: { filter: 'rolle' }, hint: expect.stringContaining('role') });
    expect(await failure(objects.list('ipam/prefixes', { status__contains: 'a' }))).toMatchObject({ kind: 'rejectedInput' });
    expect(await failure(objects.list('plugins/things', { colour: 'x' }))).toMatchObject({ kind: 'rejectedInput' });
    expect(peer.sent).toHaveLength(0);
    expect(await failure(objects.list('ipam/prefixes', { cf_nope: 'x' }))).toMatchObject({ kind: 'rejectedInput', detail: { customField: 'nope' } });
    expect(await failure(objects.create('ipam/prefixes', { prefix: '10.1.0.0/24', custom_fields: { nope: 1 } }))).toMatchObject({ kind: 'rejectedInput', detail: { customField: 'nope' } });
    expect(peer.writes()).toHaveLength(0);
    await objects.list('ipam/prefixes', { [`cf_${KEY_FIELD}`]: 'x', status__n: 'reserved', tag: 'leadlight-no-such-tag' }).catch((error: { kind: string }) => expect(error.kind).toBe('rejectedInput'));
    const site = await peer.make('dcim/sites', { name: `${peer.name}-c`, slug: `${peer.name}-c` });
    const read = await objects.get('dcim/sites', site.id);
    expect(read['status']).toMatchObject({ value: 'active' });
    const { object } = await objects.update('dcim/sites', site.id, { status: { value: 'planned', label: 'Planned' }, description: ' trimmed ' }, read.etag);
    expect(object!['status']).toMatchObject({ value: 'planned' });
    expect(await failure(objects.update('dcim/sites', site.id, { status: 'nonsense' }))).toMatchObject({ kind: 'rejectedInput', detail: { fields: [{ path: 'status' }] } });
  });
  test('[access-28] every filter this client lets through is one the server acts on: a value nobody has finds nothing', async () => {
    const { objects } = peer.netbox;
    for (const [collection, filter, value] of [['ipam/prefixes', 'within', '192.0.2.0/32'], ['ipam/ip-addresses', 'parent', '192.0.2.0/32'], ['ipam/vlans', 'name', peer.name], ['dcim/devices', 'serial', peer.name], ['dcim/sites', 'slug', 'nobody-has-this'], ['tenancy/tenants', 'slug', 'nobody-has-this'], ['extras/webhooks', 'name', peer.name], ['extras/event-rules', 'name', peer.name]] as const) {
      expect(await objects.list(collection, { [filter]: value }, 1)).toEqual([]);
    }
  });
});

describe('errors', () => {
  test('[access-30] 5xx, web pages, cut replies and silence are typed; reads are tried again, writes are not', async () => {
    peer.plant({ kind: 'html', times: 2 });
    expect((await peer.netbox.status()).version).toBe(peer.version);
    peer.plant({ kind: 'truncate' });
    expect((await peer.netbox.status()).version).toBe(peer.version);
    peer.plant({ kind: 'reply', status: 500, body: { error: 'boom', exception: 'ValueError', netbox_version: '4.6.8', python_version: '3.12.3' }, times: 3 });
    const broken = await failure(peer.netbox.status());
    expect(broken).toMatchObject({ kind: 'unavailable', status: 500, message: expect.stringContaining('boom') });
    peer.plant({ kind: 'truncate', times: 3 });
    expect(await failure(peer.netbox.status())).toMatchObject({ kind: 'unavailable' });
    peer.plant({ kind: 'html', status: 200 });
    expect(await failure(peer.netbox.status())).toMatchObject({ kind: 'unexpectedReply' });
    peer.plant({ kind: 'html', status: 404 });
    expect(await failure(peer.netbox.status())).toMatchObject({ kind: 'notFound', hint: expect.stringContaining('base URL') });
    peer.clear();
    const tenant = await peer.make('tenancy/tenants', { name: `${peer.name}-e`, slug: `${peer.name}-e` });
    const before = peer.writes().length;
    peer.plant({ method: 'PATCH', kind: 'resetBefore' });
    expect(await failure(peer.netbox.objects.update('tenancy/tenants', tenant.id, { description: 'x' }))).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    for (const kind of ['html', 'htmlAfter'] as const) {
      peer.plant({ method: 'PATCH', kind });
      expect(await failure(peer.netbox.objects.update('tenancy/tenants', tenant.id, { description: 'x' }))).toMatchObject({ kind: 'unavailable', outcome: 'unknown' });
    }
    peer.plant({ method: 'PATCH', kind: 'reply', status: 429, body: '' });
    expect(await failure(peer.netbox.objects.update('tenancy/tenants', tenant.id, { description: 'x' }))).toMatchObject({ kind: 'rateLimited', outcome: 'notApplied' });
    expect(peer.writes().length - before).toBe(4);
    expect(await failure(peer.netbox.ipAddresses.get(2_000_000_000))).toMatchObject({ kind: 'notFound', status: 404 });
  });
  test('[access-30] an address that answers nothing is unavailable, not applied', async () => {
    peer.plant({ kind: 'hangBefore', times: 3 });
    expect(await failure(peer.netbox.status())).toMatchObject({ kind: 'timedOut', outcome: 'notApplied' });
  });
  test('strange characters in names and keys arrive as they are', async () => {
    const name = `${peer.name} é"<&>\\ %2F /?#`;
    const slug = `${peer.name}-odd`;
    peer.later(async () => void (await peer.netbox.objects.list('tenancy/tenants', { slug }).then(([one]) => one && peer.netbox.objects.delete('tenancy/tenants', Number(one['id'])))));
    expect(await peer.netbox.tenants.ensure({ slug, name })).toMatchObject({ name, created: true });
    expect(await peer.netbox.objects.list('tenancy/tenants', { name })).toHaveLength(1);
    expect(await peer.netbox.ipAddresses.findByKey('a&b=c /?#%"')).toBeNull();
  });
  test('what cannot be right is refused before anything is sent', async () => {
    const { ipAddresses, prefixes, vlans, tenants, journal, devices, cables, objects, bulk, tags, checkCapacity } = peer.netbox;
    const port = { objectType: 'dcim.interface', objectId: 1 } as const;
    for (const call of [
      () => ipAddresses.allocate({ prefix: '10.0.0.0/8', key: ' ' }), () => ipAddresses.allocateMany({ prefixId: 1, keys: ['a', 'a'] }), () => ipAddresses.quarantine({ key: 'a' }, '2026-02-30'), () => ipAddresses.sweepQuarantine('tomorrow'),
      () => prefixes.allocate({ prefixId: 1, key: 'a', length: 0 }), () => prefixes.get(Number.NaN), () => vlans.allocate({ groupId: 0, name: 'x' }), () => vlans.allocate({ groupId: 1, name: '' }), () => tenants.ensure({ slug: 'a b', name: 'x' }),
      () => journal.add({ objectType: 'dcim.device', objectId: 1, comments: ' ' }), () => journal.add({ objectType: 'device', objectId: 1, comments: 'x' }), () => devices.find({}), () => devices.ensure({ key: 'k', name: '', role: 'r', deviceType: 't', site: 's' }),
      () => cables.connect({ a: port, b: port }), () => objects.get('prefixes', 1), () => objects.list('../users'), () => bulk.update('ipam/prefixes', []), () => bulk.delete('ipam/prefixes', [1, 1]), () => tags.ensure(' '), () => checkCapacity({}),
    ]) expect(await failure(call())).toMatchObject({ kind: 'rejectedInput' });
    expect(peer.sent).toHaveLength(0);
  });
});
