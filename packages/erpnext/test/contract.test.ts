// The behaviours a client may rely on (erp.md section 8), against the sandbox always and a real site when LEADLIGHT_ERPNEXT_URL,
// _KEY and _SECRET are given. Faults are injected on the sandbox only. Money and network faults: contract-*.test.ts.
import { authorization, isDuplicate, isStale, siteUrl } from '../src/index.ts';
import { bench, customer, failure, invoice, onSandbox, person, type Bench } from './site.ts';

let b: Bench;
beforeAll(async () => { b = await bench(); });
afterAll(() => b.close());
// Sites of single tests, closed also when the test fails.
const own: Bench[] = [];
afterEach(async () => { for (const one of own.splice(0)) await one.close(); });
const another = async () => { const one = await bench(); own.push(one); return one; };
const place = (who: string) => ({ customer: who, address_line: '123 rue Principale', city: 'Saint-Anicet', postal_code: 'J0S 1M0', connection_type: 'FTTH', fibre_id: 'F-1001', olt_name: 'OLT-A', olt_ip: '10.0.0.2', olt_frame: 0, olt_slot: 1, olt_port: 5, ont_id: 3, status: 'Pending Install' });

describe('who is asking', () => {
  test('[erp-1] a wrong key is unauthorised, asked once, and no secret is in the error', async () => {
    const before = b.sent.length;
    const error = await failure(b.client({ authorization: 'token wrong:s3cr3t-value' }).whoami());
    expect(error).toMatchObject({ kind: 'unauthorised', status: 401, outcome: 'notApplied' });
    expect(b.sent.length - before).toBe(1);
    expect(JSON.stringify(error)).not.toContain('s3cr3t-value');
    expect(b.sent.every((request) => !Object.keys(request.headers ?? {}).some((name) => /cookie/i.test(name)))).toBe(true);
  });
  test('[erp-1] the key pair answers as its user; ping and versions read', async () => {
    expect(await b.erp.ping()).toBe('pong');
    expect(await b.erp.whoami()).toMatch(/@|Administrator/);
    expect((await b.erp.versions())['frappe']).toMatch(/^\d+\./);
  });
  test('[erp-2] a blank or broken key is refused before anything is sent', () => {
    for (const [key, secret] of [['', 's'], ['k', ' '], ['k', 's\n'], ['k:x', 's']] as const) expect(() => authorization(key, secret)).toThrow(expect.objectContaining({ kind: 'unauthorised' }));
    expect(authorization('k', 's')).toBe('token k:s');
  });
  test('[erp-2] without a key one is Guest: 403 that points at the missing header as well', async () => {
    const error = await failure(b.client({ authorization: null }).whoami());
    expect(error).toMatchObject({ kind: 'unauthorised', status: 403 });
    expect(error.hint).toMatch(/Authorization/);
  });
  onSandbox('[erp-2] a right that is lacking reads as permission', async () => {
    const { name } = (await b.erp.documents.create('Lead', { first_name: 'Léa' })).doc;
    expect(await failure(b.erp.documents.delete('Lead', name))).toMatchObject({ kind: 'unauthorised', status: 403, detail: { permission: true } });
  });
  test('[erp-4] the base address is read as people type it', () => {
    expect(siteUrl('erp.example.ca/')).toBe('https://erp.example.ca');
    expect(siteUrl('http://10.0.0.5:8000/erp//')).toBe('http://10.0.0.5:8000/erp');
    expect(siteUrl('https://erp.example.ca/app/customer')).toBe('https://erp.example.ca');
    for (const bad of ['ftp://x', 'https://user:pw@x', 'not a url', '']) expect(() => siteUrl(bad)).toThrow(expect.objectContaining({ kind: 'rejectedInput' }));
  });
});

describe('reading', () => {
  onSandbox('[erp-3] names with slash, hash, question mark, percent and accents come back the same', async () => {
    const name = 'A/B #1?x%é';
    b.site.put('Item', { item_code: name, item_group: 'Internet', stock_uom: 'Nos', is_stock_item: 0 });
    expect((await b.erp.documents.get('Item', name)).name).toBe(name);
    expect(b.sent.at(-1)?.path).toBe('/api/resource/Item/A%2FB%20%231%3Fx%25%C3%A9');
    expect(await failure(b.erp.documents.get('Item', ''))).toMatchObject({ kind: 'rejectedInput' });
  });
  test('[erp-5] a list says its fields, order and size', async () => {
    expect((await b.erp.documents.list('Item', { fields: ['name', 'item_group'], filters: [['item_code', '=', 'FTTH150I']] }))[0]).toEqual({ name: 'FTTH150I', item_group: 'Internet' });
    expect(b.sent.at(-1)?.query).toMatchObject({ fields: '["name","item_group"]', order_by: 'creation asc, name asc', limit_page_length: 100, limit_start: 0 });
  });
  onSandbox.each([[1000], [1001], [2500]])('[erp-6] listAll gives each of %i rows once, while rows come and change meanwhile', async (size) => {
    const it = await another();
    for (let n = 0; n < size; n += 1) it.site.put('Service Location', { address_line: `rue ${n}`, city: 'X', connection_type: 'FTTH', unit: String(size) });
    const names = new Set<unknown>();
    let seen = 0;
    let first = '';
    for await (const row of it.erp.documents.listAll('Service Location', { filters: [['unit', '=', String(size)]], limit: 250 })) {
      names.add(row['name']);
      first ||= String(row['name']);
      seen += 1;
      if (seen === 300) {
        it.site.patch('Service Location', first, { city: 'Y' });
        it.site.put('Service Location', { address_line: 'new', city: 'X', connection_type: 'FTTH', unit: String(size) });
      }
    }
    expect([seen, names.size]).toEqual([size + 1, size + 1]);
  }, 30_000);
  onSandbox('[erp-6] a page that never leaves one instant is walked to its end', async () => {
    const it = await another();
    for (let n = 0; n < 25; n += 1) it.site.patch('Service Location', it.site.put('Service Location', { address_line: `rue ${n}`, city: 'X', connection_type: 'FTTH' }).name, { creation: '2026-01-01 00:00:00.000000' });
    const names: unknown[] = [];
    for await (const row of it.erp.documents.listAll('Service Location', { limit: 10 })) names.push(row['name']);
    expect([names.length, new Set(names).size]).toEqual([25, 25]);
  });
  test('[erp-7] filters on a doctype with a space, and every kind of operator', async () => {
    const who = await customer(b);
    const { name } = await b.erp.documents.ensure('Service Location', b.key('location'), { ...place(who), max_speed_mbps: 150 });
    const hit = async (...filter: never[]) => (await b.erp.documents.list('Service Location', { filters: [['customer', '=', who], ...filter] })).length;
    for (const filter of [
      ['city', 'like', 'Saint-%'], ['status', 'in', ['Active', 'Pending Install']], ['max_speed_mbps', 'between', [100, 200]], ['fibre_id', 'is', 'set'], ['unit', 'is', 'not set'],
      ['creation', '>=', '2020-01-01'], ['status', '!=', 'Active'], ['Service Location', 'city', '=', 'Saint-Anicet'],
    ]) expect([filter, await hit(filter as never)]).toEqual([filter, 1]);
    for (const filter of [['city', 'not like', 'Saint-%'], ['status', 'not in', ['Pending Install']], ['fibre_id', 'is', 'not set']]) expect(await hit(filter as never)).toBe(0);
    expect(name).toMatch(/^SLOC-\d{4}-/);
    expect((await b.erp.documents.list('Customer', { filters: [['customer_group', 'descendants of', 'All Customer Groups'], ['name', '=', who]] })).length).toBe(1);
    expect(await b.erp.documents.count('Service Location', [['customer', '=', who]])).toBe(1);
  });
  test('[erp-7] a long filter goes by POST', async () => {
    const names = ['FTTH150I', ...Array.from({ length: 200 }, (_, n) => `NO-SUCH-ITEM-${n}`)];
    expect(await b.erp.documents.list('Item', { filters: [['name', 'in', names]] })).toEqual([{ name: 'FTTH150I' }]);
    expect(b.sent.at(-1)).toMatchObject({ method: 'POST', path: '/api/method/frappe.client.get_list' });
  });
  test('[erp-36] fields are read without System Manager', async () => {
    const [job, ...children] = await b.erp.fields('Dispatch Job');
    expect(job?.fields.find((field) => field.fieldname === 'preferred_dates')).toMatchObject({ fieldtype: 'Table', options: 'Dispatch Job Date' });
    expect(children.map((child) => child.name)).toContain('Dispatch Job Date');
  });
});

describe('writing', () => {
  test('[erp-8] created documents come back whole under the name of their series', async () => {
    const made = await b.erp.documents.create('Customer', { ...person(2), leadlight_id: b.key('customer'), legacy_customer_id: null });
    expect(made.doc.name).toMatch(/^CUST-\d{4}-\d{5}$/);
    expect(made.warnings).toEqual([]);
    const location = await b.erp.documents.create('Service Location', { ...place(made.doc.name), leadlight_id: b.key('location') });
    expect(location.doc).toMatchObject({ customer: made.doc.name, olt_slot: 1, status: 'Pending Install', province: 'QC' });
  });
  test('[erp-9] a misspelt field is a warning, and an error when strict', async () => {
    const { warnings } = await b.erp.documents.create('Lead', { first_name: 'Zoé', intrest: 'Fibre Waitlist' });
    expect(warnings).toEqual([expect.stringContaining('intrest')]);
    expect(await failure(b.erp.documents.create('Lead', { first_name: 'Zoé', intrest: 'x' }, { strict: true }))).toMatchObject({ kind: 'rejectedInput', outcome: 'applied', detail: { unknownFields: ['intrest'] } });
  });
  test('[erp-10] a taken unique value is a duplicate in both shapes, 409 and 417', async () => {
    const key = b.key('customer');
    await b.erp.documents.create('Customer', { ...person(3), leadlight_id: key });
    const unique = await failure(b.erp.documents.create('Customer', { ...person(3), leadlight_id: key }));
    expect(unique).toMatchObject({ kind: 'conflict', status: 417, detail: { excType: 'UniqueValidationError' } });
    const email = `${key.replace(/\W/g, '')}@example.ca`;
    await b.erp.documents.create('Lead', { first_name: 'Marie', email_id: email });
    const twin = await failure(b.erp.documents.create('Lead', { first_name: 'Marie', email_id: email.toUpperCase() }));
    expect(twin).toMatchObject({ kind: 'conflict', status: 409, detail: { excType: 'DuplicateEntryError' } });
    expect([isDuplicate(unique), isDuplicate(twin), isStale(twin)]).toEqual([true, true, false]);
    expect(JSON.stringify(twin).toLowerCase()).not.toContain(email.toLowerCase());
  });
  test('[erp-15] a stale save is a conflict; updateWithRetry reads again and wins, microseconds kept', async () => {
    const { doc } = await b.erp.documents.create('Service Location', place(await customer(b)));
    expect(doc.modified).toMatch(/\.\d{6}$/);
    await b.erp.documents.update('Service Location', doc.name, { city: 'Ormstown' }, { modified: doc.modified });
    const error = await failure(b.erp.documents.update('Service Location', doc.name, { city: 'Huntingdon' }, { modified: doc.modified }));
    expect([error.status, isStale(error)]).toEqual([417, true]);
    let tries = 0;
    const { doc: after } = await b.erp.documents.updateWithRetry('Service Location', doc.name, (now) => ({ notes: `${String(now['city'])} ${(tries += 1)}` }));
    expect([after['city'], after['notes']]).toEqual(['Ormstown', 'Ormstown 1']);
  });
  onSandbox('[erp-15] updateWithRetry meets two savers in between and still lands; the third gives up', async () => {
    const { doc } = await b.erp.documents.create('Service Location', place(await customer(b)));
    let meddle = 2;
    const change = () => { if (meddle-- > 0) b.site.patch('Service Location', doc.name, { unit: String(meddle) }); return { city: 'Ormstown' }; };
    expect((await b.erp.documents.updateWithRetry('Service Location', doc.name, change)).doc['city']).toBe('Ormstown');
    meddle = 3;
    expect(isStale(await failure(b.erp.documents.updateWithRetry('Service Location', doc.name, change)))).toBe(true);
  });
  test('[erp-16] rows of a table keep their names; what is not mentioned stays; a raw update replaces all', async () => {
    const who = await customer(b);
    const { name: location } = await b.erp.documents.ensure('Service Location', b.key('location'), place(who));
    const { name, doc } = await b.erp.documents.ensure('Dispatch Job', b.key('dispatch'), {
      customer: who, service_location: location, required_tags: [{ tag: 'Fibre' }, { tag: 'Installation' }], preferred_dates: [{ preferred_date: '2026-04-08', period: 'AM', rank: 1 }],
      equipment_list: [{ equipment_type: 'ONT' }, { equipment_type: 'Deco' }], notes: 'FTTH 150M',
    });
    const rows = doc['equipment_list'] as { name: string }[];
    const { doc: after } = await b.erp.documents.updateRows('Dispatch Job', name, 'equipment_list', (now) => now.filter((row) => row['equipment_type'] !== 'Deco').map((row) => ({ ...row, serial_number: 'TPLG1', scanned: 1 })));
    expect(after['equipment_list']).toEqual([expect.objectContaining({ name: rows[0]!.name, serial_number: 'TPLG1', scanned: 1 })]);
    expect(after['required_tags']).toHaveLength(2);
    const { doc: raw } = await b.erp.documents.update('Dispatch Job', name, { required_tags: [{ tag: 'VoIP' }] });
    expect((raw['required_tags'] as { tag: string }[]).map((row) => row.tag)).toEqual(['VoIP']);
  });
  test('[erp-28] a missing link, a wrong choice and a missing field are named; nothing is left behind', async () => {
    const who = await customer(b);
    const link = await failure(b.erp.documents.create('Service Subscription', { customer: who, service_location: 'SLOC-1999-00001', service_type: 'Internet', item: 'FTTH999', rate: 1 }));
    expect(link).toMatchObject({ kind: 'rejectedInput', status: 417, detail: { excType: 'LinkValidationError', missingLinks: [{ path: 'service_location', value: 'SLOC-1999-00001' }, { path: 'item', value: 'FTTH999' }] } });
    expect(await failure(b.erp.documents.create('Lead', { first_name: 'A', type: 'Enterprise' }))).toMatchObject({ kind: 'rejectedInput', detail: { excType: 'ValidationError' } });
    const blank = await failure(b.erp.documents.create('Service Location', { customer: who, connection_type: 'FTTH' }));
    expect(blank.detail).toMatchObject({ excType: 'MandatoryError', fields: ['address_line', 'city'] });
    expect(await b.erp.documents.count('Service Subscription', [['customer', '=', who]])).toBe(0);
  });
  onSandbox('[erp-28] the doctor names what a fresh site lacks, and is silent on a fit one', async () => {
    const masters = { Item: ['FTTH150I', 'NO-SUCH'], Account: ['TPS à payer - GF'], 'Customer Group': ['Résidentiel'] };
    expect((await b.erp.doctor(masters)).map(({ code, message }) => [code, message])).toEqual([['missing', 'Item "NO-SUCH" is missing.']]);
    b.site.configure('System Settings', 'rounding_method', "Banker's Rounding");
    b.site.configure('Global Defaults', 'disable_rounded_total', 0);
    expect((await b.erp.doctor()).map((one) => one.code)).toEqual(['rounding', 'roundedTotals']);
    b.site.configure('System Settings', 'rounding_method', 'Commercial Rounding');
    b.site.configure('Global Defaults', 'disable_rounded_total', 1);
  });
  test('[erp-29] 0, false, null and blank are stored as such', async () => {
    const who = await customer(b);
    const { name: location } = await b.erp.documents.ensure('Service Location', b.key('location'), { ...place(who), notes: 'x', unit: 'B' });
    const { name } = await b.erp.documents.ensure('Dispatch Job', b.key('dispatch'), { customer: who, service_location: location, contact_me: 1 });
    const { doc } = await b.erp.documents.update('Service Location', location, { olt_port: 0, notes: null, unit: '' });
    expect([doc['olt_port'], doc['notes'] ?? '', doc['unit'] ?? '']).toEqual([0, '', '']);
    expect((await b.erp.documents.update('Dispatch Job', name, { contact_me: false })).doc['contact_me']).toBe(0);
  });
  test('[erp-21] delete: done, done again, refused when submitted or linked', async () => {
    const admin = b.client({ key: 'admin' });
    const { doc } = await admin.documents.create('Lead', { first_name: 'Paul' });
    expect(await admin.documents.delete('Lead', doc.name)).toEqual({ deleted: true });
    expect(await admin.documents.delete('Lead', doc.name)).toEqual({ deleted: false });
    expect(await failure(admin.documents.delete('Lead', doc.name, { missing: 'refuse' }))).toMatchObject({ kind: 'notFound', status: 404 });
    const who = await customer(b);
    await b.erp.documents.ensure('Service Location', b.key('location'), place(who));
    expect(await failure(admin.documents.delete('Customer', who))).toMatchObject({ kind: 'rejectedInput', detail: { excType: 'LinkExistsError' } });
    const { name: bill } = await b.erp.documents.ensure('Sales Invoice', b.key('inv'), invoice(who, 10), { submit: true });
    expect(await failure(admin.documents.delete('Sales Invoice', bill))).toMatchObject({ kind: 'rejectedInput', status: 417 });
  });
});

describe('submitting', () => {
  test('[erp-17] insert and submit are one: a refusal leaves no draft', async () => {
    const who = await customer(b);
    const key = b.key('inv:bad');
    const error = await failure(b.erp.documents.ensure('Sales Invoice', key, invoice(who, 10, { items: [{ item_code: 'NO-SUCH', qty: 1, rate: 10 }] }), { submit: true }));
    expect(error.detail).toMatchObject({ missingLinks: [{ path: 'items[0].item_code', value: 'NO-SUCH' }] });
    expect(await b.erp.documents.count('Sales Invoice', [['leadlight_id', '=', key]])).toBe(0);
    expect((await b.erp.documents.ensure('Sales Invoice', b.key('inv'), invoice(who, 10), { submit: true })).doc.docstatus).toBe(1);
  });
  test('[erp-18] submit and cancel twice are one; a draft cannot be cancelled; a cancelled one not submitted', async () => {
    const { doc } = await b.erp.documents.create('Sales Invoice', invoice(await customer(b), 10));
    expect(doc.docstatus).toBe(0);
    expect(await failure(b.erp.documents.cancel('Sales Invoice', doc.name))).toMatchObject({ kind: 'rejectedInput', detail: { excType: 'DocstatusTransitionError' } });
    for (const _ of [1, 2]) expect((await b.erp.documents.submit('Sales Invoice', doc.name)).docstatus).toBe(1);
    expect(await failure(b.erp.documents.update('Sales Invoice', doc.name, { due_date: '2026-05-01' }))).toMatchObject({ kind: 'rejectedInput', detail: { excType: 'UpdateAfterSubmitError' } });
    for (const _ of [1, 2]) expect((await b.erp.documents.cancel('Sales Invoice', doc.name)).docstatus).toBe(2);
    expect(await failure(b.erp.documents.submit('Sales Invoice', doc.name))).toMatchObject({ kind: 'conflict' });
  });
  test('[erp-19] a method runs by POST with its name in the body, and the client never writes by GET', async () => {
    const { doc } = await b.erp.documents.create('Sales Invoice', invoice(await customer(b), 10));
    await b.erp.documents.run('Sales Invoice', doc.name, 'submit');
    expect(b.sent.at(-1)).toMatchObject({ method: 'POST', body: { run_method: 'submit' } });
    expect((await b.erp.documents.get('Sales Invoice', doc.name)).docstatus).toBe(1);
    expect(b.sent.filter((request) => request.method === 'GET').every((request) => request.body === undefined && request.query?.['run_method'] === undefined)).toBe(true);
  });
  test('[erp-20] only a cancelled document is amended; the copy has its own key and rows', async () => {
    const key = b.key('inv');
    const { name, doc } = await b.erp.documents.ensure('Sales Invoice', key, invoice(await customer(b), 10), { submit: true });
    expect(await failure(b.erp.documents.amend('Sales Invoice', name, `${key}:2`, {}, { submit: true }))).toMatchObject({ kind: 'conflict' });
    await b.erp.documents.cancel('Sales Invoice', name);
    const copy = await b.erp.documents.amend('Sales Invoice', name, `${key}:2`, { remarks: 'corrected' }, { submit: true, noCopy: ['outstanding_amount', 'posting_time'] });
    expect(copy.doc).toMatchObject({ name: `${name}-1`, docstatus: 1, amended_from: name, grand_total: doc['grand_total'], leadlight_id: `${key}:2` });
    expect((copy.doc['items'] as { name: string }[])[0]!.name).not.toBe((doc['items'] as { name: string }[])[0]!.name);
  });
});
