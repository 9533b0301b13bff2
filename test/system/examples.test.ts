// Each workflow of workflows/examples/ on a real n8n, against the sandbox: the question it answers, asked and answered; a system that is away;
// and that what is told once is told once.
import { readdirSync } from 'node:fs';
import { expectStatus, http, until } from '../../tools/drive.ts';
import { netbox } from '../../packages/netbox/src/index.ts';
import { axiosSend, systemClock } from '../../packages/http/src/send.ts';
import { SANDBOX_KEYS } from '../../tools/stack.ts';
import { startSystem, type Json, type Reply, type System } from './harness.ts';

jest.setTimeout(90_000);
const DAY_MS = 86_400_000;
let at: System;
let ids: ReadonlyMap<string, string>;
beforeAll(async () => {
  at = await startSystem(23_000);
  const kept = await at.stack.n8n.rest<{ id: string; name: string }[]>('GET', '/rest/credentials');
  ids = await at.stack.n8n.keepWorkflows('workflows/examples', new Map(kept.map(({ id, name }) => [name, id])));
}, 300_000);
afterAll(() => at?.close(), 60_000);

const ran = new Set<string>();
/** Starts a scheduled workflow now, as the button in the editor does, and waits for its end. */
async function start(name: string, trigger: string): Promise<void> {
  ran.add(name);
  const { executionId } = await at.stack.n8n.rest<{ executionId: string }>('POST', `/rest/workflows/${ids.get(name)}/run`, { triggerToStartFrom: { name: trigger } });
  const { status } = await until(`${name} to end`, async () => {
    const one = await at.stack.n8n.execution(executionId);
    return !['new', 'running', 'waiting'].includes(one.status) && one;
  });
  expect([name, status]).toEqual([name, 'success']);
}
function ask(name: string, path: string, query: Record<string, string>, headers: Record<string, string> = at.keys.field): Promise<Reply> {
  ran.add(name);
  return http(`${at.stack.urls.editor}/webhook/example/${path}?${new URLSearchParams(query)}`, { headers });
}
const chat = async (about: RegExp): Promise<string[]> => (await at.sent()).chat.map((one) => JSON.stringify(one)).filter((text) => about.test(text));
const clock = (advanceMs: number): Promise<Reply> => http(`${at.stack.urls.sandbox}/clock`, { body: { advanceMs } });
const away = (system: string): Promise<Reply> => at.fault({ system, kind: 'status', status: 503, times: 50 });
async function plug(serial: string, rxPowerDbm = -19.4): Promise<void> {
  const { oltIp, port } = (await at.dropIn('free')) as { oltIp: string; port: number };
  expectStatus('plug', await http(`${at.stack.urls.sandbox}/ont`, { body: { serial, oltIp, ponPort: port, productClass: 'HT803G-W', oui: '000E5E', rxPowerDbm } }), 200);
}

test('Devices Silent for a Day: names those that did not call, once a day; says so when GenieACS is away', async () => {
  await clock(-26 * 3_600_000);
  for (const serial of ['RCMG51E70001', 'RCMG51E70002']) await plug(serial);
  await clock(26 * 3_600_000);
  await plug('RCMG51E70003');
  const run = () => start('Devices Silent for a Day', 'Every Morning at Seven');
  await run();
  await run();
  const told = await chat(/Silent for a day/);
  expect(told).toHaveLength(1);
  for (const serial of ['RCMG51E70001', 'RCMG51E70002']) expect(told[0]).toContain(serial);
  expect(told[0]).not.toContain('RCMG51E70003');
  await away('genieacs');
  await run();
  await at.heal();
  expect(await chat(/Silent devices could not be listed: GenieACS/)).toHaveLength(1);
});

test('Address of an Order: the address, 404 with a hint, 502 when NetBox is away, 401 or 403 without the password', async () => {
  const ipam = netbox(axiosSend({ baseUrl: at.stack.urls.netbox }), systemClock, { token: SANDBOX_KEYS.netbox });
  const { ip } = await ipam.ipAddresses.allocate({ prefix: '100.64.16.0/22', key: 'ord_example' });
  const of = (order: string, headers?: Record<string, string>) => ask('Address of an Order', 'address-of-order', { order }, headers);
  expect(await of('ord_example')).toMatchObject({ status: 200, body: { address: ip.address } });
  expect(await of('ord_nobody')).toMatchObject({ status: 404, body: { code: 'addressUnknown', hint: expect.any(String) } });
  expect([401, 403]).toContain((await of('ord_example', {})).status);
  await away('netbox');
  expect(await of('ord_example')).toMatchObject({ status: 502, body: { details: { kind: 'unavailable' } } });
  await at.heal();
});

test('Light That Got Worse: the weak ONT with its reasons, the one that cannot be read, not the good one', async () => {
  const ont = async (serial: string) => expectStatus('equipment', await http(`${at.stack.urls.erpnext}/api/resource/Service Equipment`, { headers: at.keys.erp, body: { equipment_type: 'ONT', status: 'Connected', serial_number: serial } }), 200);
  for (const [serial, dbm] of [['RCMG11600001', -19.4], ['RCMG11600002', -28.5]] as const) {
    await plug(serial, dbm);
    await ont(serial);
  }
  await ont('RCMG11600009');
  await start('Light That Got Worse', 'Every Night at Two');
  expect(await chat(/Weak light/)).toEqual([expect.stringMatching(/Weak light: RCMG11600002\. .*28\.5/)]);
  expect(await chat(/No light level/)).toEqual([expect.stringContaining('RCMG11600009')]);
  await start('Light That Got Worse', 'Every Night at Two');
  expect(await chat(/Weak light|No light level/)).toHaveLength(2);
});

test('Why Is the Customer Offline: the plan, the walled garden, nothing; never a password', async () => {
  const username = 'ord-example@isp';
  const of = (user: string) => ask('Why Is the Customer Offline', 'why-offline', { username: user });
  await at.hub('/v1/radius/subscribers', { username, planSku: 'FTTH150I', downKbps: 150_000, upKbps: 20_000, nasVendor: 'mikrotik' });
  expect(await of(username)).toMatchObject({ status: 200, body: { answer: 'offline', access: 'active', planGroup: expect.stringContaining('FTTH150I') } });
  await at.hub(`/v1/radius/subscribers/${encodeURIComponent(username)}/suspend`, {});
  const { body } = await of(username);
  expect(body).toMatchObject({ answer: 'offline', access: 'walledGarden' });
  expect(JSON.stringify(body)).not.toMatch(/password/i);
  expect(await of('nobody@isp')).toMatchObject({ body: { answer: 'offline', access: 'absent' } });
});

test('Issues Nobody Took: the old one, not the new one, once', async () => {
  const issue = async (subject: string, daysAgo: number): Promise<string> => {
    const url = `${at.stack.urls.erpnext}/api/resource/Issue`;
    const { name } = (expectStatus('issue', await http(url, { headers: at.keys.erp, body: { subject, status: 'Open' } }), 200) as Json)['data'];
    // ERPNext opens it today, whatever it is sent; people may put the day right afterwards.
    expectStatus('date', await http(`${url}/${name}`, { method: 'PUT', headers: at.keys.erp, body: { opening_date: new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10) } }), 200);
    return name;
  };
  const [old, fresh] = [await issue('Cable on the ground', 5), await issue('Slow since lunch', 1)];
  for (const _again of [1, 2]) await start('Issues Nobody Took', 'Every Morning at Eight');
  const told = await chat(/Open for three days/);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(old);
  expect(told[0]).not.toContain(fresh);
});

test('Which of These Addresses: one answer for each, in order', async () => {
  ran.add('Which of These Addresses');
  const home = await at.dropIn('free');
  const asked = [`${home['street']}, ${home['city']} ${home['postalCode']}`, '1 rue Nulle Part, Ailleurs'];
  const { status, body } = await at.field('example/which-addresses', { addresses: asked });
  expect(status).toBe(200);
  expect((body as Json[]).map((one) => one['asked'])).toEqual(asked);
  expect((body as Json[]).map((one) => one['availability'])).toEqual(['available', 'notCovered']);
  for (const one of body as Json[]) expect(one['say']).toEqual(expect.stringMatching(/.{10,}/));
});

test('Part of a Month: the amount and why, or what is wrong with the question', async () => {
  const of = (more: Record<string, string>) => ask('Part of a Month', 'part-of-a-month', { amountMinor: '9995', start: '2026-04-01', end: '2026-05-01', from: '2026-04-13', ...more });
  expect(await of({})).toMatchObject({ status: 200, body: { type: 'accepted', value: { minor: 5997, restMinor: 3998 } } });
  expect(await of({ from: '2026-06-01' })).toMatchObject({ status: 422, body: { type: 'refused', hint: expect.any(String) } });
  expect((await of({ from: '' })).status).toBe(400);
});

test('Where Is This Order: status, last step, who has to act; 404 for one that was never opened', async () => {
  const of = (order: string) => ask('Where Is This Order', 'where-is-order', { order });
  await at.hub('/v1/orders/ord_example/open', { order: { customer: { name: 'Jeanne Tremblay' } } });
  await at.hub('/v1/orders/ord_example/record', { step: 'createCustomer', system: 'erpnext', outcome: 'done', status: 'inProgress' });
  await at.hub('/v1/orders/ord_example/fallout', { step: 'allocateIp', owner: 'noc', message: 'The pool is full.', hint: 'Widen it.' });
  const { status, body } = await of('ord_example');
  expect([status, body]).toMatchObject([200, { status: 'inProgress', waitsFor: [{ owner: 'noc', hint: 'Widen it.' }], last: { step: expect.any(String) } }]);
  expect(JSON.stringify(body)).not.toContain('Tremblay');
  expect((await of('ord_never')).status).toBe(404);
});

test('A Held Port Was Lost: sales hears of the order whose hold ran out, once', async () => {
  ran.add('A Held Port Was Lost');
  const { fibreId } = (await at.dropIn('free')) as { fibreId: number };
  expect(await at.hub(`/v1/drops/${fibreId}/hold`, { orderId: 'ord_lapsed', holdSeconds: 1 })).toMatchObject({ type: 'held' });
  await until('sales to hear of it', async () => (await chat(/ord_lapsed/)).length > 0);
  expect(await chat(/ord_lapsed/)).toEqual([expect.stringMatching(new RegExp(`A held port ran out: drop ${fibreId}\\.`))]);
});

test('[S0-90] Order Stopped: one ticket with the reasons, one SMS in the customer’s language without them, however often it is told', async () => {
  ran.add('Order Stopped');
  const orderId = `ord_stopped_${at.stack.ports.n8n}`;
  const phone = '+15145557788';
  const stop = () => at.hub(`/v1/orders/${orderId}/fallout`, { step: 'allocateIp', owner: 'noc', message: 'The pool 100.64.16.0/22 is full.', hint: 'Widen it.' });
  await at.hub(`/v1/orders/${orderId}/open`, { order: { language: 'en', customer: { name: 'Jeanne Tremblay', phone } } });
  const fallout = (await stop()) as Json;
  await until('the customer to be told', async () => (await at.sent()).sms.some((one) => JSON.stringify(one).includes(orderId)));
  await until('the ticket', async () => (await at.erp('Issue', [['leadlight_id', '=', fallout['id']]])).length > 0);
  expect(((await stop()) as Json)['id']).toBe(fallout['id']);
  // The incident is in the log with its reasons, told once.
  const log: Json[] = await at.hub(`/v1/events/list?stream=order-${orderId}&types=order.fallout`);
  expect(log).toMatchObject([{ data: { falloutId: fallout['id'], step: 'allocateIp', message: expect.stringContaining('full'), hint: 'Widen it.' } }]);
  expect(await at.erp('Issue', [['subject', 'like', `%${orderId}%`]])).toMatchObject([{ subject: `Order ${orderId} stopped at allocateIp`, status: 'Open', priority: 'High', description: expect.stringContaining('Widen it.') }]);
  const told = (await at.sent()).sms.map((one) => JSON.stringify(one)).filter((text) => text.includes(orderId));
  expect(told).toEqual([expect.stringMatching(/is delayed\. We are working on it/)]);
  expect(told[0]).toContain(phone.slice(1));
  expect(told[0]).not.toMatch(/pool|100\.64/);
});

test('Offline by Oktopus: names those that no transport reaches, once an hour', async () => {
  const agent = (serial: string) => http(`${at.stack.urls.sandbox}/agent`, { body: { serial, oui: '1C61B4', productClass: 'XX230v', over: 'mqtt' } });
  for (const serial of ['XX2300000001', 'XX2300000002']) await agent(serial);
  await http(`${at.stack.urls.sandbox}/unplug`, { body: { serial: 'XX2300000002' } });
  for (const _again of [1, 2]) await start('Offline by Oktopus', 'Every Hour');
  const told = await chat(/Offline in Oktopus/);
  expect(told.length).toBeGreaterThan(0);
  expect(told.length).toBeLessThan(3); // two when the hour turns between the runs
  expect(told[0]).toContain('XX2300000002');
  expect(told[0]).not.toContain('XX2300000001');
  await away('oktopus');
  await start('Offline by Oktopus', 'Every Hour');
  await at.heal();
  expect(await chat(/Offline devices could not be listed: Oktopus/)).toHaveLength(1);
});

test('A Device Refused Something: the serial and the code, not the value', async () => {
  await plug('RCMGFA170001');
  const name = 'x'.repeat(33);
  const task = { name: 'setParameterValues', parameterValues: [['InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID', name, 'xsd:string']] };
  const [device] = (await http(`${at.stack.urls.genieacs}/devices/?query=${encodeURIComponent(JSON.stringify({ '_deviceId._SerialNumber': 'RCMGFA170001' }))}&projection=_id`)).body as Json[];
  await http(`${at.stack.urls.genieacs}/devices/${encodeURIComponent(device!['_id'])}/tasks?connection_request`, { body: task });
  await start('A Device Refused Something', 'GenieACS Has a Fault');
  await start('A Device Refused Something', 'GenieACS Has a Fault');
  const told = await chat(/A device refused something: RCMGFA170001/);
  expect(told).toEqual([expect.stringMatching(/HT803G-W, cwmp\.9003/)]);
  expect(told[0]).not.toContain(name);
});

test('A Pool Was Changed: what and by whom, once', async () => {
  ran.add('A Pool Was Changed');
  const { results } = (await http(`${at.stack.urls.netbox}/api/ipam/prefixes/?limit=1`, { headers: at.keys.netbox })).body as { results: Json[] };
  expectStatus('change', await http(`${at.stack.urls.netbox}/api/ipam/prefixes/${results[0]!['id']}/`, { method: 'PATCH', headers: at.keys.netbox, body: { description: 'Widened' } }), 200);
  await until('the NOC to hear of it', async () => (await chat(/An address pool was updated/)).length > 0);
  expect(await chat(/An address pool was updated/)).toEqual([expect.stringContaining(String(results[0]!['prefix']))]);
});

test('every example was run, and nothing died meanwhile', () => {
  expect([...ran].sort()).toEqual([...ids.keys()].sort());
  expect(ids.size).toBe(readdirSync('workflows/examples').filter((file) => file.endsWith('.json')).length);
  expect(at.died).toEqual([]);
});
