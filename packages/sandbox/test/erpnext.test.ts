// What the simulated site does on the wire, where it would surprise (numbers: sections of erp.md).
import http from 'node:http';
import { erpnextKeys, startErpnext, type ErpnextSaved, type ErpnextSite } from '../src/erpnext/index.ts';
import { roundTo } from '../src/erpnext/rounding.ts';
import { World } from '../src/world.ts';

const world = new World('2026-04-01T13:00:00.000Z');
let site: ErpnextSite;
let port: number;
let close: () => Promise<void>;
beforeAll(async () => { ({ site, port, close } = await startErpnext(world)); });
afterAll(() => close());

const admin = `token ${erpnextKeys.admin.key}:${erpnextKeys.admin.secret}`;
interface Reply { status: number; reason: string; type: string; body: any } // eslint-disable-line @typescript-eslint/no-explicit-any
function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, method, path: encodeURI(path), headers: { authorization: admin, 'content-type': 'application/json', ...headers }, agent: false }, (reply) => {
      let text = '';
      reply.on('data', (chunk: Buffer) => (text += chunk.toString()));
      reply.on('end', () => resolve({ status: reply.statusCode!, reason: reply.statusMessage!, type: reply.headers['content-type'] ?? '', body: /json/.test(reply.headers['content-type'] ?? '') ? JSON.parse(text) : text }));
    });
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
const make = async (doctype: string, fields: object) => (await ask('POST', `/api/resource/${doctype}`, fields)).body.data;

describe('1.1 who is asking', () => {
  test.each([
    ['no header is Guest', { authorization: '' }, 403, 'PermissionError'], ['wrong secret', { authorization: `token ${erpnextKeys.admin.key}:x` }, 401, 'AuthenticationError'],
    ['malformed token', { authorization: 'token x' }, 401, 'AuthenticationError'], ['broken base64', { authorization: 'basic %%%' }, 400, 'InvalidAuthorizationToken'],
  ])('%s', async (_, headers, status, excType) => {
    const reply = await ask('GET', '/api/method/frappe.auth.get_logged_user', undefined, headers);
    expect([reply.status, reply.body.exc_type]).toEqual([status, excType]);
  });
  test('basic and any case of the scheme work; a cookie beside a write does not', async () => {
    const basic = `Basic ${Buffer.from(`${erpnextKeys.admin.key}:${erpnextKeys.admin.secret}`).toString('base64')}`;
    for (const authorization of [basic, admin.replace('token', 'TOKEN')]) expect((await ask('GET', '/api/method/frappe.auth.get_logged_user', undefined, { authorization })).status).toBe(200);
    expect((await ask('POST', '/api/resource/Lead', { first_name: 'A' }, { cookie: 'sid=x' })).body.exc_type).toBe('CSRFTokenError');
    expect((await ask('GET', '/api/method/ping', undefined, { authorization: '' })).body).toEqual({ message: 'pong' });
  });
  test('the runtime user may not delete nor touch settings', async () => {
    const authorization = `token ${erpnextKeys.runtime.key}:${erpnextKeys.runtime.secret}`;
    const { name } = await make('Lead', { first_name: 'A' });
    expect((await ask('DELETE', `/api/resource/Lead/${name}`, undefined, { authorization })).status).toBe(403);
    expect((await ask('PUT', '/api/resource/Global Defaults/Global Defaults', { disable_rounded_total: 0 }, { authorization })).status).toBe(403);
  });
});

describe('1.2 documents', () => {
  test('create is 200, delete 202, PATCH and unknown paths are pages, a missing doctype is 404', async () => {
    const made = await ask('POST', '/api/resource/Lead', { first_name: 'Marie', doctype: 'Customer', frist_name: 'typo' });
    expect([made.status, made.body.data.doctype, 'frist_name' in made.body.data]).toEqual([200, 'Lead', false]);
    expect(await ask('DELETE', `/api/resource/Lead/${made.body.data.name}`)).toMatchObject({ status: 202, body: { data: 'ok' } });
    expect(await ask('PATCH', '/api/resource/Lead/X', {})).toMatchObject({ status: 405, type: expect.stringContaining('text/html') });
    expect(await ask('GET', '/nothing')).toMatchObject({ status: 404, type: expect.stringContaining('text/html') });
    expect(await ask('GET', '/api/resource/Nonsense')).toMatchObject({ status: 404, body: { exc_type: 'DoesNotExistError' } });
  });
  test('a list gives twenty names, newest change first, unless told otherwise', async () => {
    const { body } = await ask('GET', '/api/resource/Item');
    expect([body.data.length, Object.keys(body.data[0])]).toEqual([20, ['name']]);
    expect((await ask('GET', '/api/resource/Item?limit=2&order_by=name asc&fields=["item_code as code"]')).body.data).toEqual([{ code: 'ACTTELEP' }, { code: 'ATA' }]);
    expect((await ask('GET', '/api/resource/Item?limit_page_length=0')).body.data.length).toBeGreaterThan(20);
    expect((await ask('GET', '/api/resource/Item?fields=["nope"]')).body).toMatchObject({ exc_type: 'DataError' });
    expect((await ask('GET', '/api/resource/Item?filters=[["nope","=",1]]')).status).toBe(417);
    expect((await ask('GET', '/api/resource/Item Price?fields=["item_code.item_group as g"]&filters={"item_code":"TELE"}')).body.data).toEqual([{ g: 'Télévision' }]);
    expect((await ask('GET', '/api/resource/User?fields=["full_name"]&filters=[["_user_tags","like","%,Installation%"]]&order_by=name asc')).body.data.map((row: { full_name: string }) => row.full_name)).toEqual(['Luc Bergeron', 'Nadia Côté']);
  });
  test('a GET with run_method answers 200 with docstatus 1 and saves nothing; a body hides the query', async () => {
    const { name: customer } = await make('Customer', { customer_name: 'A', customer_type: 'Individual' });
    const { name } = await make('Sales Invoice', { customer, items: [{ item_code: 'FTTH25', qty: 1 }] });
    expect((await ask('GET', `/api/resource/Sales Invoice/${name}?run_method=submit`)).body.data.docstatus).toBe(1);
    expect(site.doc('Sales Invoice', name)['docstatus']).toBe(0);
    expect((await ask('POST', `/api/resource/Sales Invoice/${name}?run_method=submit`, { other: 1 })).status).toBe(405);
    expect((await ask('POST', `/api/resource/Sales Invoice/${name}?run_method=submit`)).body.data.docstatus).toBe(1);
    expect(site.doc('Sales Invoice', name)['docstatus']).toBe(1);
  });
  test('417 with its reason, sentences twice encoded, tracebacks only when on', async () => {
    const reply = await ask('POST', '/api/resource/Service Location', { connection_type: 'Copper', address_line: 'x', city: 'y' });
    expect([reply.status, reply.reason, reply.body.exc_type]).toEqual([417, 'EXPECTATION FAILED', 'ValidationError']);
    expect(JSON.parse(JSON.parse(reply.body._server_messages)[0])).toMatchObject({ message: expect.stringContaining('"FTTH", "FWA", "VoIP Only"'), raise_exception: 1 });
    expect([typeof reply.body.exc, (await ask('GET', '/api/resource/Lead/none')).body.exc]).toEqual(['string', undefined]);
  });
  test('a refused insert gives its number back', async () => {
    const before = (await make('Lead', { first_name: 'A' })).name as string;
    await ask('POST', '/api/resource/Lead', { first_name: 'B', status: 'Nope' });
    expect(Number((await make('Lead', { first_name: 'C' })).name.slice(-5))).toBe(Number(before.slice(-5)) + 1);
  });
  test('unique columns do not tell case and accents apart; blanks never collide', async () => {
    await make('Service Equipment', { equipment_type: 'ONT', serial_number: 'Abc-É1' });
    expect((await ask('POST', '/api/resource/Service Equipment', { equipment_type: 'ONT', serial_number: 'ABC-e1' })).body.exc_type).toBe('UniqueValidationError');
    for (const _ of [1, 2]) expect((await ask('POST', '/api/resource/Service Equipment', { equipment_type: 'ONT', serial_number: '' })).status).toBe(200);
  });
  test('a secret reads back as asterisks, stays when they are written, goes when nothing is', async () => {
    const { name, sip_password } = await make('Service Equipment', { equipment_type: 'Téléphone IP', sip_password: 'hunter2' });
    expect([sip_password, site.secret('Service Equipment', name, 'sip_password')]).toEqual(['*******', 'hunter2']);
    await ask('PUT', `/api/resource/Service Equipment/${name}`, { sip_password: '*******' });
    expect((await ask('POST', '/api/method/frappe.client.get_password', { doctype: 'Service Equipment', name, fieldname: 'sip_password' })).body).toEqual({ message: 'hunter2' });
    await ask('PUT', `/api/resource/Service Equipment/${name}`, { sip_password: '' });
    expect(site.secret('Service Equipment', name, 'sip_password')).toBeUndefined();
  });
  test('set_value with a plain name turns every falsy value into nothing; the dict form keeps it', async () => {
    const { name } = await make('Lead', { first_name: 'A', city: 'X' });
    const set = (fieldname: unknown, value?: unknown) => ask('POST', '/api/method/frappe.client.set_value', { doctype: 'Lead', name, fieldname, value });
    expect((await set('city', false)).body.message.city).toBe('');
    expect((await set({ city: 'Y' })).body.message.city).toBe('Y');
    expect((await ask('GET', `/api/method/frappe.client.set_value?doctype=Lead&name=${name}&fieldname=city&value=Z`)).status).toBe(403);
  });
  test('insert_many is all or nothing', async () => {
    const docs = [{ doctype: 'Lead', first_name: 'M1' }, { doctype: 'Lead', status: 'Lead' }];
    expect((await ask('POST', '/api/method/frappe.client.insert_many', { docs })).status).toBe(417);
    expect(site.docs('Lead').some((row) => row['first_name'] === 'M1')).toBe(false);
  });
});

describe('2 ERPNext’s own ways', () => {
  test('a customer brings a contact; a group is refused; the series counts per year', async () => {
    const made = await make('Customer', { customer_name: 'Jean Tremblay', customer_type: 'Individual', email_id: 'jean@example.ca', mobile_no: '+15145550123' });
    expect(site.doc('Contact', made.customer_primary_contact)).toMatchObject({ first_name: 'Jean', email_id: 'jean@example.ca', mobile_no: '+15145550123' });
    expect((await ask('POST', '/api/resource/Customer', { customer_name: 'B', customer_type: 'Individual', customer_group: 'All Customer Groups' })).status).toBe(417);
    expect(made.name).toMatch(/^CUST-2026-\d{5}$/);
  });
  test('a project name is unique; a task stays within its project and after what it depends on', async () => {
    const project = await make('Project', { project_name: 'Installation ord_1', expected_end_date: '2026-04-30' });
    expect(project.name).toMatch(/^PROJ-\d{4}$/);
    expect((await ask('POST', '/api/resource/Project', { project_name: 'Installation ord_1' })).body.exc_type).toBe('UniqueValidationError');
    const first = await make('Task', { subject: 'Préparer équipement', project: project.name, exp_end_date: '2026-04-20' });
    expect((await ask('POST', '/api/resource/Task', { subject: 'x', project: project.name, exp_end_date: '2026-05-01' })).body.exc_type).toBe('InvalidDates');
    const second = await make('Task', { subject: 'Installation sur site', project: project.name, depends_on: [{ task: first.name }] });
    expect((await ask('PUT', `/api/resource/Task/${second.name}`, { status: 'Completed' })).status).toBe(417);
    for (const name of [first.name, second.name]) expect((await ask('PUT', `/api/resource/Task/${name}`, { status: 'Completed' })).body.data.progress).toBe(100);
    expect(site.doc('Project', project.name)).toMatchObject({ percent_complete: 100, status: 'Completed' });
  });
  test('an invoice without set_posting_time is of today in the site’s zone; the dollar rounds unless told; a negative rate is refused', async () => {
    const { name: customer } = await make('Customer', { customer_name: 'C', customer_type: 'Individual' });
    const taxes = [{ charge_type: 'On Net Total', account_head: 'TPS à payer - GF', description: 'TPS', rate: 5 }, { charge_type: 'On Net Total', account_head: 'TVQ à payer - GF', description: 'TVQ', rate: 9.975 }];
    const bill = await make('Sales Invoice', { customer, posting_date: '2026-01-01', disable_rounded_total: 0, items: [{ item_code: 'FTTH150I', qty: 1 }], taxes });
    expect(bill).toMatchObject({ posting_date: '2026-04-01', net_total: 99.95, total_taxes_and_charges: 14.97, grand_total: 114.92, rounded_total: 115, outstanding_amount: 115 });
    expect((await ask('POST', '/api/resource/Sales Invoice', { customer, items: [{ item_code: 'RAB2X', qty: 1, rate: -5 }] })).status).toBe(417);
    const less = await make('Sales Invoice', { customer, disable_rounded_total: 1, apply_discount_on: 'Net Total', discount_amount: 5, items: [{ item_code: 'FTTH80I', qty: 1 }, { item_code: 'TVBSTANDARD', qty: 1 }], taxes });
    expect(less).toMatchObject({ total: 109.95, net_total: 104.95, grand_total: 120.67, outstanding_amount: 120.67 });
  });
  test('a credit note takes from its invoice; cancelling an invoice frees its payment', async () => {
    const { name: party } = await make('Customer', { customer_name: 'D', customer_type: 'Individual' });
    const bill = await make('Sales Invoice', { customer: party, docstatus: 1, items: [{ item_code: 'FTTH25', qty: 1 }] });
    const unsaved = (await ask('POST', '/api/method/erpnext.accounts.doctype.sales_invoice.sales_invoice.make_sales_return', { source_name: bill.name })).body.message;
    const note = await make('Sales Invoice', { ...unsaved, update_outstanding_for_self: 0, docstatus: 1 });
    expect([note.name.slice(0, 13), note.grand_total, site.doc('Sales Invoice', bill.name)['outstanding_amount']]).toEqual(['ACC-SINV-RET-', -49.95, 0]);
    const other = await make('Sales Invoice', { customer: party, docstatus: 1, items: [{ item_code: 'FTTH25', qty: 1 }] });
    const pay = (await ask('POST', '/api/method/erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry', { dt: 'Sales Invoice', dn: other.name, bank_account: 'Stripe Clearing - GF' })).body.message;
    expect((await ask('POST', '/api/resource/Payment Entry', pay)).status).toBe(417);
    const paid = await make('Payment Entry', { ...pay, reference_no: 'pi_1', reference_date: '2026-04-01', docstatus: 1 });
    expect(site.doc('Sales Invoice', other.name)).toMatchObject({ outstanding_amount: 0, status: 'Paid' });
    await ask('PUT', `/api/resource/Sales Invoice/${other.name}`, { docstatus: 2 });
    expect(site.doc('Payment Entry', paid.name)).toMatchObject({ references: [], unallocated_amount: 49.95 });
  });
  test('of a credit note only day, rate and account are checked: more than was sold, and nobody minds', async () => {
    const [{ name: party }, { name: other }] = [await make('Customer', { customer_name: 'F', customer_type: 'Individual' }), await make('Customer', { customer_name: 'G', customer_type: 'Individual' })];
    const bill = await make('Sales Invoice', { customer: party, docstatus: 1, items: [{ item_code: 'FTTH25', qty: 1 }] });
    const back = (more: object) => ask('POST', '/api/resource/Sales Invoice', { customer: party, is_return: 1, return_against: bill.name, update_outstanding_for_self: 0, items: [{ item_code: 'FTTH25', qty: -1, rate: 49.95 }], ...more });
    expect((await back({ items: [{ item_code: 'FTTH25', qty: 1 }] })).status).toBe(417);
    expect((await back({ set_posting_time: 1, posting_date: '2026-03-31', due_date: '2026-03-31' })).body._server_messages).toContain('Posting timestamp must be after');
    expect((await back({ conversion_rate: 2 })).body._server_messages).toContain('Exchange Rate must be same');
    expect((await back({ debit_to: 'Ventes - GF' })).body._server_messages).toContain('same account');
    expect((await back({ customer: other, items: [{ item_code: 'FTTH1500I', qty: -9, rate: 500 }] })).status).toBe(200);
  });
  test('the balance a credit note changes is chosen by the total that was sent; asked to keep its own it says how to change that', async () => {
    const { name: party } = await make('Customer', { customer_name: 'H', customer_type: 'Individual' });
    const bill = await make('Sales Invoice', { customer: party, docstatus: 1, items: [{ item_code: 'FTTH25', qty: 1 }] });
    const back = (more: object) => ask('POST', '/api/resource/Sales Invoice', { customer: party, is_return: 1, return_against: bill.name, update_outstanding_for_self: 0, items: [{ item_code: 'FTTH25', qty: -2, rate: 49.95 }], ...more });
    const [silent, told, kept] = [await back({}), await back({ grand_total: -99.9 }), await back({ update_outstanding_for_self: 1 })];
    expect([silent, told, kept].map(({ body }) => [body.data.update_outstanding_for_self, '_server_messages' in body])).toEqual([[0, false], [1, true], [1, true]]);
    expect((await ask('PUT', `/api/resource/Sales Invoice/${silent.body.data.name}`, { docstatus: 1 })).body.data.update_outstanding_for_self).toBe(1);
    expect(site.doc('Sales Invoice', bill.name)['outstanding_amount']).toBe(49.95);
  });
  test('a credited invoice is not cancelled; cancelling its credit note gives the balance back', async () => {
    const { name: customer } = await make('Customer', { customer_name: 'I', customer_type: 'Individual' });
    const bill = await make('Sales Invoice', { customer, docstatus: 1, items: [{ item_code: 'FTTH25', qty: 1 }] });
    const note = await make('Sales Invoice', { customer, docstatus: 1, is_return: 1, return_against: bill.name, update_outstanding_for_self: 0, items: [{ item_code: 'FTTH25', qty: -1, rate: 49.95 }] });
    expect(site.doc('Sales Invoice', bill.name)).toMatchObject({ outstanding_amount: 0, status: 'Credit Note Issued' });
    expect((await ask('PUT', `/api/resource/Sales Invoice/${bill.name}`, { docstatus: 2 })).body.exc_type).toBe('LinkExistsError');
    expect(site.doc('Sales Invoice', bill.name)['docstatus']).toBe(1);
    await ask('PUT', `/api/resource/Sales Invoice/${note.name}`, { docstatus: 2 });
    expect(site.doc('Sales Invoice', bill.name)).toMatchObject({ outstanding_amount: 49.95, status: 'Unpaid' });
    expect((await ask('PUT', `/api/resource/Sales Invoice/${bill.name}`, { docstatus: 2 })).body.data.docstatus).toBe(2);
  });
  test('files are served past the API: refusals are pages; a print is bytes, its refusals are not', async () => {
    const { name } = await make('Lead', { first_name: 'A' });
    site.put('File', { file_name: 'x.png', file_url: '/private/files/x.png', is_private: 1, attached_to_doctype: 'Lead', attached_to_name: name });
    expect(await ask('GET', '/private/files/x.png', undefined, { authorization: '' })).toMatchObject({ status: 403, type: expect.stringContaining('text/html') });
    expect(await ask('GET', '/private/files/x.png')).toMatchObject({ status: 404, type: expect.stringContaining('text/html') });
    const print = (of: string) => `/api/method/frappe.utils.print_format.download_pdf?doctype=Lead&name=${of}`;
    expect(await ask('GET', print(name))).toMatchObject({ status: 200, type: 'application/pdf', body: expect.stringMatching(/^%PDF-1\.4[\s\S]*%%EOF\n$/) });
    expect(await ask('GET', print('none'))).toMatchObject({ status: 404, body: { exc_type: 'DoesNotExistError' } });
    expect((await ask('GET', print(name), undefined, { authorization: '' })).status).toBe(403);
  });
  test('who has a document on the list keeps it, and is named; a tag comes and goes', async () => {
    const { name } = await make('Issue', { subject: 'A' });
    const assign = () => ask('POST', '/api/method/frappe.desk.form.assign_to.add', { assign_to: '["luc@gigafibre.example"]', doctype: 'Issue', name });
    expect('_server_messages' in (await assign()).body).toBe(false);
    const again = await assign();
    expect([again.body.message.length, again.body._server_messages.includes('Already in the following Users ToDo list')]).toEqual([1, true]);
    for (const [method, tags] of [['add_tag', ',VIP'], ['remove_tag', '']]) {
      await ask('POST', `/api/method/frappe.desk.doctype.tag.tag.${method}`, { tag: 'VIP', dt: 'Issue', dn: name });
      expect(site.doc('Issue', name)['_user_tags']).toBe(tags);
    }
  });
  test('doctypes are offered to everybody with a key and listed to System Managers alone', async () => {
    const authorization = `token ${erpnextKeys.runtime.key}:${erpnextKeys.runtime.secret}`;
    const search = await ask('GET', '/api/method/frappe.desk.search.search_link?doctype=DocType&txt=service&filters={"istable":0}', undefined, { authorization });
    expect(search.body.message.map(({ value }: { value: string }) => value)).toEqual(['Service Equipment', 'Service Location', 'Service Subscription']);
    expect((await ask('GET', '/api/resource/DocType', undefined, { authorization })).status).toBe(403);
    expect((await ask('GET', '/api/method/frappe.desk.search.search_link?doctype=DocType&txt=s', undefined, { authorization: '' })).status).toBe(403);
  });
  test('a saved document is told to the world once, a refused or read one never', async () => {
    const heard: string[] = [];
    world.on<ErpnextSaved>('erpnext.saved', ({ doctype, event }) => void heard.push(`${doctype} ${event}`));
    await make('Lead', { first_name: 'E' });
    await ask('POST', '/api/resource/Lead', {});
    await ask('GET', '/api/resource/Lead');
    expect(heard).toEqual(['Lead after_insert', 'Lead on_update']);
  });
});

test.each([
  [2.505, 2.51, 2.5, 2.51], [-2.505, -2.51, -2.5, -2.5], [2.515, 2.52, 2.52, 2.52], [9.9700125, 9.97, 9.97, 9.97], [-0.001, 0, 0, 0],
])('2.8 rounding %d: commercial %d, banker’s %d, legacy %d', (value, commercial, bankers, legacy) => {
  expect([roundTo(value, 2, 'Commercial Rounding'), roundTo(value, 2, "Banker's Rounding"), roundTo(value, 2, "Banker's Rounding (legacy)")]).toEqual([commercial, bankers, legacy]);
});
