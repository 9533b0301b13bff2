// Objects of every kind, bulk, devices, tenants, journal, tags. The numbers are those of the access reference, section 4.
import { failure, openPeer, type Peer } from './peer.ts';

let peer: Peer;
let site: Awaited<ReturnType<Peer['plantSite']>>;
beforeAll(async () => {
  peer = await openPeer();
  await peer.netbox.installFields();
  site = await peer.plantSite();
});
afterAll(() => peer.close());
beforeEach(() => {
  peer.clear();
  peer.sent.length = 0;
});
const tenant = (suffix: string) => peer.make('tenancy/tenants', { name: `${peer.name}-${suffix}`, slug: `${peer.name}-${suffix}` });
const slug = (suffix: string): string => `${peer.name}-${suffix}`;
/** Takes away at the end what the client made itself. */
const gone = (path: string, filter: () => string) => peer.later(async () => {
  for (const { id } of await peer.list(`${path}/?${filter()}`)) await peer.raw('DELETE', `${path}/${id}/`);
});

describe('bulk', () => {
  test('[access-25] an id that is not there is named before anything is changed or deleted', async () => {
    const [a, b] = [await tenant('b1'), await tenant('b2')];
    expect(await failure(peer.netbox.bulk.update('tenancy/tenants', [{ id: a.id, description: 'x' }, { id: 2_000_000_001, description: 'x' }]))).toMatchObject({ kind: 'notFound', outcome: 'notApplied', detail: { dropped: [2_000_000_001], done: 0 }, message: expect.stringContaining('2000000001') });
    expect(await failure(peer.netbox.bulk.delete('tenancy/tenants', [2_000_000_001, b.id]))).toMatchObject({ kind: 'notFound', outcome: 'notApplied', detail: { dropped: [2_000_000_001] } });
    expect(peer.writes()).toHaveLength(0);
    expect((await peer.netbox.objects.get('tenancy/tenants', a.id))['description']).toBe('');
  });
  test('[access-25] an id that NetBox drops in silence, because it went meanwhile, is an error too; the others are changed', async () => {
    const [a, b] = [await tenant('b3'), await tenant('b4')];
    peer.plant({ method: 'PATCH', kind: 'meanwhile', act: () => peer.raw('DELETE', `tenancy/tenants/${b.id}/`) });
    expect(await failure(peer.netbox.bulk.update('tenancy/tenants', [a, b].map(({ id }) => ({ id, description: 'bulk' }))))).toMatchObject({ kind: 'notFound', outcome: 'applied', detail: { dropped: [b.id], done: 1 } });
    expect((await peer.netbox.objects.get('tenancy/tenants', a.id))['description']).toBe('bulk');
  });
  test('[access-25] all or none: one bad row keeps the others as they were; whole lists go through, with a message each', async () => {
    const [a, b] = [await tenant('b5'), await tenant('b6')];
    expect(await failure(peer.netbox.bulk.update('tenancy/tenants', [{ id: a.id, description: 'y' }, { id: b.id, slug: 'not a slug' }]))).toMatchObject({ kind: 'rejectedInput', outcome: 'notApplied' });
    expect((await peer.netbox.objects.get('tenancy/tenants', a.id))['description']).toBe('');
    const { requestId } = await peer.netbox.bulk.update('tenancy/tenants', [a, b].map(({ id }) => ({ id, description: 'z' })));
    expect((await peer.netbox.changes.find({ requestId: requestId! })).map(({ message }) => message)).toEqual(['Leadlight bulk.update', 'Leadlight bulk.update']);
    expect(await peer.netbox.bulk.delete('tenancy/tenants', [a.id, b.id])).toMatchObject({ type: 'deleted', ids: [a.id, b.id] });
    expect(await failure(peer.netbox.objects.get('tenancy/tenants', a.id))).toMatchObject({ kind: 'notFound' });
  });
});

describe('objects', () => {
  test('[access-26] a stale ETag is a conflict and changes nothing; a server without ETags takes the last write', async () => {
    const { objects } = peer.netbox;
    const { id } = await tenant('e1');
    const read = await objects.get('tenancy/tenants', id);
    if (!peer.atLeast(4, 6)) {
      expect(read.etag).toBeNull();
      await objects.update('tenancy/tenants', id, { description: 'last' }, 'W/"stale"');
      expect((await objects.get('tenancy/tenants', id))['description']).toBe('last');
      return;
    }
    const first = await objects.update('tenancy/tenants', id, { description: 'first' }, read.etag);
    expect(first.object!.etag).not.toBe(read.etag);
    expect(await failure(objects.update('tenancy/tenants', id, { description: 'second' }, read.etag))).toMatchObject({ kind: 'conflict', status: 412, outcome: 'notApplied', detail: { reason: 'changedMeanwhile' } });
    expect(await failure(objects.delete('tenancy/tenants', id, read.etag))).toMatchObject({ kind: 'conflict', status: 412 });
    peer.plant({ method: 'PATCH', kind: 'meanwhile', act: () => peer.raw('PATCH', `tenancy/tenants/${id}/`, { description: 'theirs' }) });
    expect(await failure(objects.update('tenancy/tenants', id, { description: 'third' }))).toMatchObject({ kind: 'conflict', detail: { reason: 'changedMeanwhile' } });
    expect((await objects.get('tenancy/tenants', id))['description']).toBe('theirs');
  });
  test('made once when it is told apart by a field, also after a lost reply; without, a lost reply stays unknown', async () => {
    const { objects } = peer.netbox;
    gone('dcim/manufacturers', () => `slug=${slug('m1')}&slug=${slug('m2')}`);
    const make = (suffix: string) => objects.create('dcim/manufacturers', { name: slug(suffix), slug: slug(suffix) }, { slug: slug(suffix) });
    peer.plant({ method: 'POST', kind: 'hangAfter' });
    const made = await make('m1');
    expect(made.type).toBe('created');
    expect(await make('m1')).toMatchObject({ type: 'found', id: made.id });
    peer.plant({ method: 'POST', kind: 'resetAfter' });
    expect(await failure(objects.create('dcim/manufacturers', { name: slug('m2'), slug: slug('m2') }))).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    peer.plant({ method: 'POST', kind: 'meanwhile', act: () => peer.raw('POST', 'dcim/manufacturers/', { name: slug('m3'), slug: slug('m3') }) });
    gone('dcim/manufacturers', () => `slug=${slug('m3')}`);
    expect(await make('m3')).toMatchObject({ type: 'found' });
  });
  test('deleting what others need is a conflict that names them; deleting twice is fine; a strange collection is no deleted object', async () => {
    const { objects } = peer.netbox;
    const owner = await tenant('d1');
    const { vrf } = await peer.addressing();
    const held = await peer.make('ipam/prefixes', { prefix: '192.0.2.0/28', vrf: vrf.id, tenant: owner.id });
    expect(await failure(objects.delete('tenancy/tenants', owner.id))).toMatchObject({ kind: 'conflict', status: 409, message: expect.stringMatching(/dependent/) });
    expect(await objects.delete('ipam/prefixes', held.id)).toMatchObject({ type: 'deleted', repeated: false });
    expect(await objects.delete('ipam/prefixes', held.id)).toMatchObject({ repeated: true });
    peer.plant({ method: 'DELETE', kind: 'resetAfter' });
    expect(await objects.delete('tenancy/tenants', owner.id)).toMatchObject({ type: 'deleted' });
    expect(await failure(objects.delete('ipam/nonsense', 1))).toMatchObject({ kind: 'notFound' });
  });
});

describe('records', () => {
  test('[S0-113] a device exists once per key, twenty at once, and says in what it differs', async () => {
    const wanted = { key: slug('ont'), name: slug('ont-1'), role: String(site.roles.ont['slug']), deviceType: String(site.type['slug']), site: String(site.site['slug']), serial: 'RCMG19E01234' };
    const crowd = await Promise.all([1, 2, 3, 4, 5, 6].map(() => peer.client().devices.ensure(wanted)));
    expect(new Set(crowd.map(({ device }) => device.id)).size).toBe(1);
    expect(crowd.filter(({ created }) => created)).toHaveLength(1);
    const { device } = crowd[0]!;
    expect(device).toMatchObject({ key: wanted.key, status: 'planned', role: wanted.role, serial: 'RCMG19E01234' });
    expect(await peer.netbox.devices.ensure({ ...wanted, serial: 'RCMG19E09999', status: 'active' })).toMatchObject({ created: false, differs: ['serial', 'status'] });
    expect((await peer.netbox.devices.get(device.id)).serial).toBe('RCMG19E01234');
    peer.plant({ method: 'POST', path: /devices/, kind: 'resetAfter' });
    expect(await peer.netbox.devices.ensure({ ...wanted, key: slug('ont2'), name: slug('ont-2') })).toMatchObject({ created: true });
    expect(await failure(peer.netbox.devices.ensure({ ...wanted, key: slug('ont3') }))).toMatchObject({ kind: 'rejectedInput', outcome: 'notApplied' });
    expect(await failure(peer.netbox.devices.ensure({ ...wanted, key: slug('ont4'), name: slug('ont-4'), site: 'no-such-site' }))).toMatchObject({ kind: 'rejectedInput', detail: { fields: [{ path: 'site' }] } });
    expect((await peer.netbox.devices.find({ name: wanted.name }))!.id).toBe(device.id);
    expect(await peer.netbox.devices.find({ serial: slug('nobody') })).toBeNull();
    expect(await failure(peer.netbox.devices.find({ serial: 'RCMG19E01234' }).then((it) => (it ? Promise.reject(Object.assign(new Error(), { kind: 'conflict' })) : it)))).toMatchObject({ kind: 'conflict' });
    expect((await peer.netbox.devices.list({ site: wanted.site, role: wanted.role })).map(({ name }) => name).sort()).toEqual([slug('ont-1'), slug('ont-2')]);
  });
  test('[S0-113] an address sits on one interface and is the primary one of its device; a tenant and a journal entry exist once', async () => {
    const { ipAddresses, tenants, journal, interfaces } = peer.netbox;
    const { pool } = await peer.addressing();
    const olt = await site.device('olt', site.roles.olt);
    const [mgmt, other] = [await peer.make('dcim/interfaces', { device: olt.id, name: 'mgmt0', type: '1000base-t' }), await peer.make('dcim/interfaces', { device: olt.id, name: 'mgmt1', type: '1000base-t' })];
    expect((await interfaces.find({ deviceId: olt.id, name: 'mgmt0' }))!.id).toBe(mgmt.id);
    expect(await interfaces.find({ deviceId: olt.id, name: 'nope' })).toBeNull();
    gone('tenancy/tenants', () => `slug=${slug('t1')}`);
    const customer = await tenants.ensure({ slug: slug('t1'), name: slug('t1') });
    expect(await tenants.ensure({ slug: slug('t1'), name: slug('t1') })).toEqual({ ...customer, created: false });
    expect(await failure(tenants.ensure({ slug: slug('t2'), name: slug('t1') }))).toMatchObject({ kind: 'rejectedInput' });
    expect((await tenants.list(slug('t1'))).map(({ id }) => id)).toEqual([customer.id]);
    const { ip } = await ipAddresses.allocate({ prefixId: pool.id, key: slug('ip'), tenantId: customer.id });
    expect(ip.tenantId).toBe(customer.id);
    peer.later(async () => void (await peer.netbox.ipAddresses.release({ id: ip.id })));
    const on = { objectType: 'dcim.interface' as const, objectId: mgmt.id };
    expect((await ipAddresses.assign(ip.id, on)).assignedTo).toEqual(on);
    expect((await ipAddresses.assign(ip.id, on, { primary: true })).assignedTo).toEqual(on);
    expect(((await peer.raw('GET', `dcim/devices/${olt.id}/`)).json as { primary_ip4: { id: number } }).primary_ip4.id).toBe(ip.id);
    expect(await failure(ipAddresses.assign(ip.id, { ...on, objectId: other.id }))).toMatchObject({ kind: 'conflict', detail: { reason: 'assignedElsewhere' } });
    expect((await ipAddresses.find({ deviceId: olt.id })).map(({ id }) => id)).toEqual([ip.id]);
    const entry = { objectType: 'dcim.device', objectId: olt.id, kind: 'success' as const, comments: `Order ${peer.name} is live` };
    expect(await journal.add(entry)).toMatchObject({ repeated: false });
    peer.plant({ method: 'POST', path: /journal/, kind: 'resetAfter' });
    expect(await journal.add({ ...entry, comments: 'another line' })).toMatchObject({ repeated: false });
    expect(await journal.add(entry)).toMatchObject({ repeated: true });
    expect((await journal.list('dcim.device', olt.id)).map(({ kind, comments }) => [kind, comments]).sort()).toEqual([['success', `Order ${peer.name} is live`], ['success', 'another line']].sort());
  });
  test('[S0-113] tags are put on and taken off one by one, the others stay; one that does not exist is refused', async () => {
    const names = [slug('x'), slug('y')] as const;
    for (const name of names) {
      const { id } = await peer.netbox.tags.ensure(name);
      expect((await peer.netbox.tags.ensure(name)).id).toBe(id);
      peer.later(async () => void (await peer.raw('DELETE', `extras/tags/${id}/`)));
    }
    const { id } = await tenant('tagged');
    expect(await peer.netbox.tags.change('tenancy/tenants', id, { add: [...names] })).toEqual(expect.arrayContaining([...names]));
    expect(await peer.netbox.tags.change('tenancy/tenants', id, { add: [names[0]], remove: [names[1]] })).toEqual([names[0]]);
    peer.sent.length = 0;
    expect(await peer.netbox.tags.change('tenancy/tenants', id, { add: [names[0]] })).toEqual([names[0]]);
    expect(peer.writes()).toHaveLength(0);
    expect(await failure(peer.netbox.tags.change('tenancy/tenants', id, { add: [slug('nobody')] }))).toMatchObject({ kind: 'rejectedInput' });
  });
  test('every write of this client carries a change log message', async () => {
    const { id } = await tenant('msg');
    await peer.netbox.objects.update('tenancy/tenants', id, { description: 'x' });
    await peer.netbox.objects.delete('tenancy/tenants', id);
    for (const { body } of peer.writes()) expect(body).toMatchObject({ changelog_message: expect.stringMatching(/^Leadlight /) });
    expect((await peer.netbox.changes.find({ objectType: 'tenancy.tenant', objectId: id })).map(({ action, message }) => [action, message])).toEqual([['delete', 'Leadlight objects.delete'], ['update', 'Leadlight objects.update'], ['create', '']]);
  });
});
test('two writes that the database holds apart: the loser finds what the winner made', async () => {
  const suffix = slug('late');
  gone('tenancy/tenants', () => `slug=${suffix}`);
  peer.plant({ method: 'POST', kind: 'meanwhile', act: () => peer.raw('POST', 'tenancy/tenants/', { name: suffix, slug: suffix }), times: 1 });
  expect(await peer.netbox.tenants.ensure({ slug: suffix, name: suffix })).toMatchObject({ created: false });
  peer.plant({ method: 'POST', kind: 'reply', status: 500, body: { error: 'duplicate key value violates unique constraint "tenancy_tenant_slug_key"', exception: 'IntegrityError', netbox_version: '4.6.8', python_version: '3.12.1' } });
  expect(await failure(peer.netbox.tenants.ensure({ slug: slug('never'), name: slug('never') }))).toMatchObject({ kind: 'conflict', outcome: 'notApplied', detail: { reason: 'collided' } });
});
