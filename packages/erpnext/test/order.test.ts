// The documents of one order, as the pipeline writes them: accepted by the site without a warning, and not doubled when replayed.
import type { Fields } from '../src/index.ts';
import { bench, type Bench } from './site.ts';

let b: Bench;
beforeAll(async () => { b = await bench(); });
afterAll(() => b.close());

/** Everything from customer to dispatch job; strict, so that a field the schema lacks fails here. */
async function place(order: string): Promise<readonly string[]> {
  const made: string[] = [];
  const put = async (doctype: string, step: string, fields: Fields) => {
    const { name, warnings } = await b.erp.documents.ensure(doctype, `${order}:${step}`, fields, { strict: true });
    expect([step, warnings]).toEqual([step, []]);
    made.push(name);
    return name;
  };
  const customer = await put('Customer', 'customer', { customer_name: 'Jean Tremblay', customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada', language: 'fr', tax_category: 'QC', email_id: `${order.replace(/\W/g, '')}@example.ca`, mobile_no: '+15145550123', legacy_customer_id: null });
  const service_location = await put('Service Location', 'location', {
    customer, address_line: '123 rue Principale', city: 'Saint-Anicet', postal_code: 'J0S 1M0', connection_type: 'FTTH', olt_name: 'OLT-A', olt_ip: '10.0.0.2', olt_frame: 0, olt_slot: 1, olt_port: 5, ont_id: 3, olt_path: '0/1/5:3', status: 'Pending Install',
  });
  for (const [item, service_type, rate] of [['FTTH150I', 'Internet', 99.95], ['TVBSTANDARD', 'TV', 30], ['TELEPMENS', 'Phone', 28.95]] as const) await put('Service Subscription', `sub:${item}`, { customer, service_location, service_type, item, qty: 1, rate, status: 'Pending', order_ref: order });
  for (const equipment_type of ['ONT', 'Routeur', 'Décodeur TV', 'Téléphone IP']) await put('Service Equipment', `eq:${equipment_type}`, { equipment_type, customer, service_location, status: 'Pending' });
  const project = await put('Project', 'project', { project_name: `Installation ${order}`, company: 'Gigafibre', customer, service_location, expected_start_date: '2026-04-07', expected_end_date: '2026-04-30' });
  let previous: string | undefined;
  for (const leadlight_step of ['equipment', 'technician', 'olt_activate', 'wifi', 'voip', 'onsite', 'signal', 'confirm']) {
    previous = await put('Task', `task:${leadlight_step}`, { subject: `Étape ${leadlight_step}`, project, leadlight_step, exp_end_date: '2026-04-09', status: 'Open', ...(previous ? { depends_on: [{ task: previous }] } : {}) });
  }
  await put('Dispatch Job', 'dispatch', {
    customer, service_location, project, order_ref: order, preferred_dates: [{ preferred_date: '2026-04-08', period: 'AM', rank: 1 }], required_tags: [{ tag: 'Fibre' }, { tag: 'Installation' }],
    equipment_list: [{ equipment_type: 'ONT' }, { equipment_type: 'Routeur' }], notes: 'FTTH 150M + TV Standard + Phone', contact_phone: '+15145550123',
  });
  return made;
}

test('[S1-103] an order is nineteen documents the site takes without a warning; replayed it is the same nineteen', async () => {
  const order = b.key('order').replace(/:.*/, '');
  const first = await place(order);
  expect(first).toHaveLength(19);
  expect(await place(order)).toEqual(first);
  expect(await b.erp.documents.count('Service Subscription', [['order_ref', '=', order]])).toBe(3);
  expect(await b.erp.documents.count('Task', [['leadlight_id', 'like', `${order}:task:%`]])).toBe(8);
});

test('a device that informs finds its equipment by serial; an unknown one becomes one Issue', async () => {
  const serial = `TPLG${b.key('serial').replace(/\W/g, '').toUpperCase()}`.slice(0, 60);
  const { name } = await b.erp.documents.ensure('Service Equipment', b.key('eq'), { equipment_type: 'ONT', status: 'Assigned', serial_number: serial });
  const [found] = await b.erp.documents.list('Service Equipment', { filters: [['serial_number', '=', serial]], fields: ['name', 'status'] });
  expect(found).toEqual({ name, status: 'Assigned' });
  const { doc } = await b.erp.documents.updateWithRetry('Service Equipment', name, () => ({ status: 'Connected', ip_address: '10.9.0.4', firmware: '1.2.3' }), { strict: true });
  expect(doc).toMatchObject({ status: 'Connected', ip_address: '10.9.0.4' });
  const issue = () => b.erp.documents.ensure('Issue', `acs:${serial}:unknown`, { subject: `Unknown device ${serial}`, priority: 'Medium' });
  expect((await issue()).name).toBe((await issue()).name);
});

test('done: everything moves to active, tasks in their order', async () => {
  const order = b.key('order').replace(/:.*/, '');
  await place(order);
  const mine = (doctype: string) => b.erp.documents.list(doctype, { filters: [['leadlight_id', 'like', `${order}:%`]], fields: ['name'] });
  for (const [doctype, status] of [['Service Location', 'Active'], ['Service Subscription', 'Active'], ['Service Equipment', 'Actif'], ['Task', 'Completed'], ['Dispatch Job', 'Completed']] as const) {
    for (const { name } of await mine(doctype)) expect((await b.erp.documents.updateWithRetry(doctype, String(name), () => ({ status }))).doc['status']).toBe(status);
  }
  expect((await b.erp.documents.list('Project', { filters: [['leadlight_id', '=', `${order}:project`]], fields: ['percent_complete', 'status'] }))[0]).toEqual({ percent_complete: 100, status: 'Completed' });
});
