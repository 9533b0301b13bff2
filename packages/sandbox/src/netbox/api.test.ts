// The wire as NetBox 4.6 answers it, seen without our client in between.
import { World } from '../world.ts';
import { SANDBOX_TOKEN, SANDBOX_TOKEN_V1, startNetbox } from './index.ts';

let server: Awaited<ReturnType<typeof startNetbox>>;
beforeEach(async () => { server = await startNetbox(new World()); });
afterEach(() => server.close());

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const reply = await fetch(`${server.url}${path}`, { method, redirect: 'manual', headers: { authorization: `Bearer ${SANDBOX_TOKEN}`, ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, text, json: /json/.test(reply.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined };
}
const POOL = '/api/ipam/prefixes/1/available-ips/';
const IPS = '/api/ipam/ip-addresses/';

test('a missing slash redirects a read and loses a write; a strange path is a page', async () => {
  expect((await call('GET', '/api/ipam/prefixes')).status).toBe(301);
  const lost = await call('POST', '/api/ipam/prefixes/1/available-ips', {});
  expect([lost.status, lost.json]).toEqual([404, undefined]);
  expect(server.data.all('ipam/ip-addresses')).toHaveLength(0);
});

test('tokens: 403 with a sentence, whichever keyword; every reply says version and request', async () => {
  expect((await call('GET', '/api/status/', undefined, { authorization: `Token ${SANDBOX_TOKEN}` })).status).toBe(200);
  expect((await call('GET', '/api/status/', undefined, { authorization: 'Bearer nbt_x.y' })).json).toEqual({ detail: 'Invalid v2 token' });
  expect((await call('GET', '/api/status/', undefined, { authorization: '' })).json).toEqual({ detail: 'Authentication credentials were not provided.' });
  const status = await call('GET', '/api/status/');
  expect([status.headers.get('api-version'), status.json['netbox-version']]).toEqual(['4.6', '4.6.8']);
  expect(status.headers.get('x-request-id')).toBeTruthy();
});

test('lists: clamped limit, next with a host of its own, unknown filters ignored, cursors without a count', async () => {
  await call('POST', POOL, Array.from({ length: 60 }, (_, i) => ({ description: `n${i}` })));
  const page = (await call('GET', IPS)).json;
  expect([page.count, page.results.length]).toEqual([60, 50]);
  expect(new URL(page.next).host).not.toBe(new URL(server.url).host);
  expect(new URL(page.next).search).toBe('?limit=50&offset=50');
  expect((await call('GET', `${IPS}?nonsense=1&limit=99999`)).json.results).toHaveLength(60);
  expect((await call('GET', `${IPS}?cf_nonsense=1`)).json.count).toBe(60);
  const cursor = (await call('GET', `${IPS}?start=0&limit=40`)).json;
  expect([cursor.count, new URL(cursor.next).searchParams.get('start')]).toEqual([null, '41']);
  expect((await call('GET', `${IPS}?start=0&ordering=id`)).status).toBe(400);
  expect((await call('GET', `${IPS}?id=x`)).status).toBe(400);
});

test('available-ips: one or many, all or nothing, 409 when full; a preview takes nothing', async () => {
  expect((await call('GET', `${POOL}?limit=1`)).json).toEqual([{ family: 4, address: '100.64.16.1/22', vrf: null }]);
  const many = await call('POST', '/api/ipam/prefixes/2/available-ips/', Array.from({ length: 7 }, () => ({})));
  expect([many.status, many.json]).toEqual([409, { detail: 'Insufficient resources are available to satisfy the request' }]);
  const half = await call('POST', POOL, [{}, { status: 'nonsense' }]);
  expect([half.status, half.json]).toEqual([400, [{}, { status: ['"nonsense" is not a valid choice.'] }]]);
  expect(server.data.all('ipam/ip-addresses')).toHaveLength(0);
  expect((await call('POST', '/api/ipam/prefixes/99/available-ips/', {})).status).toBe(404);
});

test('a unique custom field, an unknown one, a duplicate address', async () => {
  const one = await call('POST', POOL, { custom_fields: { leadlight_key: 'a' } });
  expect([one.status, one.json.custom_fields, one.json.status]).toEqual([201, { leadlight_key: 'a' }, { value: 'active', label: 'Active' }]);
  expect((await call('POST', POOL, { custom_fields: { leadlight_key: 'a' } })).json).toEqual({ __all__: ["Custom field 'leadlight_key' must have a unique value."] });
  expect((await call('POST', POOL, { custom_fields: { nope: 1 } })).json).toEqual({ custom_fields: { nope: ["Custom field 'nope' does not exist for this object type."] } });
  expect((await call('POST', IPS, { address: '100.64.16.1/32' })).json.address[0]).toMatch(/^Duplicate IP address found/);
  // The usual, loose filter of a text field: contains, whatever the case.
  await call('POST', POOL, { custom_fields: { leadlight_key: 'BAR' } });
  expect((await call('GET', `${IPS}?cf_leadlight_key=a`)).json.count).toBe(2);
  expect((await call('PATCH', `${IPS}${one.json.id}/`, { description: 'x' })).json.custom_fields).toEqual({ leadlight_key: 'a' });
});

test('ETags: a stale one is 412, none is last write wins; bulk changes drop missing ids in silence', async () => {
  expect((await call('POST', POOL, {})).headers.get('etag')).toBeNull();
  const etag = (await call('GET', `${IPS}1/`)).headers.get('etag')!;
  const changed = await call('PATCH', `${IPS}1/`, { description: 'x' }, { 'if-match': etag });
  expect(changed.status).toBe(200);
  const stale = await call('PATCH', `${IPS}1/`, { description: 'y' }, { 'if-match': etag });
  expect([stale.status, stale.headers.get('etag')]).toEqual([412, changed.headers.get('etag')]);
  expect((await call('PATCH', `${IPS}1/`, { description: 'z' })).status).toBe(200);
  expect((await call('PATCH', IPS, [{ id: 1, description: 'b' }, { id: 99, description: 'b' }])).json).toHaveLength(1);
  expect((await call('DELETE', IPS, [{ id: 1 }, { id: 99 }])).status).toBe(204);
  expect((await call('GET', `${IPS}1/`)).json).toEqual({ detail: 'No IPAddress matches the given query.' });
});

test('a tenant with addresses cannot be deleted', async () => {
  await call('POST', '/api/tenancy/tenants/', { name: 'C', slug: 'c' });
  const made = await call('POST', POOL, { tenant: { slug: 'c' } });
  expect(made.json.tenant).toMatchObject({ id: 1, slug: 'c' });
  expect((await call('DELETE', '/api/tenancy/tenants/1/')).status).toBe(409);
  expect((await call('POST', POOL, { tenant: { slug: 'nobody' } })).json.tenant[0]).toMatch(/not found/);
});

test('NetBox 4.4: no ETags, no cursors, v1 tokens only, unknown custom fields dropped, one rear port per front port', async () => {
  await server.close();
  server = await startNetbox(new World(), { version: '4.4.10' });
  const old = (method: string, path: string, body?: unknown) => call(method, path, body, { authorization: `Token ${SANDBOX_TOKEN_V1}` });
  expect((await call('GET', '/api/status/')).status).toBe(403);
  const made = await old('POST', POOL, { custom_fields: { nope: 1 } });
  expect([made.status, made.json.custom_fields]).toEqual([201, { leadlight_key: null }]);
  expect((await old('GET', `${IPS}1/`)).headers.get('etag')).toBeNull();
  expect((await old('GET', `${IPS}?start=0&limit=1`)).json.count).toBe(1);
  expect((await old('GET', '/api/authentication-check/')).status).toBe(404);
  await old('POST', '/api/dcim/rear-ports/', { device: 1, name: 'in', type: 'sc-apc', positions: 2 });
  expect((await old('POST', '/api/dcim/front-ports/', { device: 1, name: 'out', type: 'sc-apc', rear_ports: [{ position: 1, rear_port: 1, rear_port_position: 2 }] })).json).toEqual({ rear_port: ['This field is required.'] });
  expect((await old('POST', '/api/dcim/front-ports/', { device: 1, name: 'out', type: 'sc-apc', rear_port: 1, rear_port_position: 2 })).json).toMatchObject({ rear_port: { id: 1 }, rear_port_position: 2 });
});

test('since 4.5 the old fields of a front port are ignored, and it leads nowhere; a trace pads what has no cable', async () => {
  await call('POST', '/api/dcim/rear-ports/', { device: 1, name: 'in', type: 'sc-apc', positions: 2 });
  expect((await call('POST', '/api/dcim/front-ports/', { device: 1, name: 'out-1', type: 'sc-apc', rear_port: 1, rear_port_position: 1 })).json.rear_ports).toEqual([]);
  await call('POST', '/api/dcim/front-ports/', { device: 1, name: 'out-2', type: 'sc-apc', rear_ports: [{ position: 1, rear_port: 1, rear_port_position: 2 }] });
  const end = (type: string, id: number) => [{ object_type: type, object_id: id }];
  const cable = (a: object, b: object) => call('POST', '/api/dcim/cables/', { a_terminations: a, b_terminations: b });
  expect((await cable(end('dcim.interface', 1), end('dcim.frontport', 2))).status).toBe(201);
  expect((await cable(end('dcim.interface', 1), end('dcim.interface', 2))).json.__all__).toEqual(['Duplicate termination found for dcim.interface 1: cable 1']);
  expect((await call('GET', '/api/dcim/interfaces/1/trace/')).json).toMatchObject([[[{ name: 'pon-0' }], { id: 1, status: 'connected' }, [{ name: 'out-2' }]], [[{ name: 'in' }], [], []]]);
  await cable(end('dcim.rearport', 1), end('dcim.interface', 2));
  expect((await call('GET', '/api/dcim/interfaces/1/')).json).toMatchObject({ connected_endpoints: [{ id: 2 }], connected_endpoints_reachable: true });
  expect((await call('GET', '/api/dcim/interfaces/2/trace/')).json).toHaveLength(1);
  expect((await call('GET', '/api/dcim/front-ports/2/paths/')).json).toMatchObject([{ is_complete: true, is_split: false }]);
});
