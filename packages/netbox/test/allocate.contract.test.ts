// Taking and giving back: addresses, prefixes, VLANs. The numbers are those of the access reference, section 4.
import { FREE_ON_FIELD, KEY_FIELD } from '../src/index.ts';
import { failure, openPeer, sandboxOnly, type Peer } from './peer.ts';

let peer: Peer;
let at: Awaited<ReturnType<Peer['addressing']>>;
beforeAll(async () => {
  peer = await openPeer();
  await peer.netbox.installFields();
  at = await peer.addressing();
});
afterAll(() => peer.close());
beforeEach(() => {
  peer.clear();
  peer.sent.length = 0;
});
const key = (name: string): string => `${peer.name}:${name}`;
const taken = async (): Promise<number> => ((await peer.raw('GET', `ipam/ip-addresses/?vrf_id=${at.vrf.id}&limit=1`)).json as { count: number }).count;
const pool = () => ({ prefixId: at.pool.id });
const small = () => ({ prefixId: at.small.id });

describe('addresses', () => {
  test('[access-23] [S0-112] one key, one address: again, by text, twenty at once', async () => {
    const { ipAddresses } = peer.netbox;
    const first = await ipAddresses.allocate({ ...pool(), key: key('a'), description: 'Fibre 940', dnsName: 'sub-1.isp.example' });
    expect(first).toMatchObject({ repeated: false, ip: { status: 'active', key: key('a'), description: 'Fibre 940', dnsName: 'sub-1.isp.example' } });
    expect(first.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await ipAddresses.allocate({ prefix: String(at.pool['prefix']), key: key('a') })).toMatchObject({ repeated: true, ip: { id: first.ip.id } });
    const crowd = await Promise.all(Array.from({ length: 20 }, () => peer.client().ipAddresses.allocate({ ...pool(), key: key('crowd') })));
    expect(new Set(crowd.map(({ ip }) => ip.address)).size).toBe(1);
    expect(crowd.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await taken()).toBe(2);
    expect((await peer.netbox.changes.find({ requestId: first.requestId! }))[0]).toMatchObject({ message: `Leadlight ${key('a')}`, objectType: 'ipam.ipaddress', action: 'create' });
  });
  test.each(['hangAfter', 'resetAfter', 'htmlAfter', 'truncate'] as const)('[access-23] a reply lost (%s) after the address was taken ends with that address', async (kind) => {
    const before = await taken();
    peer.plant({ method: 'POST', path: /available-ips/, kind });
    expect((await peer.netbox.ipAddresses.allocate({ ...pool(), key: key(kind) })).ip.key).toBe(key(kind));
    expect(await taken()).toBe(before + 1);
    expect(peer.writes()).toHaveLength(1);
  });
  test.each(['hangBefore', 'resetBefore', 'html'] as const)('[access-23] a request lost (%s) on its way is sent again once, after a look', async (kind) => {
    const before = await taken();
    peer.plant({ method: 'POST', path: /available-ips/, kind });
    expect((await peer.netbox.ipAddresses.allocate({ ...pool(), key: key(kind) })).ip.key).toBe(key(kind));
    expect(await taken()).toBe(before + 1);
    expect(peer.writes()).toHaveLength(2);
  });
  test('[access-30] a server that stays silent gets two posts at most, and the outcome is unknown', async () => {
    peer.plant({ method: 'POST', path: /available-ips/, kind: 'resetBefore', times: 9 });
    expect(await failure(peer.netbox.ipAddresses.allocate({ ...pool(), key: key('never') }))).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    expect(peer.writes()).toHaveLength(2);
  });
  test('[access-23] several keys get theirs in one request, all or none; a full pool is exhausted, not tried again, and giving back makes room', async () => {
    const { ipAddresses } = peer.netbox;
    const four = await ipAddresses.allocateMany({ ...small(), keys: [0, 1, 2, 3].map((i) => key(`s${i}`)) });
    expect(new Set(four.map(({ host }) => host)).size).toBe(4);
    peer.plant({ method: 'POST', path: /available-ips/, kind: 'resetAfter' });
    expect((await ipAddresses.allocateMany({ ...small(), keys: [0, 4].map((i) => key(`s${i}`)) })).map(({ key: of }) => of)).toEqual([key('s0'), key('s4')]);
    peer.sent.length = 0;
    const before = await taken();
    expect(await failure(ipAddresses.allocateMany({ ...small(), keys: [5, 6].map((i) => key(`s${i}`)) }))).toMatchObject({ kind: 'exhausted', status: 409, outcome: 'notApplied' });
    expect(await taken()).toBe(before);
    await ipAddresses.allocate({ ...small(), key: key('s5') });
    expect(await failure(ipAddresses.allocate({ ...small(), key: key('s6') }))).toMatchObject({ kind: 'exhausted', outcome: 'notApplied' });
    expect(peer.writes()).toHaveLength(3);
    expect(await ipAddresses.release({ key: key('s2') })).toMatchObject({ type: 'released', repeated: false });
    expect(await ipAddresses.release({ key: key('s2') })).toMatchObject({ repeated: true, id: null });
    expect((await ipAddresses.allocate({ ...small(), key: key('s6') })).ip.host).toBe(four[2]!.host);
  });
  test('a reset while releasing: looked at, not guessed', async () => {
    const { ip } = await peer.netbox.ipAddresses.allocate({ ...pool(), key: key('gone') });
    peer.plant({ method: 'DELETE', kind: 'resetAfter' });
    expect(await peer.netbox.ipAddresses.release({ id: ip.id })).toMatchObject({ repeated: false });
    const { ip: kept } = await peer.netbox.ipAddresses.allocate({ ...pool(), key: key('kept') });
    peer.plant({ method: 'DELETE', kind: 'resetBefore' });
    expect(await failure(peer.netbox.ipAddresses.release({ id: kept.id }))).toMatchObject({ outcome: 'unknown' });
  });
  test('a key that has its address in another pool is a conflict, not a second address', async () => {
    await peer.netbox.ipAddresses.allocate({ ...pool(), key: key('one') });
    const before = await taken();
    expect(await failure(peer.netbox.ipAddresses.allocate({ ...small(), key: key('one') }))).toMatchObject({ kind: 'conflict' });
    expect(await taken()).toBe(before);
  });
  test('[access-24] an address that exists is addressInUse, whatever the language of the sentence', async () => {
    const { ipAddresses } = peer.netbox;
    const { ip } = await ipAddresses.allocate({ ...pool(), key: key('x') });
    const { ip: other } = await ipAddresses.allocate({ ...pool(), key: key('y') });
    expect(await failure(ipAddresses.update(other.id, { address: ip.address }))).toMatchObject({ kind: 'conflict', status: 400, detail: { reason: 'addressInUse' } });
    expect(await failure(peer.netbox.objects.create('ipam/ip-addresses', { address: ip.address, vrf: at.vrf.id }))).toMatchObject({ kind: 'conflict', detail: { reason: 'addressInUse' } });
    peer.plant({ method: 'PATCH', kind: 'reply', status: 400, body: { address: ['Adresse IP en double dans la table globale'] } });
    expect(await failure(ipAddresses.update(other.id, { address: ip.address }))).toMatchObject({ detail: { reason: 'addressInUse' } });
    expect(await failure(ipAddresses.update(other.id, { address: 'nonsense' }))).toMatchObject({ kind: 'rejectedInput' });
  });
  test('an unknown pool names it; a related object that is missing is named by its field, and nothing is taken', async () => {
    expect(await failure(peer.netbox.ipAddresses.allocate({ prefix: '192.0.2.128/32', key: key('p') }))).toMatchObject({ kind: 'notFound', message: expect.stringContaining('192.0.2.128/32') });
    expect(await failure(peer.netbox.ipAddresses.allocate({ ...pool(), key: key('t'), tenantId: 2_000_000_000 }))).toMatchObject({ kind: 'rejectedInput', detail: { fields: [{ path: 'tenant' }] } });
    expect(await peer.netbox.ipAddresses.findByKey(key('t'))).toBeNull();
    const twin = await peer.make('ipam/prefixes', { prefix: at.pool['prefix'] });
    expect(await failure(peer.netbox.ipAddresses.allocate({ prefix: String(at.pool['prefix']), key: key('t') }))).toMatchObject({ kind: 'conflict', detail: { reason: 'ambiguous', prefixIds: expect.arrayContaining([twin.id, at.pool.id]) } });
    // The same text in another VRF is another pool.
    await peer.netbox.ipAddresses.allocate({ ...pool(), key: key('vrf') });
    expect(await failure(peer.netbox.ipAddresses.allocate({ prefixId: twin.id, key: key('vrf') }))).toMatchObject({ kind: 'conflict' });
  });
  test('a look at what is free holds nothing', async () => {
    const before = await taken();
    expect(await peer.netbox.prefixes.availablePreview(at.pool.id, 2)).toHaveLength(2);
    expect(await taken()).toBe(before);
  });
});

describe('quarantine', () => {
  test('[S0-112] out of use until its day, the key free for another; the sweep frees what is due and still out of use, once', async () => {
    const { ipAddresses } = peer.netbox;
    const [a, b, c] = (await ipAddresses.allocateMany({ ...pool(), keys: ['qa', 'qb', 'qc'].map(key) })) as unknown as [{ id: number; address: string }, { id: number }, { id: number }];
    expect(await ipAddresses.quarantine({ key: key('qa') }, '2026-05-01')).toMatchObject({ repeated: false, ip: { id: a.id, status: 'deprecated', key: null, freeOn: '2026-05-01' } });
    expect(await ipAddresses.quarantine({ id: a.id }, '2026-09-01')).toMatchObject({ repeated: true, ip: { freeOn: '2026-05-01' } });
    expect((await ipAddresses.allocate({ ...pool(), key: key('qa') })).ip.id).not.toBe(a.id);
    await ipAddresses.quarantine({ id: b.id }, '2026-06-01');
    await ipAddresses.quarantine({ id: c.id }, '2026-05-01');
    await peer.raw('PATCH', `ipam/ip-addresses/${c.id}/`, { custom_fields: { [KEY_FIELD]: key('back in use') } });
    const within = String(at.pool['prefix']);
    expect(await ipAddresses.sweepQuarantine('2026-04-30', { within })).toEqual({ type: 'swept', freed: [], kept: [], failed: [] });
    peer.plant({ method: 'DELETE', kind: 'reply', status: 409, body: { detail: 'Unable to delete object. 1 dependent objects were found: x' } });
    expect(await ipAddresses.sweepQuarantine('2026-05-01', { within })).toMatchObject({ freed: [], failed: [{ id: a.id, kind: 'conflict' }], kept: [{ id: c.id, why: 'inUse' }] });
    expect(await ipAddresses.sweepQuarantine('2026-05-02', { within })).toMatchObject({ freed: [{ id: a.id, address: a.address, freeOn: '2026-05-01' }], failed: [] });
    expect((await ipAddresses.sweepQuarantine('2026-05-02', { within })).freed).toEqual([]);
    expect((await failure(ipAddresses.get(a.id))).kind).toBe('notFound');
    expect((await ipAddresses.get(b.id)).status).toBe('deprecated');
  });
  test('an address that someone takes back while the sweep runs stays', async () => {
    const { ipAddresses } = peer.netbox;
    const { ip } = await ipAddresses.allocate({ ...pool(), key: key('race') });
    await ipAddresses.quarantine({ id: ip.id }, '2026-05-01');
    if (!peer.atLeast(4, 6)) return;
    peer.plant({ method: 'DELETE', kind: 'meanwhile', act: () => peer.raw('PATCH', `ipam/ip-addresses/${ip.id}/`, { status: 'active' }) });
    expect(await ipAddresses.sweepQuarantine('2026-05-01', { within: String(at.pool['prefix']) })).toMatchObject({ freed: [], kept: expect.arrayContaining([{ id: ip.id, address: ip.address, why: 'changed' }]) });
    expect((await ipAddresses.get(ip.id)).status).toBe('active');
  });
});

describe('prefixes and VLANs', () => {
  test('[S0-112] the next prefix of a length, once per key, for IPv4 and IPv6', async () => {
    const { prefixes } = peer.netbox;
    const block = await peer.make('ipam/prefixes', { prefix: '198.51.100.0/28', vrf: at.vrf.id, status: 'container' });
    const crowd = await Promise.all([1, 2, 3, 4].map(() => peer.client().prefixes.allocate({ prefixId: at.six.id, length: 56, key: key('pd') })));
    expect(new Set(crowd.map(({ prefix }) => prefix.prefix))).toEqual(new Set(['2001:db8:40::/56']));
    peer.plant({ method: 'POST', path: /available-prefixes/, kind: 'resetAfter' });
    expect(await prefixes.allocate({ prefixId: at.six.id, length: 56, key: key('pd2') })).toMatchObject({ prefix: { prefix: '2001:db8:40:100::/56', key: key('pd2'), status: 'active' } });
    for (const [i, net] of ['198.51.100.0/30', '198.51.100.4/30', '198.51.100.8/30', '198.51.100.12/30'].entries()) expect((await prefixes.allocate({ prefixId: block.id, length: 30, key: key(`n${i}`) })).prefix.prefix).toBe(net);
    expect(await failure(prefixes.allocate({ prefixId: block.id, length: 30, key: key('n4') }))).toMatchObject({ kind: 'exhausted' });
    expect(await failure(prefixes.allocate({ prefixId: block.id, length: 31, key: key('n0') }))).toMatchObject({ kind: 'conflict' });
    expect(await failure(prefixes.allocate({ prefixId: block.id, length: 64, key: key('n9') }))).toMatchObject({ kind: 'rejectedInput' });
  });
  test('[S0-113] the next VLAN of a group, once per name, also after a lost reply; given back it is free again', async () => {
    const { vlans } = peer.netbox;
    const groupId = at.group.id;
    expect(await vlans.allocate({ groupId, name: 'ord_1' })).toMatchObject({ repeated: false, vlan: { vid: 100 } });
    expect(await vlans.allocate({ groupId, name: 'ord_1' })).toMatchObject({ repeated: true, vlan: { vid: 100 } });
    peer.plant({ method: 'POST', path: /available-vlans/, kind: 'resetAfter' });
    expect(await vlans.allocate({ groupId, name: 'ord_2' })).toMatchObject({ vlan: { vid: 101 } });
    const both = await Promise.all([1, 2, 3].map(() => peer.client().vlans.allocate({ groupId, name: 'ord_3' })));
    expect(new Set(both.map(({ vlan }) => vlan.vid))).toEqual(new Set([102]));
    expect(await failure(vlans.allocate({ groupId, name: 'ord_4' }))).toMatchObject({ kind: 'exhausted' });
    expect(await vlans.release({ groupId, name: 'ord_2' })).toMatchObject({ repeated: false, vid: 101 });
    expect(await vlans.release({ groupId, name: 'ord_2' })).toMatchObject({ repeated: true });
    expect(await vlans.allocate({ groupId, name: 'ord_4' })).toMatchObject({ vlan: { vid: 101 } });
    expect((await vlans.groups(peer.name)).map(({ id }) => id)).toEqual([groupId]);
  });
  test('[S0-93] room is checked before a promise: pool, VLANs, and what is missing by name', async () => {
    const full = await peer.make('ipam/prefixes', { prefix: '192.0.2.1/32', vrf: at.vrf.id });
    await peer.netbox.ipAddresses.allocate({ prefixId: full.id, key: key('last') });
    expect(await peer.netbox.checkCapacity({ ...pool(), addresses: 2 })).toMatchObject({ type: 'accepted', value: { addresses: [expect.any(String), expect.any(String)] } });
    expect(await peer.netbox.checkCapacity({ prefixId: full.id })).toMatchObject({ type: 'refused', code: 'poolFull', facts: { free: 0 } });
    const group = await peer.make('ipam/vlan-groups', { name: `${peer.name}-one`, slug: `${peer.name}-one`, vid_ranges: [[7, 7]] });
    expect(await peer.netbox.checkCapacity({ vlanGroupId: group.id })).toMatchObject({ type: 'accepted', value: { vlan: 7 } });
    await peer.make('ipam/vlans', { name: 'x', vid: 7, group: group.id });
    expect(await peer.netbox.checkCapacity({ vlanGroupId: group.id })).toMatchObject({ code: 'vlansUsedUp' });
  });
});

describe('custom fields', () => {
  test('[access-23] installed twice they are written once; every kind that needs the key has it', async () => {
    expect(await peer.netbox.installFields()).toEqual({ type: 'installed', created: [], extended: [], unchanged: [KEY_FIELD, FREE_ON_FIELD] });
    expect(peer.writes()).toHaveLength(0);
  });
  sandboxOnly('[access-23] without the unique field nothing is taken; a field on too few kinds is extended, one that is not unique left alone (on a real server they belong to everyone)', async () => {
    const bare = await openPeer({ withoutKeyField: true });
    const error = await failure(bare.netbox.ipAddresses.allocate({ prefixId: 1, key: 'k' }));
    expect(error).toMatchObject({ kind: 'rejectedInput', hint: expect.stringContaining(KEY_FIELD) });
    expect(bare.writes()).toHaveLength(0);
    expect(await bare.netbox.installFields()).toMatchObject({ created: [KEY_FIELD, FREE_ON_FIELD] });
    expect(await bare.netbox.ipAddresses.allocate({ prefixId: 1, key: 'k' })).toMatchObject({ repeated: false });
    const field = bare.data!.all('extras/custom-fields')[0]!;
    field['object_types'] = ['ipam.ipaddress', 'dcim.site'];
    expect(await bare.client().installFields()).toMatchObject({ created: [], extended: [KEY_FIELD] });
    expect(field['object_types']).toEqual(expect.arrayContaining(['dcim.site', 'ipam.prefix', 'dcim.device']));
    field['unique'] = false;
    bare.sent.length = 0;
    expect(await failure(bare.client().ipAddresses.allocate({ prefixId: 1, key: 'k2' }))).toMatchObject({ kind: 'rejectedInput', message: expect.stringContaining('not unique') });
    expect(await failure(bare.client().installFields())).toMatchObject({ kind: 'rejectedInput' });
    expect(bare.writes()).toHaveLength(0);
    await bare.close();
  });
});
