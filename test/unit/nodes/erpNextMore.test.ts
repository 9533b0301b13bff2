// Amend, Count, Comment, Apply Workflow Action, files and reports of the ERPNext node, each once against the sandbox.
import { ErpNext } from '../../../nodes/ErpNext/ErpNext.node.ts';
import { erpnextKeys, startErpnext } from '../../../packages/sandbox/src/erpnext/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { failed, only, pick, run } from '../support/n8n.ts';

const node = new ErpNext();
const { key: apiKey, secret: apiSecret } = erpnextKeys.runtime;
let site: Awaited<ReturnType<typeof startErpnext>>;
let credentials: Record<string, string>;
beforeAll(async () => {
  site = await startErpnext(new World());
  credentials = { baseUrl: site.url, apiKey, apiSecret };
});
afterAll(() => site.close());

let n = 0;
const customer = () => site.site.put('Customer', { customer_name: `Jeanne Tremblay ${(n += 1)}`, customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' }).name;
const at = (docType: string, name: string) => ({ docType: pick('name', docType), documentName: pick('name', name) });
const invoice = async (who: string, key: string) => only(node, {
  resource: 'document', operation: 'ensure', docType: pick('name', 'Sales Invoice'), key, submit: true,
  fields: { customer: who, company: 'Gigafibre', currency: 'CAD', set_posting_time: 1, posting_date: '2026-04-09', due_date: '2026-04-09', disable_rounded_total: 1, items: [{ item_code: 'FTTH150I', qty: 1, rate: 100 }] },
}, credentials);

test('Amend copies a cancelled invoice once per key, with what was corrected', async () => {
  const { name } = await invoice(customer(), 'ord_1:invoice');
  const amend = { resource: 'document', operation: 'amend', ...at('Sales Invoice', String(name)), key: 'ord_1:invoice:2', fields: { remarks: 'Corrected' }, submit: true, options: { noCopy: 'posting_time, outstanding_amount' } };
  expect((await failed(run(node, { items: [amend], credentials }))).message).toMatch(/cancelled/);
  await only(node, { resource: 'document', operation: 'cancel', ...at('Sales Invoice', String(name)) }, credentials);
  const first = await only(node, amend, credentials);
  expect(first).toMatchObject({ type: 'ensured', created: true, name: `${String(name)}-1`, doc: { docstatus: 1, amended_from: name, remarks: 'Corrected' } });
  expect(await only(node, amend, credentials)).toMatchObject({ created: false, name: first['name'] });
});

test('Count says how many, with and without filters', async () => {
  const name = customer();
  expect(await only(node, { resource: 'document', operation: 'count', docType: pick('name', 'Customer'), options: { filters: [['name', '=', name]] } }, credentials)).toEqual({ count: 1 });
  expect(Number((await only(node, { resource: 'document', operation: 'count', docType: pick('name', 'Customer') }, credentials))['count'])).toBe(site.site.docs('Customer').length);
});

test('Comment adds a text once', async () => {
  const name = customer();
  const comment = { resource: 'document', operation: 'comment', ...at('Customer', name), comment: 'Port 0/1/5 activated' };
  expect([await only(node, comment, credentials), await only(node, comment, credentials)]).toMatchObject([{ created: true }, { created: false }]);
  expect(site.site.docs('Comment').filter((row) => row['reference_name'] === name)).toHaveLength(1);
});

test('Apply Workflow Action moves a document, or says why it does not', async () => {
  site.site.put('Workflow', { workflow_name: 'Jobs', document_type: 'Service Location', is_active: 1, workflow_state_field: 'status', transitions: [{ state: 'Pending Install', action: 'Activate', next_state: 'Active', allowed: 'Leadlight Integration' }] });
  const { name } = site.site.put('Service Location', { address_line: '12 rue Saint-Jean', city: 'Huntingdon', connection_type: 'FTTH' });
  const act = { resource: 'document', operation: 'applyWorkflow', ...at('Service Location', name), workflowAction: 'Activate' };
  expect(await only(node, act, credentials)).toMatchObject({ name, status: 'Active' });
  expect((await failed(run(node, { items: [act], credentials }))).description).toBeTruthy();
});

test('[erp-39] Upload attaches a file of the item once, and Get Many lists it', async () => {
  const name = customer();
  const upload = { resource: 'file', operation: 'upload', ...at('Customer', name), binaryPropertyName: 'photo', options: { fileName: 'signature.png' } };
  const files = { photo: { fileName: 'IMG_1.png', bytes: Buffer.from([0x89, 0x50, 0, 255, 13, 10]) } };
  const [first] = await run(node, { items: [upload], credentials, files });
  const [again] = await run(node, { items: [upload], credentials, files });
  expect([first!.json, again!.json]).toMatchObject([{ fileName: 'signature.png', isPrivate: true, bytes: 6, created: true }, { name: first!.json['name'], created: false }]);
  expect(await only(node, { resource: 'file', operation: 'getMany', ...at('Customer', name), returnAll: true }, credentials)).toMatchObject({ fileName: 'signature.png', url: '/private/files/signature.png' });
});

test('Run Report gives a row per item, and the sums when asked', async () => {
  const who = customer();
  await invoice(who, 'ord_2:invoice');
  const report = { resource: 'report', operation: 'run', report: 'Accounts Receivable', filters: { company: 'Gigafibre', party: [who] } };
  expect(await only(node, report, credentials)).toMatchObject({ party: who, outstanding: 100 });
  expect((await run(node, { items: [{ ...report, includeTotal: true }], credentials })).map(({ json }) => [json['outstanding'], json['isTotal'] ?? false])).toEqual([[100, false], [100, true]]);
});
