// A client we did not write, unmodified, must get along with the sandbox.
import { FrappeApp } from 'frappe-js-sdk';
import { erpnextKeys, startErpnext } from '../src/erpnext/index.ts';
import type { Running } from '../src/http.ts';
import { World } from '../src/world.ts';

let site: Running;
let app: FrappeApp;
beforeAll(async () => {
  site = await startErpnext(new World());
  app = new FrappeApp(site.url, { useToken: true, token: () => `${erpnextKeys.admin.key}:${erpnextKeys.admin.secret}`, type: 'token' });
});
afterAll(() => site.close());

test('create, get, update, list, count, value, delete', async () => {
  const db = app.db();
  const made = await db.createDoc('Lead', { first_name: 'Marie', email_id: 'marie@example.ca', interest: 'Fibre Waitlist' });
  expect(made.name).toMatch(/^CRM-LEAD-2026-\d{5}$/);
  expect(await db.getDoc('Lead', made.name)).toMatchObject({ lead_name: 'Marie', status: 'Lead' });
  expect(await db.updateDoc('Lead', made.name, { city: 'Ormstown' })).toMatchObject({ city: 'Ormstown', first_name: 'Marie' });
  expect(await db.getDocList('Lead', { fields: ['name', 'city'], filters: [['interest', '=', 'Fibre Waitlist']], orderBy: { field: 'creation', order: 'desc' }, limit: 5 })).toEqual([{ name: made.name, city: 'Ormstown' }]);
  expect(await db.getDocList('Item')).toHaveLength(20);
  expect(await db.getCount('Lead', [['email_id', 'like', 'marie@%']])).toBe(1);
  expect(await db.getLastDoc('Lead')).toMatchObject({ name: made.name });
  expect(await db.getValue('Lead', 'city', [['name', '=', made.name]])).toEqual({ message: { city: 'Ormstown' } });
  expect(await db.getSingleValue('System Settings', 'rounding_method')).toEqual({ message: 'Commercial Rounding' });
  await db.setValue('Lead', made.name, 'state', 'QC');
  expect(await db.deleteDoc('Lead', made.name)).toEqual({ data: 'ok' });
  await expect(db.getDoc('Lead', made.name)).rejects.toMatchObject({ httpStatus: 404, exc_type: 'DoesNotExistError' });
});

test('submit takes the whole document, cancel its name', async () => {
  const db = app.db();
  const { name: customer } = await db.createDoc('Customer', { customer_name: 'Jean Tremblay', customer_type: 'Individual' });
  const draft = await db.createDoc('Sales Invoice', { customer, items: [{ item_code: 'FTTH150I', qty: 1 }] });
  expect(draft).toMatchObject({ docstatus: 0, grand_total: 99.95 });
  expect(await db.submit(draft)).toMatchObject({ docstatus: 1, status: 'Unpaid' });
  await db.cancel('Sales Invoice', draft.name);
  expect(await db.getDoc('Sales Invoice', draft.name)).toMatchObject({ docstatus: 2, status: 'Cancelled' });
});

test('methods, and refusals as the SDK sees them', async () => {
  expect(await app.call().get('frappe.auth.get_logged_user')).toEqual({ message: erpnextKeys.admin.user });
  expect(await app.call().post('frappe.client.get_list', { doctype: 'Item', filters: [['item_group', '=', 'Internet']], limit_page_length: 3 })).toMatchObject({ message: [{ name: expect.any(String) }, {}, {}] });
  await expect(app.db().createDoc('Issue', {})).rejects.toMatchObject({ httpStatus: 417, exc_type: 'MandatoryError' });
  const stranger = new FrappeApp(site.url, { useToken: true, token: () => 'no:no', type: 'token' });
  await expect(stranger.call().get('frappe.auth.get_logged_user')).rejects.toMatchObject({ httpStatus: 401 });
});
