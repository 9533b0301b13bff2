import { NetBox } from '../../../nodes/NetBox/NetBox.node.ts';
import { SANDBOX_TOKEN, startNetbox } from '../../../packages/sandbox/src/netbox/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context, failed, only, pick, run } from '../support/n8n.ts';

const node = new NetBox();
const POOL = '100.64.16.0/22';
let world: World;
let netbox: Awaited<ReturnType<typeof startNetbox>>;
let credentials: Record<string, string>;
beforeAll(async () => {
  world = new World();
  netbox = await startNetbox(world);
  credentials = { baseUrl: netbox.url, token: SANDBOX_TOKEN };
});
afterAll(() => netbox.close());

type Item = Record<string, unknown>;
const does = (resource: string, operation: string, more: Item = {}): Promise<Item> => only(node, { resource, operation, ...more }, credentials) as never;
const many = async (resource: string, operation: string, more: Item = {}): Promise<Item[]> => (await run(node, { items: [{ resource, operation, ...more }], credentials })).map(({ json }) => json);
const allocate = (key: string, more: object = {}) => does('ipAddress', 'allocate', { prefix: pick('cidr', POOL), key, ...more }) as unknown as Promise<{ ip: { id: number; address: string }; repeated: boolean; requestId: string }>;
const search = async (method: keyof typeof node.methods.listSearch, text?: string) => (await node.methods.listSearch[method].call(context(node, { items: [{}], credentials }), text)).results;

test('Setup: Install Custom Fields, twice', async () => {
  expect(await does('setup', 'installFields')).toMatchObject({ created: ['leadlight_free_on'], extended: ['leadlight_key'] });
  expect(await does('setup', 'installFields')).toMatchObject({ created: [], extended: [], unchanged: ['leadlight_key', 'leadlight_free_on'] });
});

describe('IP Address', () => {
  test('[S0-112] Allocate gives one address per key, by CIDR, ID or list', async () => {
    const first = await allocate('ord_1', { options: { description: 'for ord_1' } });
    const [prefix] = await search('searchPrefixes', '100.64');
    expect(prefix!.name).toBe(POOL);
    const again = await allocate('ord_1', { prefix: pick('list', String(prefix!.value)) });
    expect([first.repeated, again.repeated, again.ip.address]).toEqual([false, true, first.ip.address]);
    expect(await many('change', 'getMany', { requestId: first.requestId })).toMatchObject([{ action: 'create', objectType: 'ipam.ipaddress', message: 'Leadlight ord_1' }]);
  });
  test('[S0-112] a reply lost after the address was taken ends with the same address', async () => {
    world.inject({ system: 'netbox', method: 'POST', path: 'available-ips', kind: 'resetAfter' });
    const made = await allocate('ord_2');
    expect(await does('ipAddress', 'getByKey', { key: 'ord_2' })).toMatchObject({ address: made.ip.address });
  });
  test('Get by Key refuses as data; Release gives back and may be repeated', async () => {
    await allocate('ord_3');
    expect(await does('ipAddress', 'release', { key: 'ord_3' })).toMatchObject({ type: 'released', repeated: false });
    expect(await does('ipAddress', 'release', { key: 'ord_3' })).toMatchObject({ type: 'released', repeated: true });
    expect(await does('ipAddress', 'getByKey', { key: 'ord_3' })).toMatchObject({ type: 'refused', code: 'addressUnknown', hint: 'Allocate one.' });
  });
  test('Get, Get Many, Assign', async () => {
    const { ip } = await allocate('ord_get');
    expect(await does('ipAddress', 'get', { addressId: ip.id })).toMatchObject({ key: 'ord_get', etag: expect.stringMatching(/^W\//) });
    expect(await many('ipAddress', 'getMany', { limit: 1, options: { within: POOL, status: 'active' } })).toHaveLength(1);
    const pon = netbox.data.all('dcim/interfaces')[0]!;
    expect(await does('ipAddress', 'assign', { addressId: ip.id, interfaceId: pon.id, primary: true })).toMatchObject({ assignedTo: { objectType: 'dcim.interface', objectId: pon.id } });
    expect(netbox.data.get('dcim/devices', Number(pon['device']))!['primary_ip4']).toBe(ip.id);
  });
  test('[S0-112] Quarantine keeps it out of use until its day, Sweep Quarantine frees it then', async () => {
    const { ip } = await allocate('ord_q');
    expect(await does('ipAddress', 'quarantine', { key: 'ord_q', until: '2026-12-24' })).toMatchObject({ type: 'quarantined', ip: { status: 'deprecated', freeOn: '2026-12-24' } });
    expect(await does('ipAddress', 'sweepQuarantine', { today: '2026-12-23' })).toMatchObject({ freed: [] });
    expect(await does('ipAddress', 'sweepQuarantine', { today: '2026-12-24', options: { within: POOL } })).toMatchObject({ freed: [{ id: ip.id }], failed: [] });
    expect(await does('ipAddress', 'release', { findBy: 'id', addressId: ip.id })).toMatchObject({ repeated: true });
  });
});

test('[S0-112] Prefix: Allocate once per key, Get Many', async () => {
  netbox.data.insert('ipam/prefixes', { prefix: '2001:db8::/40', status: 'container', vrf: null, role: null, tenant: null, is_pool: false, description: '' });
  const wanted = { prefix: pick('cidr', '2001:db8::/40'), key: 'ord_pd', length: 56 };
  expect(await does('prefix', 'allocate', wanted)).toMatchObject({ repeated: false, prefix: { prefix: '2001:db8::/56' } });
  expect(await does('prefix', 'allocate', wanted)).toMatchObject({ repeated: true });
  expect((await many('prefix', 'getMany', { options: { within: '100.64.0.0/10' } })).map(({ prefix }) => prefix)).toContain(POOL);
});

test('[S0-113] VLAN: Allocate by group from the list, Get Many, Release', async () => {
  const [group] = await search('searchVlanGroups', 'subscriber');
  const vlanGroup = pick('list', String(group!.value));
  expect(await does('vlan', 'allocate', { vlanGroup, name: 'ord_1' })).toMatchObject({ repeated: false, vlan: { vid: 100 } });
  expect(await many('vlan', 'getMany', { options: { name: 'ord_1' } })).toMatchObject([{ vid: 100 }]);
  expect(await does('vlan', 'release', { vlanGroup, name: 'ord_1' })).toMatchObject({ vid: 100, repeated: false });
});

test('[S0-113] Tenant: Ensure, Get by slug or list, Get Many; an unknown slug is a refusal', async () => {
  const wanted = { slug: 'cust-000123', name: 'Customer 000123' };
  expect(await does('tenant', 'ensure', wanted)).toMatchObject({ created: true });
  expect(await does('tenant', 'ensure', wanted)).toMatchObject({ created: false });
  const [found] = await search('searchTenants', 'cust-');
  expect(await does('tenant', 'get', { tenant: pick('list', String(found!.value)) })).toMatchObject({ slug: 'cust-000123' });
  expect(await does('tenant', 'get', { tenant: pick('slug', 'cust-000123') })).toMatchObject({ name: 'Customer 000123' });
  expect(await does('tenant', 'get', { tenant: pick('slug', 'nobody') })).toMatchObject({ type: 'refused', code: 'tenantUnknown' });
  expect(await many('tenant', 'getMany', { options: { search: 'cust-' } })).toMatchObject([{ slug: 'cust-000123' }]);
});

describe('plant', () => {
  const port = (type: string, id: number, side: string) => ({ [`${side}Type`]: type, [`${side}Id`]: id });
  let splitter: number;
  let rear: number;
  let ont: { readonly id: number };
  beforeAll(async () => {
    const made = (await does('device', 'ensure', { key: 'splitter-7', name: 'splitter-7', role: 'splitter', deviceType: 'asxvolt16', site: 'central-office' })) as { device: { id: number } };
    splitter = made.device.id;
    rear = ((await does('object', 'create', { collection: 'dcim/rear-ports', fields: JSON.stringify({ device: splitter, name: 'in', type: 'sc-apc', positions: 4 }) })) as { id: number }).id;
    for (let leg = 1; leg <= 4; leg += 1) await does('object', 'create', { collection: 'dcim/front-ports', fields: { device: splitter, name: `out-${leg}`, type: 'sc-apc', rear_ports: [{ position: 1, rear_port: rear, rear_port_position: leg }] } });
  });

  test('[S0-113] Device: Ensure, Get, Get Many and the list', async () => {
    const wanted = { key: 'ord_1:ont', name: 'ont-000123', role: 'ont', deviceType: 'asxvolt16', site: 'central-office', options: { serial: 'RCMG19E01234' } };
    const first = (await does('device', 'ensure', wanted)) as { device: { id: number }; created: boolean };
    ont = first.device;
    expect(first.created).toBe(true);
    expect(await does('device', 'ensure', { ...wanted, options: { serial: 'RCMG19E09999' } })).toMatchObject({ created: false, differs: ['serial'] });
    await does('object', 'create', { collection: 'dcim/interfaces', fields: { device: ont.id, name: 'pon0', type: 'xgs-pon' } });
    const [found] = await search('searchDevices', 'ont-0001');
    expect(found).toEqual({ name: 'ont-000123 (ont)', value: String(ont.id) });
    expect(await does('device', 'get', { device: pick('list', String(found!.value)) })).toMatchObject({ serial: 'RCMG19E01234', interfaces: [{ name: 'pon0', occupied: false }] });
    expect(await many('device', 'getMany', { options: { role: 'ont' } })).toHaveLength(1);
  });
  test('[S0-114] Front Port: Find Free, Cable: Connect and Disconnect, Topology: Validate', async () => {
    const [pon] = (await does('device', 'get', { device: pick('id', String(ont.id)) }))['interfaces'] as [{ id: number }];
    const olt = netbox.data.all('dcim/interfaces').find((one) => one['name'] === 'pon-2')!;
    const validate = (options: object = {}) => does('topology', 'validate', { device: pick('id', String(ont.id)), options });
    expect(await validate()).toMatchObject({ type: 'refused', code: 'notCabled' });
    const [leg] = await many('frontPort', 'findFree', { device: pick('id', String(splitter)), limit: 1 });
    expect(leg).toMatchObject({ name: 'out-1', leg: 1 });
    const drop = { ...port('dcim.frontport', Number(leg!['id']), 'a'), ...port('dcim.interface', pon.id, 'b'), options: { metres: 80 } };
    expect(await does('cable', 'connect', drop)).toMatchObject({ repeated: false, cable: { metres: 80 } });
    expect(await does('cable', 'connect', drop)).toMatchObject({ repeated: true });
    expect(await validate()).toMatchObject({ code: 'dangling' });
    await does('cable', 'connect', { ...port('dcim.rearport', rear, 'a'), ...port('dcim.interface', olt.id, 'b'), options: { metres: 3_920 } });
    expect(await validate({ olt: 'olt-1', oltPort: 'pon-2', rxDbm: -7 })).toMatchObject({ type: 'refused', code: 'lightTooStrong' });
    expect(await validate({ olt: 'olt-1', oltPort: 'pon-2', rxDbm: -8.1, policy: '{"oltRoles":["olt"]}' })).toMatchObject({ type: 'accepted', value: { oltPort: 'pon-2', outputs: 4, metres: 4_000, legs: ['splitter-7:1'] } });
    expect(await validate({ oltPort: 'pon-3' })).toMatchObject({ code: 'wrongOltPort' });
    const taken = await failed(does('cable', 'connect', { ...port('dcim.frontport', Number(leg!['id']), 'a'), ...port('dcim.interface', olt.id, 'b') }));
    expect(taken).toMatchObject({ name: 'NodeApiError', message: expect.stringMatching(/has cable \d+ already/) });
    expect(await does('cable', 'disconnect', port('dcim.interface', pon.id, 'port'))).toMatchObject({ repeated: false });
    expect(await does('cable', 'disconnect', port('dcim.interface', pon.id, 'port'))).toMatchObject({ repeated: true });
  });
  test('[S0-93] Topology: Check Capacity', async () => {
    expect(await does('topology', 'checkCapacity', { options: { prefix: POOL, vlanGroupId: 1, splitterId: splitter } })).toMatchObject({ type: 'accepted', value: { vlan: 100, frontPort: { leg: 1 } } });
    expect(await does('topology', 'checkCapacity', { options: { prefix: '203.0.113.0/29', addresses: 7 } })).toMatchObject({ type: 'refused', code: 'poolFull' });
  });
});

test('Journal: Add, once', async () => {
  const { ip } = await allocate('ord_4');
  const add = { objectId: ip.id, comments: 'Allocated for ord_4' };
  const first = await does('journal', 'add', add);
  expect(await does('journal', 'add', add)).toEqual({ ...first, repeated: true });
});

test('Object: Create once, Get, Get Many, Update under its ETag, Delete', async () => {
  const site = { collection: 'dcim/sites', fields: '{"name":"Ormstown","slug":"ormstown"}', options: { matchOn: '{"slug":"ormstown"}' } };
  const { id } = (await does('object', 'create', site)) as { id: number };
  expect(await does('object', 'create', site)).toMatchObject({ type: 'found', id });
  const read = await does('object', 'get', { collection: 'dcim/sites', objectId: id });
  expect(await does('object', 'update', { collection: 'dcim/sites', objectId: id, fields: '{"description":"Cabinet 7"}', options: { etag: read['etag'] } })).toMatchObject({ type: 'updated', object: { description: 'Cabinet 7' }, differs: [] });
  expect(await failed(does('object', 'update', { collection: 'dcim/sites', objectId: id, fields: { description: 'x' }, options: { etag: read['etag'] } }))).toMatchObject({ httpCode: '412' });
  expect(await many('object', 'getMany', { collection: 'dcim/sites', filters: '{"slug":["ormstown"]}' })).toMatchObject([{ id }]);
  expect(await failed(many('object', 'getMany', { collection: 'dcim/sites', filters: '{"colour":"red"}' }))).toMatchObject({ message: expect.stringContaining('no filter colour') });
  expect(await does('object', 'delete', { collection: 'dcim/sites', objectId: id })).toMatchObject({ type: 'deleted', repeated: false });
  expect(await does('object', 'delete', { collection: 'dcim/sites', objectId: id })).toMatchObject({ repeated: true });
});

test('an unknown pool names it; a wrong token is told apart; an address with /api at its end works', async () => {
  expect(await failed(allocate('ord_5', { prefix: pick('cidr', '10.9.9.0/24') }))).toMatchObject({ message: expect.stringContaining('10.9.9.0/24') });
  const error = await failed(run(node, { items: [{ resource: 'ipAddress', operation: 'get', addressId: 1 }], credentials: { ...credentials, token: 'nbt_no.such' } }));
  expect(error).toMatchObject({ name: 'NodeApiError', description: expect.any(String) });
  expect(JSON.stringify(error)).not.toContain('nbt_no.such');
  expect(await only(node, { resource: 'ipAddress', operation: 'getByKey', key: 'ord_1' }, { ...credentials, baseUrl: `${netbox.url}/api/` })).toMatchObject({ key: 'ord_1' });
});
