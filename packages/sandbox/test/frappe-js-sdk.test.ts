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
  expect(await db.getDoc('Lead', made.name)).toMatchObject({ state: 'QC', city: 'Ormstown' });
  expect(await db.getCount('Item')).toBeGreaterThan(20);
  const none = { filters: [['name', '=', 'nobody']] as never, orFilters: [['item_group', '=', 'Rabais'], ['item_code', '=', 'TELE']] as never };
  expect(await db.getDocList('Item', none)).toEqual([]);
  expect(await db.getDocList('Item', { orFilters: none.orFilters, orderBy: { field: 'name', order: 'asc' }, limit_start: 1, limit: 2 })).toEqual([{ name: 'RAB2X' }, { name: 'RAB36M' }]);
  expect(await db.getDocList('Item', { fields: ['name'], orderBy: { field: 'name', order: 'asc' }, limit: 1, asDict: false })).toEqual([['ACTTELEP']]);
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

test('a rename, and a merge: links follow', async () => {
  const db = app.db();
  const person = { customer_type: 'Individual', customer_name: 'Marie Roy' };
  const [one, two] = [await db.createDoc('Customer', person), await db.createDoc('Customer', person)];
  const place = await db.createDoc('Service Location', { customer: one.name, address_line: '1 rue A', city: 'X', connection_type: 'FTTH' });
  expect(await db.renameDoc('Customer', one.name, 'CUST-MARIE')).toEqual({ message: 'CUST-MARIE' });
  expect(await db.getDoc('Service Location', place.name)).toMatchObject({ customer: 'CUST-MARIE' });
  await expect(db.renameDoc('Customer', two.name, 'CUST-MARIE')).rejects.toMatchObject({ httpStatus: 417 });
  await db.renameDoc('Customer', 'CUST-MARIE', two.name, true);
  expect(await db.getDoc('Service Location', place.name)).toMatchObject({ customer: two.name });
  await expect(db.getDoc('Customer', 'CUST-MARIE')).rejects.toMatchObject({ httpStatus: 404 });
});

test('[erp-39] a file goes up attached and private, and comes back the same', async () => {
  const { name } = await app.db().createDoc('Customer', { customer_type: 'Individual', customer_name: 'Photo' });
  const bytes = new Uint8Array([0x89, 0x50, 0, 255, 13, 10]);
  const reply = await app.file().uploadFile(new File([bytes], 'photo.png', { type: 'image/png' }), { isPrivate: true, folder: 'Home/Attachments', doctype: 'Customer', docname: name, fieldname: 'image' });
  const { message } = (reply as { data: { message: Record<string, unknown> } }).data;
  expect(message).toMatchObject({ file_name: 'photo.png', is_private: 1, file_size: 6, attached_to_doctype: 'Customer', attached_to_name: name, attached_to_field: 'image' });
  const held = await fetch(`${site.url}${String(message['file_url'])}`, { headers: { authorization: `token ${erpnextKeys.admin.key}:${erpnextKeys.admin.secret}` } });
  expect(new Uint8Array(await held.arrayBuffer())).toEqual(bytes);
  await expect(app.file().uploadFile(new File([bytes], 'a.png'), { isPrivate: true, doctype: 'Customer', docname: 'NOBODY' })).rejects.toMatchObject({ httpStatus: 404 });
});

test('methods, and refusals as the SDK sees them', async () => {
  expect(await app.call().get('frappe.auth.get_logged_user')).toEqual({ message: erpnextKeys.admin.user });
  expect(await app.call().post('frappe.client.get_list', { doctype: 'Item', filters: [['item_group', '=', 'Internet']], limit_page_length: 3 })).toMatchObject({ message: [{ name: expect.any(String) }, {}, {}] });
  const { name } = await app.db().createDoc('Lead', { first_name: 'Zoé' });
  expect(await app.call().put('frappe.client.set_value', { doctype: 'Lead', name, fieldname: { city: 'Ormstown' } })).toMatchObject({ message: { city: 'Ormstown' } });
  expect(await app.call().delete('frappe.client.delete', { doctype: 'Lead', name })).toEqual({});
  await expect(app.db().getDoc('Lead', name)).rejects.toMatchObject({ httpStatus: 404 });
  // A GET changes nothing, whatever it calls.
  await expect(app.call().get('frappe.client.delete', { doctype: 'Item', name: 'TELE' })).rejects.toMatchObject({ httpStatus: 403 });
  await expect(app.db().createDoc('Issue', {})).rejects.toMatchObject({ httpStatus: 417, exc_type: 'MandatoryError' });
  const stranger = new FrappeApp(site.url, { useToken: true, token: () => 'no:no', type: 'token' });
  await expect(stranger.call().get('frappe.auth.get_logged_user')).rejects.toMatchObject({ httpStatus: 401 });
});
