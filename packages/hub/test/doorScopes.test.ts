import { opens, readApiKey, scopeOf } from '../src/apiKeys.ts';
import { ConfigError, readConfig } from '../src/readConfig.ts';
import { ACS, KEY, testHub, type TestHub } from './hub.ts';

const LONG = '0123456789abcdef';
const least = { LEADLIGHT_ACS_TOKEN: 'acs-0123456789abcdef', LEADLIGHT_VAULT_KEY: 'AB'.repeat(32) };
const keys = (value: string) => readConfig({ ...least, LEADLIGHT_API_KEYS: value });
const wrong = (value: string): string => {
  try {
    keys(value);
  } catch (error) {
    return (error as ConfigError).problems.join('\n');
  }
  return '';
};

test('plain keys open everything, as before; long ones what their scopes say', () => {
  expect(keys(`plain-${LONG}, noc:noc-${LONG}:voltha:read+radius:*,robot:robot-${LONG}:*:*`)).toMatchObject({
    apiKeys: [`plain-${LONG}`], scopedKeys: [{ name: 'noc', key: `noc-${LONG}`, scopes: ['voltha:read', 'radius:*'] }, { name: 'robot', key: `robot-${LONG}`, scopes: ['*:*'] }],
  });
  // What `openssl rand` and password makers give holds no colon, so it can never be read as the long form.
  for (const plain of ['deadbeef'.repeat(5), 'q1W+/e3R=='.repeat(2), 'a_b-c.d~e'.repeat(2)]) expect(keys(plain)).toMatchObject({ apiKeys: [plain] });
});

test.each([
  [`noc:short:voltha:read`, /shorter than 16/],
  [`noc:${LONG}`, /name:key:scope\+scope/],
  [`noc:${LONG}:`, /scope for "noc"/],
  [`noc:${LONG}:voltha`, /scope for "noc"/],
  [`noc:${LONG}:voltha:reed`, /scope for "noc"/],
  [`noc:${LONG}:voltha:read+`, /scope for "noc"/],
  [`a name:${LONG}:voltha:read`, /name/],
  [`acs:${LONG}:voltha:read`, /name/],
  [`key1:${LONG}:voltha:read`, /name/],
  [`noc:a${LONG}:voltha:read,noc:b${LONG}:voltha:read`, /one name twice/],
  [`${LONG},noc:${LONG}:voltha:read`, /one key twice/],
  [`noc:${least.LEADLIGHT_ACS_TOKEN}:voltha:read,${LONG}`, /LEADLIGHT_ACS_TOKEN must not/],
])('%s is refused at the start, without its key', (value, problem) => {
  expect(wrong(value)).toMatch(problem);
  expect(wrong(value)).not.toContain(LONG);
});

test('scopes come from tag and method; a route without a tag opens to keys with a star only', () => {
  expect(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => scopeOf({ method, tags: ['orders', 'x'] }))).toEqual(['orders:read', 'orders:read', 'orders:write', 'orders:write', 'orders:write', 'orders:write']);
  expect(scopeOf({ method: 'POST', tags: ['orders'], access: 'read' })).toBe('orders:read');
  expect(scopeOf({ method: 'GET' })).toBe('-:read');
  expect([['*:*'], ['*:read'], ['orders:*'], ['orders:read'], ['orders:write'], ['order:read'], ['*:write'], []].map((scopes) => opens(scopes, 'orders:read'))).toEqual([true, true, true, true, false, false, false, false]);
  expect(readApiKey('x', 1)).toMatch(/16/);
});

describe('at the door', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub({ scopedKeys: [{ name: 'reader', key: `reader-${LONG}`, scopes: ['*:read'] }, { name: 'site', key: `site-${LONG}`, scopes: ['drops:write', 'orders:*'] }] });
  }, 60_000);
  afterAll(async () => hub.close());
  const status = async (key: string | null, method: string, path: string, body?: object) => (await hub.ask(method, path, { key, body })).status;

  test('each key opens what it should and no more', async () => {
    const hold = { orderId: 'ord_s' };
    expect(await status(`reader-${LONG}`, 'GET', '/v1/drops/6')).toBe(200);
    expect(await status(`reader-${LONG}`, 'POST', '/v1/drops/6/hold', hold)).toBe(403);
    expect((await hub.client.drops.get(6)) as object).toMatchObject({ state: 'free' });
    expect(await status(`site-${LONG}`, 'POST', '/v1/drops/6/hold', hold)).toBe(200);
    expect(await status(`site-${LONG}`, 'GET', '/v1/drops/6')).toBe(403); // writing is not reading
    expect(await status(`site-${LONG}`, 'GET', '/v1/orders/ord_s')).toBe(404);
    expect(await status(`site-${LONG}`, 'GET', '/v1/system')).toBe(403);
    expect(await status(KEY, 'GET', '/v1/system')).toBe(200);
  });

  test('a key is compared whole: its name, scopes or parts of it are no key', async () => {
    for (const key of ['reader', `reader:reader-${LONG}:*:read`, `reader-${LONG.slice(0, -1)}`, `reader-${LONG}x`, '*:*']) expect(await status(key, 'GET', '/v1/system')).toBe(401);
  });

  test('in the address for EventSource too, and with the ACS beside it', async () => {
    const stream = await fetch(`${hub.url}/v1/events?key=site-${LONG}`);
    expect(stream.status).toBe(403);
    const open = await fetch(`${hub.url}/v1/events?key=reader-${LONG}`);
    expect([open.status, open.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/event-stream')]);
    await open.body!.cancel();
    const activated = (key: string) => status(key, 'POST', '/v1/devices/RCMG1000/activated', { orderId: 'ord_s' });
    expect([await activated(ACS), await activated(`reader-${LONG}`), await activated(KEY)]).toEqual([200, 403, 200]);
  });

  test('a scope for something the hub does not do stops the start and names it', async () => {
    await expect(testHub({ scopedKeys: [{ name: 'typo', key: `typo-${LONG}`, scopes: ['order:write'] }] })).rejects.toThrow(/order:write.*orders/s);
  });
});
