// One order on a real n8n, driven as the outside world would, read back from every system; then everything sent again.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openDb } from '../../packages/journal/src/db.ts';
import { accessRequest } from '../../packages/radius/src/index.ts';
import { startFreeRadius, type FreeRadius } from '../../packages/radius/test/freeradius.ts';
import { expectStatus, freeAddress, http, keysOf, leadToLight, readBack, stripeOf, until, type Lit } from '../../tools/drive.ts';
import { freeOffset } from '../../tools/ports.ts';
import { startStack, type Stack } from '../../tools/stack.ts';

let stack: Stack;
let radius: FreeRadius | null;
let lit: Lit;
const dir = mkdtempSync(join(tmpdir(), 'leadlight-system-'));
const progress: string[] = [];

beforeAll(async () => {
  radius = await startFreeRadius();
  stack = await startStack({ root: resolve('.'), dir, portOffset: await freeOffset(10_000), say: () => undefined, ...(radius ? { radiusDatabase: radius.databaseUrl } : {}) });
  lit = await leadToLight({ stack, say: (line) => progress.push(line), run: 1 });
}, 240_000);

afterAll(async () => {
  await stack?.stop();
  await radius?.close();
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

const doctypes = ['Customer', 'Service Location', 'Service Subscription', 'Service Equipment', 'Project', 'Task', 'Dispatch Job', 'Payment Entry', 'Sales Invoice'];
async function erp(doctype: string, fields: readonly string[] = ['*'], filters: readonly unknown[] = [['leadlight_id', 'like', `${lit.orderId}:%`]]): Promise<any[]> {
  const query = new URLSearchParams({ fields: JSON.stringify(fields), filters: JSON.stringify(filters), limit_page_length: '100', order_by: 'creation asc' });
  return expectStatus(doctype, await http(`${stack.urls.erpnext}/api/resource/${encodeURIComponent(doctype)}?${query}`, { headers: keysOf(stack).erp }), 200).data;
}
const hub = async (path: string) => (await http(stack.urls.hub + path, { headers: keysOf(stack).hub })).body;
const sent = async () => (await http(`${stack.urls.sandbox}/sent`)).body as { sms: any[]; emails: any[]; chat: any[] };

/** How many of everything there is, in every system that holds a part of an order. */
async function census(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const doctype of doctypes) counts[doctype] = (await erp(doctype, ['name'], [])).length;
  counts['Issue'] = (await erp('Issue', ['name'], [])).length;
  counts['ip addresses'] = (await http(`${stack.urls.netbox}/api/ipam/ip-addresses/?limit=100`, { headers: keysOf(stack).netbox })).body.count;
  counts['charges'] = (await stripeOf(stack).paymentIntents.list({ limit: 100 })).data.filter((one) => one.status === 'succeeded').length;
  counts['vgc services'] = ((await http(`${stack.urls.vgc}/vgc/v1/allocations`)).body?.length as number | undefined) ?? -1;
  const { sms, emails, chat } = await sent();
  Object.assign(counts, { sms: sms.length, emails: emails.length, chat: chat.length });
  counts['order events'] = (await hub(`/v1/events/list?stream=order-${lit.orderId}&limit=500`)).length;
  return counts;
}

test('[S1-005] [S1-006] an address becomes a live service through real n8n, and every system agrees when read back', () => {
  expect(progress.at(-1)).toContain('LIVE');
  expect(lit.proofs.map(({ system }) => system)).toEqual(expect.arrayContaining(['ERPNext', 'NetBox', 'RADIUS', 'VOLTHA', 'VGC', 'GenieACS', 'Leadlight', 'Stripe', 'Notices']));
});

test('[S1-080] the order ran as the workflow "New Customer Order", in one execution', async () => {
  const ran = (await stack.n8n.executions({ limit: '50' })) as unknown as { workflowName: string; status: string }[];
  expect(ran.filter(({ workflowName }) => workflowName === 'New Customer Order')).toEqual([expect.objectContaining({ status: 'success' })]);
});

test('[S1-110] the job a technician opens shows address, customer, equipment and OLT port', async () => {
  const [{ name }] = await erp('Dispatch Job', ['name']);
  const read = async (doctype: string, id: string) => (await http(`${stack.urls.erpnext}/api/resource/${encodeURIComponent(doctype)}/${id}`, { headers: keysOf(stack).erp })).body.data;
  const job = await read('Dispatch Job', name);
  expect(job).toMatchObject({ contact_name: 'Jean Tremblay', contact_phone: expect.stringMatching(/^\+1514555/) });
  expect(job.equipment_list.map((row: any) => row.equipment_type)).toEqual(['ONT', 'Routeur', 'Décodeur TV', 'Téléphone IP']);
  const location = await read('Service Location', job.service_location);
  const drop = await hub(`/v1/drops/${lit.fibreId}`);
  expect(location).toMatchObject({ address_line: drop.street, city: drop.city, olt_path: `${drop.frame}/${drop.slot}/${drop.port}:${drop.ontId}` });
  expect((await read('Customer', job.customer)).customer_name).toBe('Jean Tremblay');
});

test('[S1-082] [S1-083] customer and location are written with the place of the drop', async () => {
  const [customer] = await erp('Customer');
  expect(customer).toMatchObject({ customer_name: 'Jean Tremblay', customer_group: 'Résidentiel' });
  const [location] = await erp('Service Location');
  const drop = await hub(`/v1/drops/${lit.fibreId}`);
  expect(location).toMatchObject({ customer: customer.name, connection_type: 'FTTH', olt_ip: drop.oltIp, olt_frame: drop.frame, olt_slot: drop.slot, olt_port: drop.port, ont_id: drop.ontId, status: 'Active' });
});

test('[S1-084] [S1-085] one subscription per service, and the equipment of what was ordered', async () => {
  expect((await erp('Service Subscription')).map((one) => [one.item, one.status])).toEqual([['FTTH150I', 'Active'], ['TVBSTANDARD', 'Active'], ['TELEPMENS', 'Active']]);
  expect((await erp('Service Equipment')).map((one) => one.equipment_type).sort()).toEqual(['Décodeur TV', 'ONT', 'Routeur', 'Téléphone IP']);
});

test('[S1-086] [S1-087] [S1-088] [S1-089] [S1-090] [S1-091] [S1-092] [S1-093] [S1-094] the project holds the eight tasks, done', async () => {
  const [project] = await erp('Project');
  expect(project.project_name).toContain('Installation - Jean Tremblay');
  const [location] = await erp('Service Location');
  expect((await erp('Task')).map((one) => [one.project, one.subject, one.status])).toEqual(
    ['Préparer équipement', 'Assigner technicien', `Activer port OLT - ${location.olt_frame}/${location.olt_slot}/${location.olt_port}`, 'Configurer WiFi dans DB provisioning', 'Configurer VoIP dans DB provisioning', 'Installation sur site', 'Vérifier signal ONT', 'Confirmer service fonctionnel'].map((subject) => [project.name, subject, 'Completed']),
  );
});

test('[S1-095] [S1-096] the dispatch job asks for both tags and got a technician on a day the customer chose', async () => {
  const [{ name }] = await erp('Dispatch Job', ['name']);
  const job = (await http(`${stack.urls.erpnext}/api/resource/Dispatch%20Job/${name}`, { headers: keysOf(stack).erp })).body.data;
  expect(job.required_tags.map((row: any) => row.tag)).toEqual(['Fibre', 'Installation']);
  expect(job.notes).toBe('FTTH 150M + TV Standard + Phone');
  expect(job.preferred_dates.map((row: any) => row.preferred_date)).toContain(String(job.scheduled_start).slice(0, 10));
  const [technician] = await erp('User', ['name', '_user_tags'], [['name', '=', job.technician]]);
  expect(technician._user_tags).toMatch(/Fibre/);
  expect(technician._user_tags).toMatch(/Installation/);
});

test('[S1-097] the port is the order’s, with the serial in its own column', async () => {
  expect(await hub(`/v1/drops/${lit.fibreId}`)).toMatchObject({ state: 'occupied' });
  const events = await hub(`/v1/events/list?stream=drop-${lit.fibreId}&limit=50`);
  const order = (await hub(`/v1/events/list?stream=order-${lit.orderId}&limit=500`)) as any[];
  const captured = order.find((one) => one.type === 'payment.captured');
  expect(events.find((one: any) => one.type === 'port.held').id).toBeLessThan(captured.id);
});

test('[S1-118] the first invoice is the checkout price to the cent, paid by the prepayment', async () => {
  const [{ name }] = await erp('Sales Invoice', ['name']);
  const invoice = (await http(`${stack.urls.erpnext}/api/resource/Sales%20Invoice/${name}`, { headers: keysOf(stack).erp })).body.data;
  expect(invoice).toMatchObject({ docstatus: 1, net_total: 219.54, total_taxes_and_charges: 32.88, grand_total: 252.42, outstanding_amount: 0 });
  expect(invoice.taxes.map((row: any) => row.tax_amount)).toEqual([10.98, 21.9]);
});

test('[S1-099] [S1-100] [S1-102] [S1-118] [S0-129] the customer and dispatch heard of each thing once', async () => {
  const { sms, emails, chat } = await sent();
  expect(sms.map((one) => one.body)).toEqual([expect.stringMatching(/^Commande confirmée! Installation prévue le/), expect.stringContaining('Service activé!')]);
  expect(emails.map((one) => one.subject)).toEqual([expect.stringContaining('est confirmée'), 'Service activé!']);
  expect(chat.filter((one) => one.room === 'dispatch')).toHaveLength(1);
  expect(chat.filter((one) => one.room === 'noc')).toEqual([]);
});

test('[S1-101] operations could follow it live', async () => {
  const abort = new AbortController();
  const reply = await fetch(`${stack.urls.hub}/v1/events?types=order.*&after=0`, { headers: keysOf(stack).hub, signal: abort.signal });
  const reader = reply.body!.getReader();
  let seen = '';
  while (!seen.includes('order.completed')) seen += new TextDecoder().decode((await reader.read()).value);
  abort.abort();
  expect(seen).toContain('order.opened');
});

test('[S1-115] [S1-116] ONT and router carry their settings, and no secret was ever in n8n', async () => {
  const executions = await stack.n8n.executions({ limit: '50' });
  const db = JSON.stringify(await Promise.all(executions.map(({ id }) => stack.n8n.execution(id))));
  expect(executions.length).toBeGreaterThan(5);
  const settings = (await http(`${stack.urls.hub}/v1/devices/${lit.serials.deco}/provision`, { headers: { authorization: `Bearer ${stack.secrets.acsToken}` } })).body;
  expect(settings.wifi.password).toHaveLength(12);
  expect(db).not.toContain(settings.wifi.password);
  expect((await http(`${stack.urls.hub}/v1/devices/${lit.serials.deco}/provision`, { headers: keysOf(stack).hub })).status).toBe(403);
});

test('[S1-170] the telephone line has one account in Routr, made by the scan, and its password was never in n8n', async () => {
  expect(lit.proofs).toContainEqual({ system: 'Routr', what: 'account of the telephone line', readBack: `sip:${lit.orderId.toLowerCase()}@sip.gigafibre.example` });
  const calls = (await http(`${stack.urls.sandbox}/calls?system=routr`)).body as { path: string; body: string }[];
  expect(calls.filter(({ path }) => /Create$/.test(path)).map(({ path }) => path)).toEqual(['Credentials.Create', 'Agents.Create']);
  const { voip } = (await http(`${stack.urls.hub}/v1/devices/${lit.serials.ont}/provision`, { headers: { authorization: `Bearer ${stack.secrets.acsToken}` } })).body;
  const executions = await stack.n8n.executions({ limit: '50' });
  for (const text of [JSON.stringify(await Promise.all(executions.map(({ id }) => stack.n8n.execution(id)))), JSON.stringify(calls)]) expect(text).not.toContain(voip.password);
});

test('[S0-100] [S0-101] a real FreeRADIUS accepts the subscriber with address and speed', async () => {
  if (!radius) return;
  const username = `SVC-${lit.orderId}`;
  const db = await openDb(radius.databaseUrl);
  const { rows } = await db.query<{ value: string }>(`SELECT value FROM radcheck WHERE username = $1 AND attribute = 'Cleartext-Password'`, [username]);
  await db.close();
  const answer = await accessRequest({ host: '127.0.0.1', port: radius.authPort, secret: radius.secret }, { username, password: rows[0]!.value, nasIp: '127.0.0.1' }, randomBytes);
  expect(answer.type).toBe('accepted');
  expect(JSON.stringify(answer)).toContain('150M/150M');
  expect(JSON.stringify(answer)).toContain(lit.address.split('/')[0]);
});

test('[S1-077] [S1-103] the same order, scans, devices and report sent again double nothing', async () => {
  const before = await census();
  expect(before).toMatchObject({ Customer: 1, 'Sales Invoice': 1, 'Payment Entry': 1, 'ip addresses': 1, charges: 1, sms: 2, emails: 2 });
  const hook = (path: string) => `${stack.urls.editor}/webhook/${path}`;
  const { field } = keysOf(stack);
  expect(expectStatus('order again', await http(hook('new-customer-order'), { body: lit.checkout }), 200)).toMatchObject({ orderId: lit.orderId, repeated: true });
  for (const scan of Object.values(lit.serials)) expectStatus('scan again', await http(hook('equipment-scanned'), { headers: field, body: { orderId: lit.orderId, scan } }), 200);
  const drop = await hub(`/v1/drops/${lit.fibreId}`);
  await http(`${stack.urls.sandbox}/ont`, { body: { serial: lit.serials.ont, oltIp: drop.oltIp, ponPort: drop.port, productClass: 'HT803G-W', oui: '000E5E', rxPowerDbm: -19.4 } });
  await http(`${stack.urls.sandbox}/clock`, { body: { advanceMs: 10_000 } }); // the ONT comes up again
  const report = { speedTest: { downMbps: 149, upMbps: 149 }, wifi24: true, wifi5: true, tvChannels: true, dialTone: true };
  expect(expectStatus('report again', await http(hook('installation-done'), { headers: field, body: { orderId: lit.orderId, report } }), 200)).toMatchObject({ repeated: true });
  expect(await census()).toEqual(before);
  expect(await readBack(stack, lit.orderId, lit.serials)).toHaveLength(lit.proofs.length);
}, 60_000);

test('[S1-156] who waits for fibre is told once when it can be had, and who still cannot is not', async () => {
  const hook = `${stack.urls.editor}/webhook/lead`;
  const near = await freeAddress(stack, 5_000);
  const leave = (email: string, rue: string, ville: string, zip: string) => http(hook, { body: { choice: 'notify', name: 'Marie Roy', email, address: { rue, ville, zip } } });
  expectStatus('lead', await leave('near@example.ca', near.street, near.city, near.postalCode), 201);
  expectStatus('lead', await leave('far@example.ca', '9999 rue Inexistante', 'Rimouski', 'G5L 1A1'), 201);
  const arrived = (key: string) => http(`${stack.urls.hub}/v1/events`, { headers: keysOf(stack).hub, body: { type: 'coverage.arrived', stream: 'coverage', key, data: {} } });
  const rounds = async () => ((await stack.n8n.executions({ limit: '50' })) as unknown as { workflowName: string; status: string }[]).filter((one) => one.workflowName === 'Waitlist Round' && one.status === 'success').length;
  for (const [index, key] of ['first', 'second'].entries()) {
    await arrived(key);
    await until('the round', async () => (await rounds()) > index, 30);
  }
  const { emails } = await sent();
  expect(emails.filter((one) => one.subject === 'La fibre est arrivée à votre adresse').map((one) => one.to)).toEqual(['near@example.ca']);
  expect(await erp('Lead', ['email_id', 'status'], [])).toEqual(expect.arrayContaining([{ email_id: 'near@example.ca', status: 'Interested' }, { email_id: 'far@example.ca', status: 'Lead' }]));
}, 90_000);
