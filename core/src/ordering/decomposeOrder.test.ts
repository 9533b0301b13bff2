import type { Json } from '../kernel/json.ts';
import { decomposeOrder } from './decomposeOrder.ts';
import { gigafibreErp } from './erpSettings.ts';
import { documentsOf, type DocumentPlan } from './documentPlan.ts';
import { fillLinks } from './fillLinks.ts';
import { orderOf, seedCheckout, seedDrop } from './seedCheckout.fixture.ts';

const plan = (payload: unknown = seedCheckout) => decomposeOrder(orderOf(payload), seedDrop, { erp: gigafibreErp });
const one = (step: string, documents = plan()): DocumentPlan => documents.find((document) => document.step === step)!;
const steps = (prefix: string, payload?: unknown) => documentsOf(plan(payload), prefix).map((document) => document.step);
const id = 'ord_3NxSeedOrder0001abcDEF';
const internetOnly = { ...seedCheckout, services: [{ sku: 'FTTH25', type: 'internet' }] };

test('[S1-082] the customer', () => {
  expect(one('customer')).toEqual({
    step: 'customer', doctype: 'Customer', key: `${id}:customer`, links: {},
    fields: { customer_name: 'Jean Tremblay', customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada', language: 'fr', default_currency: 'CAD', email_id: 'jean@example.ca', mobile_no: '+15145550123', legacy_customer_id: null },
  });
});

test('[S1-083] the location carries the drop, and 0 is told from unset', () => {
  const location = one('location');
  expect(location).toMatchObject({ doctype: 'Service Location', key: `${id}:location`, links: { customer: 'customer' } });
  expect(location.fields).toMatchObject({
    status: 'Pending Install', connection_type: 'FTTH', address_line: '123 rue Principale', city: 'Saint-Anicet', postal_code: 'J0S 1M0',
    olt_name: 'Saint-Anicet', olt_ip: '172.17.16.2', olt_frame: 0, olt_slot: 1, olt_port: 5, ont_id: 12, olt_path: '0/1/5:12', fibre_id: '5012', port_reservation: id,
  });
});

test('[S1-084] one pending subscription per service, at its price', () => {
  const subs = documentsOf(plan(), 'sub');
  expect(subs.map(({ step, fields }) => [step, fields['service_type'], fields['item'], fields['rate'], fields['status']])).toEqual([
    ['sub:FTTH150I', 'Internet', 'FTTH150I', 99.95, 'Pending'], ['sub:TVBSTANDARD', 'TV', 'TVBSTANDARD', 30, 'Pending'], ['sub:TELEPMENS', 'Phone', 'TELEPMENS', 28.95, 'Pending'],
  ]);
  for (const sub of subs) expect(sub).toMatchObject({ doctype: 'Service Subscription', key: `${id}:${sub.step}`, links: { customer: 'customer', service_location: 'location' }, fields: { commitment_months: '0', billing_interval: 'Month', order_ref: id } });
});

test('[S1-085] equipment by what was ordered, serials left to the technician', () => {
  const types = (payload?: unknown) => documentsOf(plan(payload), 'eq').map(({ fields }) => fields['equipment_type']);
  expect(types()).toEqual(['ONT', 'Routeur', 'Décodeur TV', 'Téléphone IP']);
  expect(types(internetOnly)).toEqual(['ONT', 'Routeur']);
  expect(steps('eq', { ...seedCheckout, tv_boxes: 3 })).toEqual(['eq:ont', 'eq:deco', 'eq:stb', 'eq:stb:2', 'eq:stb:3', 'eq:ata']);
  for (const document of documentsOf(plan(), 'eq')) {
    expect(document.fields).not.toHaveProperty('serial_number');
    expect(document.fields['status']).toBe('Pending');
  }
  expect(one('eq:stb').links).toEqual({ customer: 'customer', service_location: 'location', service_subscription: 'sub:TVBSTANDARD' });
});

test('[S1-086] the project has the name of the seed and is unique per order', () => {
  expect(one('project')).toMatchObject({ doctype: 'Project', links: { customer: 'customer', service_location: 'location' }, fields: { company: 'Gigafibre', expected_end_date: '2026-05-07' } });
  expect(one('project').fields['project_name']).toBe(`Installation - Jean Tremblay (${id})`);
  expect(one('project', plan({ ...seedCheckout, stripe_payment_intent: 'pi_two' })).fields['project_name']).toBe('Installation - Jean Tremblay (ord_two)');
});

test.each([
  ['S1-087', 'prepare_equipment', 'Préparer équipement', 'support'], ['S1-088', 'assign_technician', 'Assigner technicien', 'dispatch'], ['S1-089', 'olt_activate', 'Activer port OLT - 0/1/5', 'support'],
  ['S1-090', 'wifi_config', 'Configurer WiFi dans DB provisioning', 'support'], ['S1-091', 'voip_config', 'Configurer VoIP dans DB provisioning', 'support'], ['S1-092', 'install_on_site', 'Installation sur site', 'tech'],
  ['S1-093', 'verify_ont_signal', 'Vérifier signal ONT', 'tech'], ['S1-094', 'confirm_service', 'Confirmer service fonctionnel', 'tech'],
])('[%s] task %s', (_, step, subject, team) => {
  expect(one(`task:${step}`)).toMatchObject({ doctype: 'Task', key: `${id}:task:${step}`, team, links: { project: 'project' }, fields: { subject, status: 'Open', leadlight_step: step } });
});

test('[S1-091] without phone nobody configures VoIP', () => {
  expect(steps('task').length).toBe(8);
  expect(steps('task', internetOnly)).not.toContain('task:voip_config');
});

test('[S1-095] the dispatch job', () => {
  const { doctype, fields, links } = one('dispatch');
  expect(doctype).toBe('Dispatch Job');
  expect(fields).toMatchObject({
    preferred_dates: [{ preferred_date: '2026-04-07', period: 'Any', rank: 1 }, { preferred_date: '2026-04-09', period: 'Any', rank: 2 }, { preferred_date: '2026-04-10', period: 'Any', rank: 3 }],
    required_tags: [{ tag: 'Fibre' }, { tag: 'Installation' }], notes: 'FTTH 150M + TV Standard + Phone', contact_me: 0, job_type: 'Installation', order_ref: id,
    equipment_list: [{ equipment_type: 'ONT' }, { equipment_type: 'Routeur' }, { equipment_type: 'Décodeur TV' }, { equipment_type: 'Téléphone IP' }],
  });
  expect(links).toMatchObject({ customer: 'customer', service_location: 'location', project: 'project', 'equipment_list.2.service_equipment': 'eq:stb' });
  expect(one('dispatch', plan({ ...seedCheckout, preferred_dates: [], contact_me: true })).fields).toMatchObject({ contact_me: 1, preferred_dates: [] });
});

test('the prepayment is what was paid, submitted at once, found again by the payment intent (decision 17)', () => {
  const pay = plan().at(-1)!;
  expect(pay).toMatchObject({ doctype: 'Payment Entry', key: `${id}:pay:pi_3NxSeedOrder0001abcDEF`, links: { party: 'customer' } });
  expect(pay.fields).toMatchObject({ paid_amount: 252.42, received_amount: 252.42, gateway_txn_id: 'pi_3NxSeedOrder0001abcDEF', reference_no: 'pi_3NxSeedOrder0001abcDEF', posting_date: '2026-04-02', docstatus: 1 });
});

test('every link points to an earlier document, keys are unique, and the plan is plain JSON', () => {
  const documents = plan({ ...seedCheckout, tv_boxes: 2, add_ons: ['TVADDFILMS'] });
  const seen = new Set<string>();
  for (const { step, links } of documents) {
    for (const target of Object.values(links)) expect(seen).toContain(target);
    seen.add(step);
  }
  expect(new Set(documents.map((document) => document.key)).size).toBe(documents.length);
  for (const document of documents) expect(document.key.length).toBeLessThanOrEqual(100);
  expect(JSON.parse(JSON.stringify(documents))).toEqual(documents);
});

test('[S1-103] the same order gives the same documents', () => {
  expect(plan()).toEqual(plan());
});

test('a drop that is not the order\'s is a mistake of the caller', () => {
  expect(() => decomposeOrder(orderOf(), { ...seedDrop, fibreId: 1 }, { erp: gigafibreErp })).toThrow(RangeError);
});

test('links are filled with names, also inside child tables; a missing one is refused', () => {
  const names = Object.fromEntries(plan().map(({ step }) => [step, `NAME-${step}`]));
  const filled = fillLinks(one('dispatch'), names);
  expect(filled).toMatchObject({ type: 'accepted', value: { customer: 'NAME-customer', project: 'NAME-project', equipment_list: [{ equipment_type: 'ONT', service_equipment: 'NAME-eq:ont' }, {}, {}, {}] } });
  expect(fillLinks(one('project'), { customer: 'CUST-1' })).toMatchObject({ type: 'refused', code: 'linkUnknown', path: 'service_location' });
  const before: Json = JSON.parse(JSON.stringify(one('dispatch').fields));
  expect(one('dispatch').fields).toEqual(before);
});
