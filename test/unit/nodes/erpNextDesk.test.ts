// Assign, tags, Get by Filter, Ensure Many, filters as a form, fields one by one, the lock, pickers: the ERPNext node against the sandbox.
import { ErpNext } from '../../../nodes/ErpNext/ErpNext.node.ts';
import { erpnextKeys, startErpnext } from '../../../packages/sandbox/src/erpnext/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context, failed, only, pick, run } from '../support/n8n.ts';

const node = new ErpNext();
let site: Awaited<ReturnType<typeof startErpnext>>;
let credentials: Record<string, string>;
beforeAll(async () => {
  site = await startErpnext(new World());
  credentials = { baseUrl: site.url, apiKey: erpnextKeys.runtime.key, apiSecret: erpnextKeys.runtime.secret };
});
afterAll(() => site.close());

const person = { customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' };
const customer = (customer_name: string, more: object = {}) => site.site.put('Customer', { ...person, customer_name, ...more }).name;
const at = (docType: string, name: string) => ({ resource: 'document', docType: pick('name', docType), documentName: pick('name', name) });
const filters = (...filter: readonly [string, string, string?][]) => ({ filter: filter.map(([field, operator, value = '']) => ({ field, operator, value })) });

test('Assign puts a document on lists once; Add Tag and Remove Tag give the tags it has then', async () => {
  const name = customer('Assigned');
  const assign = { ...at('Customer', name), operation: 'assign', users: 'luc@gigafibre.example, nadia@gigafibre.example', options: { description: 'Call back', priority: 'High' } };
  expect(await only(node, assign, credentials)).toMatchObject({ assigned: [{ user: 'luc@gigafibre.example', created: true }, { user: 'nadia@gigafibre.example', created: true }] });
  expect(await only(node, assign, credentials)).toMatchObject({ assigned: [{ created: false }, { created: false }] });
  expect(await only(node, { ...at('Customer', name), operation: 'addTag', tag: 'VIP' }, credentials)).toEqual({ tags: ['VIP'] });
  expect(await only(node, { ...at('Customer', name), operation: 'removeTag', tag: 'VIP' }, credentials)).toEqual({ tags: [] });
});

test('Get by Filter reads the one that matches, whole; none and several are told', async () => {
  const [one] = [customer('Filter One', { website: 'https://f.example' }), customer('Filter Two', { website: 'https://f.example' })];
  const find = (conditions: object, more: object = {}) => ({ resource: 'document', operation: 'getByFilter', docType: pick('name', 'Customer'), conditions, ...more });
  expect(await only(node, find(filters(['customer_name', '=', 'Filter One'])), credentials)).toMatchObject({ name: one, website: 'https://f.example' });
  expect(await only(node, find({}, { options: { filters: [['customer_name', '=', 'Filter One']] } }), credentials)).toMatchObject({ name: one });
  expect((await failed(run(node, { items: [find(filters(['website', '=', 'https://f.example']))], credentials }))).message).toContain('More than one');
  expect(await only(node, find(filters(['website', '=', 'https://f.example']), { options: { firstBy: 'creation asc' } }), credentials)).toMatchObject({ name: one });
  expect((await failed(run(node, { items: [find(filters(['customer_name', '=', 'Nobody']))], credentials }))).message).toContain('No Customer matches');
  expect(await only(node, find(filters(['customer_name', '=', 'Nobody']), { whenNone: 'answer' }), credentials)).toEqual({ found: false });
});

test('[erp-7] filters as a form: lists, ranges, patterns, set and not set, trees; Any Of beside them', async () => {
  const names = ['Form A', 'Form B', 'Form C'].map((name, n) => customer(name, n === 0 ? { website: 'https://a.example' } : {}));
  const hit = async (...conditions: readonly [string, string, string?][]) => (await run(node, { items: [{ resource: 'document', operation: 'getMany', docType: pick('name', 'Customer'), conditions: filters(['customer_name', 'like', 'Form %'], ...conditions), options: { orderBy: 'name asc' } }], credentials })).map(({ json }) => names.indexOf(String(json['name'])));
  expect(await hit()).toEqual([0, 1, 2]);
  expect(await hit(['customer_name', 'in', 'Form A, Form C'])).toEqual([0, 2]);
  expect(await hit(['customer_name', 'not in', 'Form A,Form C'])).toEqual([1]);
  expect(await hit(['creation', 'between', '2020-01-01, 2099-12-31'])).toEqual([0, 1, 2]);
  expect(await hit(['website', 'set'])).toEqual([0]);
  expect(await hit(['website', 'not set'])).toEqual([1, 2]);
  expect(await hit(['territory', 'descendants of', 'All Territories'])).toEqual([0, 1, 2]);
  expect(await hit(['', '=', 'an empty row is passed over'])).toEqual([0, 1, 2]);
  const any = { resource: 'document', operation: 'getMany', docType: pick('name', 'Customer'), options: { anyOf: [['customer_name', '=', 'Form A'], ['customer_name', '=', 'Form B']] } };
  expect(await run(node, { items: [any], credentials })).toHaveLength(2);
  expect(await only(node, { resource: 'document', operation: 'count', docType: pick('name', 'Customer'), conditions: filters(['customer_name', 'like', 'Form %']) }, credentials)).toEqual({ count: 3 });
});

test('[erp-30] Ensure Many makes one for each key, and none on the second run', async () => {
  const rows = Array.from({ length: 3 }, (_one, n) => ({ key: `import:${n}`, fields: { ...person, customer_name: `Import ${n}` } }));
  const many = { resource: 'document', operation: 'ensureMany', docType: pick('name', 'Customer'), rows };
  expect((await run(node, { items: [many], credentials })).map(({ json }) => json['created'])).toEqual([true, true, true]);
  expect((await run(node, { items: [many], credentials })).map(({ json }) => json['created'])).toEqual([false, false, false]);
  expect((await failed(run(node, { items: [{ ...many, rows: [{ customer_name: 'x' }] }], credentials }))).message).toContain('key and fields');
});

test('[erp-15] with the lock on, an update of what somebody saved since is refused; with it off the last one wins', async () => {
  const name = customer('Locked');
  const update = (more: object) => ({ ...at('Customer', name), operation: 'update', fields: { website: 'https://mine.example' }, ...more });
  const { modified } = site.site.doc('Customer', name);
  site.site.patch('Customer', name, { website: 'https://theirs.example' });
  const [out] = await run(node, { items: [update({ lock: true, modified })], credentials, continueOnFail: true });
  expect(out!.json).toMatchObject({ details: { kind: 'conflict', detail: { stale: true, excType: 'TimestampMismatchError' } } });
  expect(site.site.doc('Customer', name)['website']).toBe('https://theirs.example');
  expect(await only(node, update({ lock: true, modified: site.site.doc('Customer', name)['modified'] }), credentials)).toMatchObject({ website: 'https://mine.example' });
  expect(await only(node, update({}), credentials)).toMatchObject({ website: 'https://mine.example' });
  // The lock without what was read would be no lock.
  expect((await failed(run(node, { items: [update({ lock: true, modified: '' })], credentials }))).message).toContain("'Modified'");
});

test('Create submits in the same request when told; a refusal leaves no draft and says all that ERPNext said', async () => {
  const who = customer('Submitted');
  const create = (items: object[]) => ({ resource: 'document', operation: 'create', docType: pick('name', 'Sales Invoice'), fields: { customer: who, disable_rounded_total: 1, items }, options: { submit: true } });
  expect(await only(node, create([{ item_code: 'FTTH150I', qty: 1 }]), credentials)).toMatchObject({ docstatus: 1 });
  const [out] = await run(node, { items: [create([{ item_code: 'NO-SUCH', qty: 1 }])], credentials, continueOnFail: true });
  expect(out).toMatchObject({ pairedItem: { item: 0 }, json: { details: { kind: 'rejectedInput', detail: { excType: 'LinkValidationError', messages: [expect.stringMatching(/^Could not find .*NO-SUCH$/)], missingLinks: [{ path: 'items[0].item_code', value: 'NO-SUCH' }] } } } });
  expect(site.site.docs('Sales Invoice').filter((one) => one['customer'] === who)).toHaveLength(1);
});

test('[erp-36] fields one by one, with the types of the form, which needs no System Manager', async () => {
  const around = context(node, { items: [{ resource: 'document', operation: 'create', docType: pick('list', 'Service Subscription') }], credentials });
  const { fields } = await node.methods.resourceMapping.documentFields.call(around);
  const of = (id: string) => fields.find((field) => field.id === id);
  expect([of('qty')?.type, of('status')?.type, of('customer')?.type, of('customer')?.required, of('status')?.required]).toEqual(['number', 'options', 'string', true, false]);
  expect(of('status')?.options?.map(({ value }) => value)).toEqual(['Pending', 'Active', 'Suspended', 'Cancelled']);
  expect(fields.some(({ id }) => id.startsWith('sb_'))).toBe(false);
  const job = await node.methods.resourceMapping.documentFields.call(context(node, { items: [{ resource: 'document', operation: 'update', docType: pick('list', 'Dispatch Job') }], credentials }));
  expect(job.fields.find(({ id }) => id === 'required_tags')).toMatchObject({ type: 'array', required: false });
  expect(job.fields.find(({ id }) => id === 'contact_me')?.type).toBe('boolean');
  expect((await node.methods.resourceMapping.documentFields.call(context(node, { items: [{ operation: 'create', docType: pick('list', '') }], credentials }))).fields).toEqual([]);
  const who = customer('Mapped');
  const made = await only(node, {
    resource: 'document', operation: 'create', docType: pick('name', 'Service Location'), fieldsMode: 'below',
    mappedFields: { mappingMode: 'defineBelow', value: { address_line: '12 rue Saint-Jean', city: 'Huntingdon', connection_type: 'FTTH', olt_port: 0, unit: null } }, links: { link: [{ field: 'customer', value: who }] }, options: { strict: true },
  }, credentials);
  expect(made).toMatchObject({ customer: who, olt_port: 0, city: 'Huntingdon' });
});

test('[erp-36] the pickers work for a user without System Manager', async () => {
  const around = (more: Record<string, unknown>) => context(node, { items: [more], credentials });
  const { results } = await node.methods.listSearch.searchDocTypes.call(around({}), 'Service');
  expect(results.map(({ value }) => value)).toEqual(['Service Equipment', 'Service Location', 'Service Subscription']);
  const put = (more: object) => site.site.put('Sales Invoice', { customer: customer('Picked'), items: [{ item_code: 'FTTH150I', qty: 1 }], ...more }).name;
  const [draft, sent] = [put({}), put({ docstatus: 1 })];
  const invoices = (await node.methods.listSearch.searchInvoices.call(around({}), '')).results.map(({ value }) => value);
  expect([invoices.includes(sent), invoices.includes(draft)]).toEqual([true, false]);
});

test('[erp-28] Site: Check says who, which versions, and what to put right', async () => {
  const check = (masters: object) => only(node, { resource: 'site', operation: 'check', options: { masters } }, credentials);
  expect(await check({ Item: ['FTTH150I'] })).toEqual({ fit: true, user: erpnextKeys.runtime.user, versions: { frappe: '15.44.0', erpnext: '15.22.0' }, findings: [] });
  site.site.configure('Global Defaults', 'disable_rounded_total', 0);
  expect(await check({ Item: ['NO-SUCH'] })).toMatchObject({ fit: false, findings: [{ code: 'roundedTotals', hint: expect.any(String) }, { code: 'missing', message: 'Item "NO-SUCH" is missing.' }] });
});
