import { ErpNext } from '../../../nodes/ErpNext/ErpNext.node.ts';
import { erpnextKeys, startErpnext } from '../../../packages/sandbox/src/erpnext/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { only, pick } from '../support/n8n.ts';

const node = new ErpNext();
let site: Awaited<ReturnType<typeof startErpnext>>;
let credentials: Record<string, string>;
beforeAll(async () => {
  site = await startErpnext(new World());
  credentials = { baseUrl: site.url, apiKey: erpnextKeys.runtime.key, apiSecret: erpnextKeys.runtime.secret };
});
afterAll(() => site.close());

test('Submit makes a draft binding and Cancel takes it back; either done already counts as done', async () => {
  const on = (operation: string, docType: string, more: object) => only(node, { resource: 'document', operation, docType: pick('name', docType), ...more }, credentials);
  const { name: customer } = await on('create', 'Customer', { fields: { customer_name: 'Jeanne Tremblay', customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' } });
  const { name, docstatus } = await on('create', 'Sales Invoice', {
    fields: { customer, company: 'Gigafibre', currency: 'CAD', set_posting_time: 1, posting_date: '2026-04-09', due_date: '2026-04-09', disable_rounded_total: 1, items: [{ item_code: 'FTTH150I', qty: 1, rate: 99.95 }] },
  });
  expect(docstatus).toBe(0);
  const invoice = { documentName: pick('name', String(name)) };
  for (const _again of [1, 2]) expect(await on('submit', 'Sales Invoice', invoice)).toMatchObject({ name, docstatus: 1 });
  for (const _again of [1, 2]) expect(await on('cancel', 'Sales Invoice', invoice)).toMatchObject({ name, docstatus: 2 });
});
