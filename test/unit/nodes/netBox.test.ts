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

const allocate = (key: string, more: object = {}) => ({ resource: 'ipAddress', operation: 'allocate', prefix: pick('cidr', POOL), key, ...more });
type Allocated = { ip: { id: number; address: string }; repeated: boolean };

test('[S0-112] Allocate gives one address per key, by CIDR, ID or list', async () => {
  const first = (await only(node, allocate('ord_1', { options: { description: 'for ord_1' } }), credentials)) as unknown as Allocated;
  const [prefix] = (await node.methods.listSearch.searchPrefixes.call(context(node, { items: [{}], credentials }), '100.64')).results;
  expect(prefix!.name).toBe(POOL);
  const again = (await only(node, allocate('ord_1', { prefix: pick('list', String(prefix!.value)) }), credentials)) as unknown as Allocated;
  expect([first.repeated, again.repeated, again.ip.address]).toEqual([false, true, first.ip.address]);
});

test('[S0-112] a reply lost after the address was taken ends with the same address', async () => {
  world.inject({ system: 'netbox', method: 'POST', path: 'available-ips', kind: 'resetAfter' });
  const made = (await only(node, allocate('ord_2'), credentials)) as unknown as Allocated;
  expect(await only(node, { resource: 'ipAddress', operation: 'getByKey', key: 'ord_2' }, credentials)).toMatchObject({ address: made.ip.address });
});

test('Get by Key refuses as data; Release gives back and may be repeated', async () => {
  await only(node, allocate('ord_3'), credentials);
  const release = { resource: 'ipAddress', operation: 'release', key: 'ord_3' };
  expect(await only(node, release, credentials)).toMatchObject({ type: 'released', repeated: false, mode: 'delete' });
  expect(await only(node, release, credentials)).toMatchObject({ type: 'released', repeated: true });
  expect(await only(node, { resource: 'ipAddress', operation: 'getByKey', key: 'ord_3' }, credentials)).toMatchObject({ type: 'refused', code: 'addressUnknown', hint: 'Allocate one.' });
});

test('Prefix: Get Many and Journal: Add, once', async () => {
  expect((await run(node, { items: [{ resource: 'prefix', operation: 'getMany', options: { within: '100.64.0.0/10' } }], credentials })).map(({ json }) => json['prefix'])).toContain(POOL);
  const { ip } = (await only(node, allocate('ord_4'), credentials)) as unknown as Allocated;
  const add = { resource: 'journal', operation: 'add', objectId: ip.id, comments: 'Allocated for ord_4' };
  const first = await only(node, add, credentials);
  expect(await only(node, add, credentials)).toEqual({ ...first, repeated: true });
});

test('an unknown pool names it; a wrong token is told apart', async () => {
  expect(await failed(run(node, { items: [allocate('ord_5', { prefix: pick('cidr', '10.9.9.0/24') })], credentials }))).toMatchObject({ message: expect.stringContaining('10.9.9.0/24') });
  const error = await failed(run(node, { items: [allocate('ord_5')], credentials: { ...credentials, token: 'nbt_no.such' } }));
  expect(error).toMatchObject({ name: 'NodeApiError', description: expect.any(String) });
  expect(JSON.stringify(error)).not.toContain('nbt_no.such');
});
