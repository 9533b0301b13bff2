import { ErpNext } from '../../../nodes/ErpNext/ErpNext.node.ts';
import { erpnextKeys, startErpnext } from '../../../packages/sandbox/src/erpnext/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context, failed, only, pick, run } from '../support/n8n.ts';

const node = new ErpNext();
const { key: apiKey, secret: apiSecret } = erpnextKeys.runtime;
let world: World;
let site: Awaited<ReturnType<typeof startErpnext>>;
let credentials: Record<string, string>;
let admin: Record<string, string>;
beforeAll(async () => {
  world = new World();
  site = await startErpnext(world);
  credentials = { baseUrl: `${site.url}/`, apiKey, apiSecret };
  admin = { ...credentials, apiKey: erpnextKeys.admin.key, apiSecret: erpnextKeys.admin.secret };
});
afterAll(() => site.close());

const customer = { customer_name: 'Jeanne Tremblay', customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' };
const ensure = (key: string, more: object = {}) => ({ resource: 'document', operation: 'ensure', docType: pick('name', 'Customer'), key, fields: JSON.stringify(customer), ...more });

test('[S1-103] Ensure twice makes one document and says which run made it', async () => {
  const first = await only(node, ensure('ord_1:customer'), credentials);
  const again = await only(node, ensure('ord_1:customer'), credentials);
  expect(first).toMatchObject({ type: 'ensured', doctype: 'Customer', key: 'ord_1:customer', created: true, warnings: [] });
  expect(again).toMatchObject({ created: false, name: first['name'] });
  expect(site.site.docs('Customer').filter((one) => one['leadlight_id'] === 'ord_1:customer')).toHaveLength(1);
});

test('links are written over fields, also inside a child table; an empty one is left out', async () => {
  const { name } = await only(node, ensure('ord_2:customer'), credentials);
  const made = await only(node, {
    resource: 'document', operation: 'ensure', docType: pick('name', 'Service Location'), key: 'ord_2:location',
    fields: { address_line: '12 rue Saint-Jean', city: 'Huntingdon', status: 'Pending Install', connection_type: 'FTTH', customer: 'somebody else' },
    links: { link: [{ field: 'customer', value: name }, { field: 'territory', value: '' }] },
  }, credentials);
  expect(made['doc']).toMatchObject({ customer: name, city: 'Huntingdon' });
});

test('a key that stands for somebody else is refused, with the fields named', async () => {
  await only(node, ensure('ord_3:customer'), credentials);
  const error = await failed(run(node, { items: [ensure('ord_3:customer', { fields: JSON.stringify({ ...customer, customer_name: 'Somebody Else' }), options: { criticalFields: 'customer_name' } })], credentials }));
  expect(error.name).toBe('NodeApiError');
  expect(error.description).toBeTruthy();
});

test('Get Many pages through all rows, and stops at the limit', async () => {
  for (let n = 0; n < 4; n += 1) await only(node, ensure(`ord_4${n}:customer`), credentials);
  const list = { resource: 'document', operation: 'getMany', docType: pick('name', 'Customer'), options: { filters: '[["leadlight_id", "like", "ord_4%"]]', columns: 'name, leadlight_id' } };
  const all = await run(node, { items: [{ ...list, returnAll: true }], credentials });
  expect(all.map(({ json }) => json['leadlight_id']).sort()).toEqual(['ord_40:customer', 'ord_41:customer', 'ord_42:customer', 'ord_43:customer']);
  expect(all.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(true);
  expect(await run(node, { items: [{ ...list, limit: 2 }], credentials })).toHaveLength(2);
});

test('Create, Get by URL, Update and Delete', async () => {
  const made = await only(node, { resource: 'document', operation: 'create', docType: pick('list', 'Customer'), fields: customer, options: { strict: true } }, credentials);
  const name = String(made['name']);
  const url = pick('url', `${site.url}/app/customer/${name}?tab=1`);
  const doc = { resource: 'document', docType: pick('name', 'Customer') };
  expect(await only(node, { ...doc, operation: 'get', documentName: url }, credentials)).toMatchObject({ name, customer_name: 'Jeanne Tremblay' });
  expect(await only(node, { ...doc, operation: 'update', documentName: pick('name', name), fields: '{"customer_name": "Jeanne Roy"}' }, credentials)).toMatchObject({ name, customer_name: 'Jeanne Roy' });
  const stale = await failed(run(node, { items: [{ ...doc, operation: 'update', documentName: pick('name', name), fields: '{"customer_name": "X"}', lock: true, modified: String(made['modified']) }], credentials }));
  expect(stale.message).not.toBe('');
  const remove = { ...doc, operation: 'delete', documentName: pick('name', name) };
  expect((await failed(run(node, { items: [remove], credentials }))).message).toMatch(/PermissionError/);
  expect(await only(node, remove, admin)).toEqual({ deleted: true, existed: true });
  expect(await only(node, remove, admin)).toEqual({ deleted: true, existed: false });
});

test('a bad key says what happened and what to do, and never shows the key', async () => {
  const error = await failed(run(node, { items: [{ resource: 'document', operation: 'get', docType: pick('name', 'Customer'), documentName: pick('name', 'X') }], credentials: { ...credentials, apiSecret: 'wrong-secret-xyz' } }));
  expect(error).toMatchObject({ name: 'NodeApiError', message: expect.stringMatching(/./), description: expect.stringMatching(/./), context: expect.objectContaining({ itemIndex: 0 }) });
  expect(JSON.stringify({ ...error, message: error.message })).not.toContain('wrong-secret-xyz');
});

test('with Continue On Fail one item fails and the others go on, each with its own pair', async () => {
  const get = (name: string) => ({ resource: 'document', operation: 'get', docType: pick('name', 'Customer'), documentName: pick('name', name) });
  const { name } = await only(node, ensure('ord_5:customer'), credentials);
  const out = await run(node, { items: [get('nobody'), get(String(name))], credentials, continueOnFail: true });
  expect(out[0]).toMatchObject({ pairedItem: { item: 0 }, json: { error: expect.any(String), details: { type: 'vendorError', kind: 'notFound', outcome: 'notApplied', hint: expect.any(String) } } });
  expect(out[1]).toMatchObject({ pairedItem: { item: 1 }, json: { name } });
});

test('[S1-103] a lost reply is looked up, not repeated blindly', async () => {
  world.inject({ system: 'erpnext', method: 'POST', path: '/Customer$', kind: 'resetAfter' });
  await only(node, ensure('ord_6:customer'), credentials);
  expect(site.site.docs('Customer').filter((one) => one['leadlight_id'] === 'ord_6:customer')).toHaveLength(1);
});

test('Call runs a method; the credential test finds its user by the same route', async () => {
  expect(await only(node, { resource: 'method', operation: 'call', method: 'frappe.auth.get_logged_user', options: { readOnly: true } }, credentials)).toEqual({ message: erpnextKeys.runtime.user });
});

test('the pickers list DocTypes and documents', async () => {
  const around = context(node, { items: [{ docType: pick('list', 'Customer') }], credentials: admin });
  const { results } = await node.methods.listSearch.searchDocuments.call(around, '');
  expect(results.length).toBeGreaterThan(3);
});

test('[S1-118] Sales Invoice: Ensure keeps an invoice only when ERPNext agrees to the cent', async () => {
  const { name: who } = await only(node, ensure('ord_7:customer'), credentials);
  const items = [{ item_code: 'FTTH150I', qty: 1, rate: 99.95 }];
  const taxes = [{ charge_type: 'On Net Total', account_head: 'TPS à payer - GF', description: 'TPS', rate: 5 }, { charge_type: 'On Net Total', account_head: 'TVQ à payer - GF', description: 'TVQ', rate: 9.975 }];
  const invoice = (key: string, totalMinor: number) => ({
    resource: 'salesInvoice', operation: 'ensure', key, totalMinor, currency: 'CAD',
    fields: { company: 'Gigafibre', currency: 'CAD', set_posting_time: 1, posting_date: '2026-04-09', due_date: '2026-04-09', disable_rounded_total: 1, items, taxes },
    links: { link: [{ field: 'customer', value: who }] },
  });
  expect(await only(node, invoice('ord_7:invoice', 11492), credentials)).toMatchObject({ doctype: 'Sales Invoice', created: true, doc: { docstatus: 1, grand_total: 114.92 } });
  const error = await failed(run(node, { items: [invoice('ord_8:invoice', 11493)], credentials }));
  expect(error.name).toBe('NodeApiError');
  expect(site.site.docs('Sales Invoice').filter((one) => one['leadlight_id'] === 'ord_8:invoice' && one['docstatus'] === 1)).toEqual([]);
});
