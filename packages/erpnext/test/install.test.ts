// One command that makes a site fit (erp.md section 3 and behaviour 38): on a site without anything of ours, with planted faults between.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gigafibreErp, type JsonObject } from '../../../core/src/index.ts';
import { install, mergeFields, type InstallManifest, type InstallOptions } from '../src/index.ts';
import { bench, failure, onSandbox, person, type Bench } from './site.ts';

const manifest = JSON.parse(readFileSync(join(__dirname, '../schema/setup-manifest.json'), 'utf8')) as InstallManifest;
const hooks = { base: 'https://n8n.example.ca/webhook/', secret: 'whsec_0123456789abcdef0123' };
const all: InstallOptions = { dryRun: false, hooks, masters: gigafibreErp, user: 'integration@gigafibre.example' };
const benches: Bench[] = [];
afterEach(async () => { for (const one of benches.splice(0)) await one.close(); });
const bare = async () => { const one = await bench({ bare: true }); benches.push(one); return one; };
const run = (b: Bench, options: InstallOptions = all) => install(b.client({ key: 'admin' }), manifest, options);
const writesSince = (b: Bench, from: number) => b.world.calls.slice(from).filter(({ method, path }) => method !== 'GET' && !path.endsWith('get_permissions')).map(({ method, path }) => `${method} ${path}`);
const find = (b: Bench, doctype: string, name: string) => b.site.docs(doctype).find((row) => row.name === name) as unknown as JsonObject & { fields: JsonObject[] };

describe('the installer', () => {
  onSandbox('[erp-38] a bare site is made fit, and the second run writes nothing', async () => {
    const b = await bare();
    expect((await b.client({ key: 'admin' }).doctor()).map(({ code }) => code)).toEqual(expect.arrayContaining(['rounding', 'roundedTotals', 'customerNaming', 'schema']));
    const first = await run(b);
    expect(first).toMatchObject({ ok: true, preflight: [], missing: [], differences: [] });
    expect(first.failed).toBeUndefined();
    const made = (object: string) => first.changes.filter((change) => change.object === object && change.action === 'create').map(({ name }) => name);
    expect(made('DocType')).toEqual(['Service Location', 'Service Subscription', 'Service Equipment', 'Dispatch Job Date', 'Dispatch Job Tag', 'Dispatch Job Equipment', 'Dispatch Job']);
    expect([made('Role').length, made('Custom Field').length, made('Webhook').length, made('Master').length]).toEqual([2, 19, 2, 2]);
    const from = b.world.calls.length;
    const second = await run(b);
    expect(second).toMatchObject({ ok: true, changes: [], differences: [], same: first.changes.length + first.same });
    expect(writesSince(b, from)).toEqual([]);
    expect(await b.client({ key: 'admin' }).doctor({ 'Customer Group': [gigafibreErp.customerGroup], 'Mode of Payment': [gigafibreErp.modeOfPayment] })).toEqual([]);
  });
  onSandbox('[erp-38] the key Leadlight runs with can then keep documents, and nothing more', async () => {
    const b = await bare();
    expect(await failure(b.erp.documents.ensure('Customer', 'ord_1:customer', person(1)))).toMatchObject({ kind: 'unauthorised' });
    await run(b);
    const { name } = await b.erp.documents.ensure('Customer', 'ord_1:customer', person(1), { strict: true });
    const place = await b.erp.documents.ensure('Service Location', 'ord_1:location', { customer: name, address_line: '1 rue A', city: 'X', connection_type: 'FTTH' }, { strict: true });
    const job = await b.erp.documents.ensure('Dispatch Job', 'ord_1:dispatch', { customer: name, service_location: place.name, preferred_dates: [{ preferred_date: '2026-05-01', period: 'AM', rank: 1 }] }, { strict: true });
    expect(job.doc['preferred_dates']).toMatchObject([{ period: 'AM' }]);
    expect(await failure(b.erp.documents.create('Role', { role_name: 'X' }))).toMatchObject({ detail: { permission: true } });
  });
  onSandbox('[erp-38] rights go through the permission manager: those of others stay in force', async () => {
    const b = await bare();
    await run(b);
    const rows = b.site.docs('Custom DocPerm').filter((row) => row['parent'] === 'Sales Invoice');
    expect(rows.map((row) => row['role']).sort()).toEqual(['Leadlight Integration', 'Sales User', 'System Manager']);
    expect(rows.find((row) => row['role'] === 'Leadlight Integration')).toMatchObject({ read: 1, write: 1, create: 1, submit: 1, cancel: 1, amend: 1, report: 1 });
    expect(b.world.calls.filter(({ method, path }) => method !== 'GET' && /Custom%20DocPerm/.test(path))).toEqual([]);
  });
  onSandbox('[erp-38] without System Manager nothing is changed, and the report says what to do', async () => {
    const b = await bare();
    const report = await install(b.erp, manifest, all);
    expect(report).toMatchObject({ ok: false, changes: [], preflight: [{ code: 'systemManager', hint: expect.stringMatching(/System Manager/) }] });
    expect(writesSince(b, 0)).toEqual([]);
  });
  onSandbox('[erp-38] a dry run is the default: it tells the same changes and makes none', async () => {
    const b = await bare();
    const { dryRun: _really, ...asked } = all;
    const dry = await run(b, asked);
    expect(writesSince(b, 0)).toEqual([]);
    expect(dry.dryRun).toBe(true);
    expect((await run(b)).changes).toEqual(dry.changes);
  });
  onSandbox.each([
    ['/DocType$', 'resetBefore', 2, 500], ['/Custom Field$', 'html', 5, 502], ['/Webhook$', 'status', 0, 500], ['permission_manager.update$', 'status', 4, 500], ['/Role$', 'resetBefore', 1, 500],
  ] as const)('[erp-38] [S1-103] broken off at %s by %s, the next run goes on from there', async (path, kind, skip, status) => {
    const b = await bare();
    b.world.inject({ system: 'erpnext', method: 'POST', path, skip, kind, status, ...(kind === 'status' ? { body: { exc_type: 'OperationalError' } } : {}) } as never);
    const broken = await run(b);
    expect(broken).toMatchObject({ ok: false, failed: { at: expect.any(String), hint: expect.any(String) } });
    expect(broken.changes.length).toBeGreaterThan(0);
    const rest = await run(b);
    expect(rest).toMatchObject({ ok: true });
    const from = b.world.calls.length;
    expect((await run(b)).changes).toEqual([]);
    expect(writesSince(b, from)).toEqual([]);
    const made = [...broken.changes, ...rest.changes].filter(({ action }) => action === 'create').map(({ object, name }) => `${object} ${name}`);
    expect(new Set(made).size).toBe(made.length);
  }, 30_000);
  onSandbox.each([['resetAfter'], ['htmlAfter'], ['truncate']])('[erp-38] a reply lost after the table was made (%s) is looked up, and the run goes on', async (kind) => {
    const b = await bare();
    for (const path of ['/DocType$', '/Custom Field$', 'permission_manager.add$']) b.world.inject({ system: 'erpnext', method: 'POST', path, kind } as never);
    expect(await run(b)).toMatchObject({ ok: true });
    expect((await run(b)).changes).toEqual([]);
  });
  onSandbox('[erp-38] fields, options, lengths and rights of the operator survive; ours are added beside them', async () => {
    const b = await bare();
    await run(b);
    const admin = b.client({ key: 'admin' });
    const form = find(b, 'DocType', 'Service Location');
    const theirs = form.fields.filter((field) => field['fieldname'] !== 'pricing_zone').map((field) => ({
      ...field,
      ...(field['fieldname'] === 'status' ? { options: `Planned\n${String(field['options']).replace('\nSuspended', '')}` } : {}),
      ...(field['fieldname'] === 'unit' ? { length: 60 } : {}),
      ...(field['fieldname'] === 'province' ? { length: 4, label: 'Province (2 letters)' } : {}),
    }));
    await admin.documents.update('DocType', 'Service Location', { fields: [...theirs, { fieldname: 'snow_access', label: 'Snow Access', fieldtype: 'Check' }] });
    await admin.documents.update('Customer', (await admin.documents.create('Customer', person(1))).doc.name, { customer_name: 'Still There' });
    const again = await run(b);
    expect(again.changes).toEqual([{ object: 'DocType', name: 'Service Location', action: 'extend', what: ['status', 'province', 'pricing_zone'] }]);
    const after = new Map(find(b, 'DocType', 'Service Location').fields.map((field) => [field['fieldname'], field]));
    expect(after.get('snow_access')).toMatchObject({ fieldtype: 'Check' });
    expect(String(after.get('status')!['options']).split('\n')).toEqual(['Planned', 'Pending Survey', 'Pending Install', 'Active', 'Terminated', 'Suspended']);
    expect([after.get('unit')!['length'], after.get('province')!['length'], after.get('province')!['label']]).toEqual([60, 10, 'Province (2 letters)']);
    expect(after.has('pricing_zone')).toBe(true);
    expect((await run(b)).changes).toEqual([]);
  });
  onSandbox('[erp-38] a field of ours in another type, or taken by another app, is told and left', async () => {
    const b = await bare();
    await run(b);
    const admin = b.client({ key: 'admin' });
    await admin.documents.update('Custom Field', 'Lead-rqa_uuid', { fieldtype: 'Small Text' });
    expect(await run(b)).toMatchObject({ ok: true, changes: [], differences: [{ at: 'Custom Field Lead-rqa_uuid', field: 'fieldtype', site: 'Small Text', ours: 'Data' }] });
    const other = await bare();
    const lead = find(other, 'DocType', 'Lead');
    await other.client({ key: 'admin' }).documents.update('DocType', 'Lead', { fields: [...lead.fields, { fieldname: 'interest', label: 'Interest', fieldtype: 'Data' }] });
    const from = other.world.calls.length;
    expect(await run(other)).toMatchObject({ ok: false, changes: [], preflight: [{ code: 'fieldTaken', message: expect.stringContaining('interest') }] });
    expect(writesSince(other, from)).toEqual([]);
  });
  onSandbox('[erp-38] masters of the chart of accounts are asked for, not made', async () => {
    const b = await bare();
    const report = await run(b, { ...all, masters: { ...gigafibreErp, company: 'Fibre Nord', paymentAccount: 'Stripe - FN' } });
    expect(report).toMatchObject({ ok: false, missing: ['Company "Fibre Nord"', 'Account "Stripe - FN"'] });
    expect(report.failed).toBeUndefined();
    expect(b.site.docs('Company')).toHaveLength(1);
  });
  onSandbox('[erp-38] a site that takes no new module keeps our doctypes under Custom', async () => {
    const b = await bare();
    b.world.inject({ system: 'erpnext', method: 'POST', path: '/Module Def$', kind: 'status', status: 417, body: { exc_type: 'ValidationError' }, times: 9 } as never);
    expect(await run(b)).toMatchObject({ ok: true });
    expect(find(b, 'DocType', 'Dispatch Job')['module']).toBe('Custom');
    const from = b.world.calls.length;
    expect((await run(b)).changes).toEqual([]);
    expect(writesSince(b, from)).toEqual([]);
  });
  onSandbox('[erp-38] the webhook secret is stored and never told; a new address moves the webhook, a rotated secret replaces the old', async () => {
    const b = await bare();
    const report = await run(b);
    expect(JSON.stringify(report)).not.toContain(hooks.secret);
    const name = 'Leadlight - Dispatch Job changed';
    expect(b.site.secret('Webhook', name, 'webhook_secret')).toBe(hooks.secret);
    expect(find(b, 'Webhook', name)).toMatchObject({ request_url: 'https://n8n.example.ca/webhook/erpnext/dispatch-job', enable_security: 1 });
    expect((await run(b, { ...all, hooks: { ...hooks, base: 'https://hooks.example.ca' } })).changes.map(({ what }) => what)).toEqual([['request_url'], ['request_url']]);
    await run(b, { ...all, hooks: { base: 'https://hooks.example.ca', secret: 'another-secret-0123456789', rotate: true } });
    expect(b.site.secret('Webhook', name, 'webhook_secret')).toBe('another-secret-0123456789');
    expect(await run(b, { ...all, hooks: { base: 'javascript:x', secret: 'short' } })).toMatchObject({ ok: false, preflight: [{ code: 'webhook' }, { code: 'webhook' }], changes: [] });
  });
  test('[erp-38] rows are merged by field name: ours after its neighbour, theirs in their place', () => {
    const merged = mergeFields([{ fieldname: 'a' }, { fieldname: 'theirs' }, { fieldname: 'c' }], [{ fieldname: 'a' }, { fieldname: 'b' }, { fieldname: 'c' }], 'DocType X');
    expect(merged.rows.map((row) => row['fieldname'])).toEqual(['a', 'b', 'theirs', 'c']);
    expect(merged.changed).toEqual(['b']);
  });
});

describe('the site without Leadlight', () => {
  onSandbox('refuses a doctype as Frappe does', async () => {
    const b = await bare();
    const admin = b.client({ key: 'admin' });
    const form = { name: 'Site Survey', module: 'Custom', custom: 1, autoname: 'hash', fields: [{ fieldname: 'about', label: 'About', fieldtype: 'Data' }], permissions: [{ role: 'System Manager', read: 1 }] };
    const refused = async (more: object) => (await failure(admin.documents.create('DocType', { ...form, ...more }))).detail?.['excType'];
    expect(await refused({ custom: 0 })).toBe('CannotCreateStandardDoctypeError');
    expect(await refused({ fields: [{ fieldname: 'x', label: 'X', fieldtype: 'Link', options: 'No Such' }] })).toBe('WrongOptionsDoctypeLinkError');
    expect(await refused({ fields: [{ fieldname: 'parent', label: 'X', fieldtype: 'Data' }] })).toBe('InvalidFieldNameError');
    expect(await refused({ fields: [{ fieldname: 'x', label: 'X', fieldtype: 'Select', options: 'A\nB', default: 'C' }] })).toBe('ValidationError');
    expect(await refused({ fields: [{ fieldname: 'x', label: 'X', fieldtype: 'Text', unique: 1 }] })).toBe('NonUniqueError');
    expect(b.site.docs('DocType').some((row) => row.name === 'Site Survey')).toBe(false);
    await admin.documents.create('DocType', form);
    expect((await admin.documents.create('Site Survey', { about: 'x' })).doc['about']).toBe('x');
  });
  onSandbox('a row of Custom DocPerm by itself puts the standard rights out of force', async () => {
    const b = await bare();
    const role = { role: 'Sales User', read: 1 };
    await b.client({ key: 'admin' }).documents.create('Custom DocPerm', { parent: 'Customer', ...role });
    expect(b.site.docs('Custom DocPerm').filter((row) => row['parent'] === 'Customer')).toHaveLength(1);
  });
});

test('every doctype of the manifest is used by a workflow, or says why not', () => {
  // Rows of Dispatch Job: written with it, by the plan of the order, never by their own name.
  const rows: Readonly<Record<string, string>> = { 'Dispatch Job Date': 'preferred_dates', 'Dispatch Job Tag': 'required_tags', 'Dispatch Job Equipment': 'equipment_list' };
  const root = join(__dirname, '../../..');
  const names = ['01-check-availability', '02-price-checkout', '03-lead-funnel', '04-new-customer-order', '05-equipment-scanned', '06-device-bootstrap', '07-installation-done'];
  const workflows = names.map((name) => readFileSync(join(root, 'workflows', `${name}.json`), 'utf8')).join('\n');
  for (const { name } of manifest.doctypes) expect([name, workflows.includes(`"${name}"`) || workflows.includes(name)]).toEqual([name, true]);
  const plan = readFileSync(join(root, 'core/src/ordering/decomposeOrder.ts'), 'utf8');
  const job = manifest.doctypes.find((one) => one.name === 'Dispatch Job')!;
  for (const { name } of manifest.child_doctypes) {
    expect(job.fields.find((field) => field.options === name)?.fieldname).toBe(rows[name]);
    expect([name, `${workflows}\n${plan}`.includes(rows[name]!)]).toEqual([name, true]);
  }
});
