import { KEY, testHub, type TestHub } from './hub.ts';

const USER = 'Marie.Tremblay@isp.example';
let hub: TestHub;
const lines: string[] = [];
beforeAll(async () => {
  hub = await testHub({ auditDays: 30, scopedKeys: [{ name: 'field-app', key: 'field-app-0123456789', scopes: ['devices:write', 'drops:*'] }], radius: { coaPort: 1, nasSecrets: { '127.0.0.1': 'a-nas-secret' } } }, { report: (line) => lines.push(line) });
}, 60_000);
afterAll(async () => hub.close());
const all = async () => (await hub.client.audit.list({ limit: 1000 })).records;

test('a write says who by the name of the key, when by the clock, what by route and serial, and its request; never the key', async () => {
  const reply = await hub.ask('POST', '/v1/devices/rcmg19e01234/settings', { key: 'field-app-0123456789', body: { orderId: 'ord_1', wifi: { ssid: 'Chez Marie' } }, headers: { 'x-request-id': 'visit-7' } });
  expect(reply.status).toBe(200);
  const { text } = await hub.ask('GET', '/v1/audit?limit=1');
  expect(JSON.parse(text)).toEqual({
    type: 'auditPage', next: null, records: [{ id: expect.any(Number), at: '2026-04-01T13:00:00.000Z', who: 'field-app', method: 'POST', route: '/v1/devices/:serial/settings', params: { serial: 'rcmg19e01234' }, status: 200, outcome: 'done', code: 'deviceSettings', requestId: 'visit-7' }],
  });
  expect(text).not.toMatch(/0123456789|Marie/);
});

test('refusals and failures are recorded with their code; what never reached its handler and questions are not', async () => {
  const before = (await all()).length;
  expect((await hub.ask('POST', '/v1/drops/2/hold', { body: { orderId: 'ord_1' } })).status).toBe(409);
  expect((await hub.ask('POST', '/v1/orders/nobody/record', { body: { step: 'a', system: 'b', outcome: 'done' } })).status).toBe(404);
  expect((await hub.ask('POST', '/v1/voltha/onus/RCMG1000AAAA/reboot', { body: {} })).status).toBe(503);
  const made = (await all()).slice(0, (await all()).length - before);
  expect(made.map(({ route, status, outcome, code }) => [route, status, outcome, code])).toEqual([
    ['/v1/voltha/onus/:serial/reboot', 503, 'notApplied', 'unavailable'], ['/v1/orders/:orderId/record', 404, 'notApplied', 'notFound'], ['/v1/drops/:fibreId/hold', 409, 'refused', 'portOccupied'],
  ]);
  const now = await all();
  await hub.ask('POST', '/v1/drops/6/hold', { body: { orderId: 7 } });
  await hub.ask('POST', '/v1/drops/6/hold', { body: '{"orderId":' });
  await hub.ask('POST', '/v1/drops/6/hold', { body: { orderId: 'a' }, key: 'wrong' });
  await hub.ask('POST', '/v1/orders/o/open', { body: { order: { card: '4242424242424242' } } });
  await hub.ask('POST', '/v1/nothing-here', { body: {} });
  await hub.ask('GET', '/v1/drops/6');
  await hub.ask('POST', '/v1/availability/qualify', { body: { address: '12 rue Saint-Jean, Huntingdon' }, key: null });
  expect(await all()).toEqual(now);
});

test('a subscriber is a pseudonym that is the same for every write and finds all of them; nobody reads the name in the table', async () => {
  const path = `/v1/radius/subscribers/${encodeURIComponent(USER)}`;
  for (const verb of ['suspend', 'resume']) await hub.ask('POST', `${path}/${verb}`, { body: {} });
  await hub.ask('POST', '/v1/radius/subscribers/somebody@isp.example/suspend', { body: {} });
  const { records } = await hub.client.audit.list({ about: USER.toLowerCase() });
  expect(records.map(({ route }) => route)).toEqual(['/v1/radius/subscribers/:username/resume', '/v1/radius/subscribers/:username/suspend']);
  expect(new Set(records.map(({ params }) => params['username']))).toEqual(new Set([expect.stringMatching(/^p_[\w-]{20}$/)]));
  const { rows } = await hub.deps.db.query('SELECT * FROM audit');
  expect(JSON.stringify(rows)).not.toMatch(/Tremblay|somebody/i);
  expect((await hub.client.audit.list({ about: 'RCMG19E01234' })).records).toMatchObject([{ route: '/v1/devices/:serial/settings' }]);
});

test('pages meet without gap or overlap; filters narrow', async () => {
  const whole = await all();
  const seen: number[] = [];
  for (let before: number | undefined; ; ) {
    const page = await hub.client.audit.list({ limit: 2, ...(before === undefined ? {} : { before }) });
    seen.push(...page.records.map(({ id }) => id));
    if (page.next === null) break;
    before = page.next;
  }
  expect(seen).toEqual(whole.map(({ id }) => id));
  expect(seen.length).toBeGreaterThan(4);
  expect((await hub.client.audit.list({ who: 'field-app' })).records).toHaveLength(1);
  expect((await hub.client.audit.list({ outcome: 'refused' })).records.map(({ code }) => code)).toEqual(['portOccupied']);
  expect((await hub.client.audit.list({ from: '2026-04-02T00:00:00Z' })).records).toEqual([]);
  expect((await hub.client.audit.list({ to: '2026-04-02T00:00:00Z' })).records).toEqual(whole);
  await expect(hub.client.audit.list({ limit: 0 })).resolves.toMatchObject({ type: 'refused', code: 'badInput', path: 'limit' });
});

test('text is bounded, whatever an address holds', async () => {
  await hub.ask('POST', `/v1/radius/subscribers/${'u'.repeat(100)}/suspend`, { body: {} });
  await hub.ask('DELETE', `/v1/subscriptions/${'s'.repeat(128)}`);
  for (const record of (await all()).slice(0, 2)) expect(JSON.stringify(record).length).toBeLessThan(600);
});

test('a write during which the hub ended stays unknown, without a status', async () => {
  const id = await (hub.deps as never as { audit: { begin(entry: object): Promise<number> } }).audit.begin({ who: 'key1', method: 'POST', route: '/v1/voltha/onus/:serial/reboot', params: { serial: 'RCMG1' }, requestId: 'r' });
  expect((await all())[0]).toMatchObject({ id, status: null, outcome: 'unknown', code: null });
});

test('a write that cannot be recorded is not begun, and says so', async () => {
  await hub.deps.db.script('ALTER TABLE audit RENAME TO audit_away');
  const reply = await hub.ask('POST', '/v1/drops/8/hold', { body: { orderId: 'ord_8' } });
  await hub.deps.db.script('ALTER TABLE audit_away RENAME TO audit');
  expect([reply.status, reply.body]).toMatchObject([503, { type: 'vendorError', outcome: 'notApplied', hint: expect.stringContaining('database') }]);
  expect(lines.some((line) => line.startsWith('audit: '))).toBe(true);
  expect(await hub.client.drops.get(8)).toMatchObject({ state: 'free' });
});

test('records are kept as long as they should be, and then deleted', async () => {
  const whole = await all();
  hub.clock.advance(29 * 86_400_000);
  await hub.tick();
  expect(await all()).toEqual(whole);
  await hub.ask('POST', '/v1/drops/9/hold', { body: { orderId: 'ord_9' }, key: KEY });
  hub.clock.advance(2 * 86_400_000);
  await hub.tick();
  expect((await all()).map(({ params }) => params)).toEqual([{ fibreId: '9' }]);
});
