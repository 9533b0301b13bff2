// Each workflow of workflows/examples/ on a real n8n, against the sandbox: the question it answers, asked and answered; a system that is away;
// and that what is told once is told once.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canadaTaxTable, nextBill } from '../../core/src/index.ts';
import { expectStatus, http, until } from '../../tools/drive.ts';
import { netbox } from '../../packages/netbox/src/index.ts';
import { axiosSend, systemClock } from '../../packages/http/src/send.ts';
import { erpnextKeys } from '../../packages/sandbox/src/erpnext/index.ts';
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

test('[S2-056] Give Back Part of an Invoice: one credit note to the cent, sent twice the same; nothing to give back, more than is left, ERPNext away', async () => {
  ran.add('Give Back Part of an Invoice');
  const erp = async (doctype: string, body: object): Promise<Json> => (expectStatus(doctype, await http(`${at.stack.urls.erpnext}/api/resource/${doctype}`, { headers: at.keys.erp, body }), 200) as Json)['data'];
  const { name: customer } = await erp('Customer', { customer_name: 'Jeanne Tremblay', customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' });
  const taxes = [{ charge_type: 'On Net Total', account_head: 'TPS à payer - GF', description: 'TPS', rate: 5 }, { charge_type: 'On Net Total', account_head: 'TVQ à payer - GF', description: 'TVQ', rate: 9.975 }];
  const { name: invoice } = await erp('Sales Invoice', { customer, company: 'Gigafibre', currency: 'CAD', set_posting_time: 1, posting_date: '2026-04-01', due_date: '2026-04-01', disable_rounded_total: 1, items: [{ item_code: 'FTTH150I', qty: 1, rate: 99.95 }], taxes, docstatus: 1 });
  const account = { id: 'acc_back', currency: 'CAD', jurisdiction: 'CA-QC' };
  const subscription = (end?: string) => ({ id: 'sub_back', start: '2026-04-01', ...(end ? { end } : {}), items: [{ key: 'net', terms: [{ from: '2026-04-01', sku: 'FTTH150I', description: 'Internet 150', unitMinor: 9995 }] }] });
  const charged = nextBill({ account, subscriptions: [subscription()], asOf: '2026-04-01' }, { taxTable: canadaTaxTable });
  const billed = charged.type === 'accepted' ? charged.value?.lines : undefined;
  const back = (end: string | undefined, more: object = {}) => at.field('example/give-back', { invoice, billed, asOf: '2026-04-16', account, subscriptions: [subscription(end)], ...more });
  // The last one that was published may not listen yet.
  const first = await until('the workflow to listen', async () => {
    const reply = await back('2026-04-16');
    return reply.status !== 404 && reply;
  });
  expect(first).toMatchObject({ status: 200, body: { creditNote: expect.stringMatching(/^ACC-SINV-RET-/), settles: 'invoice', invoice: { name: invoice, totalMinor: 11492 } } });
  expect(first.body['invoice'].creditedMinor + first.body['invoice'].outstandingMinor).toBe(11492);
  expect(await back('2026-04-16')).toMatchObject({ status: 200, body: { creditNote: first.body['creditNote'], invoice: { creditedMinor: first.body['invoice'].creditedMinor } } });
  expect(await back(undefined)).toMatchObject({ status: 422, body: { value: null } });
  // Nearly the whole month, by another bill, has no room on this invoice any more.
  expect(await back('2026-04-02', { account: { ...account, id: 'acc_other' } })).toMatchObject({ status: 422, body: { type: 'refused', code: 'tooMuch' } });
  expect(await back('2026-04-16', { invoice: 'NO-SUCH' })).toMatchObject({ status: 502, body: { details: { kind: 'notFound' } } });
  await away('erpnext');
  expect(await back('2026-04-16')).toMatchObject({ status: 502, body: { details: { kind: 'unavailable' } } });
  await at.heal();
});

test('[erp-39] Copy of an Invoice: the PDF, kept once and fetched again byte for byte; no such invoice, a page instead of the file', async () => {
  const erp = async (doctype: string, body: object): Promise<Json> => (expectStatus(doctype, await http(`${at.stack.urls.erpnext}/api/resource/${doctype}`, { headers: at.keys.erp, body }), 200) as Json)['data'];
  const { name: customer } = await erp('Customer', { customer_name: 'Marie Roy', customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' });
  const { name: invoice } = await erp('Sales Invoice', { customer, company: 'Gigafibre', currency: 'CAD', disable_rounded_total: 1, items: [{ item_code: 'FTTH150I', qty: 1, rate: 99.95 }], docstatus: 1 });
  const of = (name: string) => ask('Copy of an Invoice', 'copy-of-invoice', { invoice: name });
  const first = await until('the workflow to listen', async () => {
    const reply = await of(invoice);
    return reply.status !== 404 && reply;
  });
  expect([first.status, String(first.body).slice(0, 5), String(first.body).includes('99.95')]).toEqual([200, '%PDF-', true]);
  expect((await of(invoice)).status).toBe(200);
  const kept = async () => (await http(`${at.stack.urls.erpnext}/api/resource/File?fields=["file_name","is_private"]&filters=[["attached_to_name","=","${invoice}"]]`, { headers: at.keys.erp })).body.data;
  expect(await kept()).toEqual([{ file_name: `${invoice}.pdf`, is_private: 1 }]);
  expect(await of('NO-SUCH')).toMatchObject({ status: 502, body: { details: { kind: 'notFound', status: 404 } } });
  await at.fault({ system: 'erpnext', method: 'GET', path: '/private/files/', kind: 'html', status: 200, times: 9 });
  expect(await of(invoice)).toMatchObject({ status: 502, body: { details: { kind: 'unexpectedReply' } } });
  await at.heal();
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

test('An Issue Was Opened: dispatch hears of it once; instantly with the key of a System Manager, until it is deactivated', async () => {
  const name = 'An Issue Was Opened';
  const open = async (subject: string): Promise<string> => (expectStatus('issue', await http(`${at.stack.urls.erpnext}/api/resource/Issue`, { headers: at.keys.erp, body: { subject, status: 'Open' } }), 200) as Json)['data'].name;
  const polled = await open('A pole leans on the line');
  for (const _again of [1, 2]) await start(name, 'ERPNext Has a New Issue');
  expect(await chat(new RegExp(`${polled}\\b`))).toEqual([expect.stringContaining('A pole leans on the line')]);

  const { key, secret } = erpnextKeys.admin;
  const admin = { authorization: `token ${key}:${secret}` };
  const webhooks = async (): Promise<Json[]> => (await http(`${at.stack.urls.erpnext}/api/resource/Webhook?fields=["*"]&filters=[["request_url","like","%25/erpnext"]]`, { headers: admin })).body.data;
  const credentials = new Map([...(await at.stack.n8n.rest<{ id: string; name: string }[]>('GET', '/rest/credentials')).map((one) => [one.name, one.id] as const), ...(await at.stack.n8n.keepCredentials([{ name: 'ERPNext Manager', type: 'leadlightErpNextApi', data: { baseUrl: at.stack.urls.erpnext, apiKey: key, apiSecret: secret } }]))]);
  const text = readFileSync('workflows/examples/14-an-issue-was-opened.json', 'utf8').replace('"polling"', '"webhook"').replace('"Leadlight ERPNext"', '"ERPNext Manager"').replace(`"name": "${name}"`, '"name": "Instantly"').replace(/"webhookId": "\w{8}/, '"webhookId": "0badcafe');
  const folder = mkdtempSync(join(tmpdir(), 'leadlight-instantly-'));
  writeFileSync(join(folder, '14-instantly.json'), text);
  const [id] = [...(await at.stack.n8n.keepWorkflows(folder, credentials)).values()];
  rmSync(folder, { recursive: true });
  await until('the webhook to be made', async () => (await webhooks()).length > 0);
  expect(await webhooks()).toMatchObject([{ webhook_doctype: 'Issue', webhook_docevent: 'after_insert', enabled: 1, enable_security: 1 }]);
  const instant = await open('A cable on the ground');
  await until('dispatch to hear of it', async () => (await at.executions('Instantly')).some(({ status }) => status === 'success'), 20);
  await until('the message', async () => (await chat(new RegExp(`${instant}\\b`))).length > 0);
  expect(await chat(new RegExp(`${instant}\\b`))).toEqual([expect.stringContaining('A cable on the ground')]);
  await at.stack.n8n.rest('POST', `/rest/workflows/${id}/deactivate`, {});
  await until('the webhook to be deleted', async () => (await webhooks()).length === 0);
});

test('[S2-097] How Payments Went: one entry per currency, 422 for a period that is none, nothing where nothing was paid', async () => {
  const of = (from: string, to: string) => ask('How Payments Went', 'how-payments-went', { from, to });
  const paymentIntent = await at.pay(11_492);
  expect(await at.hub('/v1/payments/capture', { orderId: 'ord_counted', paymentIntent, amountMinor: 11_492, currency: 'CAD' })).toMatchObject({ type: 'captured' });
  const [from, to] = [-2, 2].map((days) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)) as [string, string];
  const { status, body } = await of(from, to);
  expect([status, body]).toMatchObject([200, [{ currency: 'CAD', successRate: { part: expect.any(Number) }, methods: expect.arrayContaining([expect.objectContaining({ name: 'checkout' })]) }]]);
  expect(body[0].takenMinor).toBeGreaterThanOrEqual(11_492);
  expect(await of(to, from)).toMatchObject({ status: 422, body: { code: 'badInput', path: 'to' } });
  expect(await of('2020-01-01', '2020-02-01')).toMatchObject({ status: 200, body: [{}] });
});

test('every example was run, and nothing died meanwhile', () => {
  expect([...ran].sort()).toEqual([...ids.keys()].sort());
  expect(ids.size).toBe(readdirSync('workflows/examples').filter((file) => file.endsWith('.json')).length);
  expect(at.died).toEqual([]);
});
