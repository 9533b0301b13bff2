import fc from 'fast-check';
import { gigafibreErp } from '../ordering/erpSettings.ts';
import { planLegacyMap, type LegacyErp, type LegacySettings } from './legacyMap.ts';
import { legacyId, type LegacyTables } from './legacyTable.ts';

const fibre = { id: 5012, service_id: 77, rue: '12 rue Châteauguay', ville: 'Ormstown', zip: 'J0S 1K0', latitude: '45.12', longitude: '-74.0', info_connect: '172.17.16.2', frame: 0, slot: 1, port: 5, ontid: 12 };
const service = { id: '77', delivery_id: 9, sku: 'FTTH150I', price: '99,95', status: 'actif', date_orig: '2021-05-04 00:00:00' };
const delivery = { id: 9, account_id: '0042', address1: '1 autre rue', city: 'Huntingdon', zip: 'J0S 1H0' };
const account = { id: 42, first_name: 'Léa', last_name: 'Roy', email: 'Lea@Example.ca', phone: '514 555-0123', company: '' };
const tables = (more: Partial<LegacyTables> = {}): LegacyTables => ({ fibre: [fibre], service: [service], delivery: [delivery], account: [account], ...more });
const world = (more: Partial<LegacyErp> = {}): LegacyErp => ({ customers: [{ name: 'CUST-1', legacyId: '42', email: null }], items: ['FTTH150I'], locations: [], subscriptions: [], ...more });
const plan = (of: Partial<LegacyTables> = {}, erp: Partial<LegacyErp> = {}, rules: Partial<LegacySettings> = {}) => planLegacyMap(tables(of), world(erp), { currency: 'CAD', erp: gigafibreErp, ...rules });
const brief = (of: ReturnType<typeof plan>) => of.documents.map(({ plan: { doctype }, verdict, because, name }) => [doctype, verdict, because ?? name]);

test('[S1-163] fibre → service → delivery → account → Customer.legacy_customer_id: a location and a subscription by key, linked to that customer', () => {
  const made = plan();
  expect(made.counts).toEqual({ rows: 1, linked: 1, free: 0, ended: 0, repeated: 0, orphaned: 0, ambiguous: 0, invalid: 0 });
  expect(made.documents).toEqual([
    { plan: { step: 'legacy:account:42', doctype: 'Customer', key: 'legacy:account:42', fields: {}, links: {} }, name: 'CUST-1', verdict: 'unchanged' },
    { plan: { step: 'legacy:fibre:5012', doctype: 'Service Location', key: 'legacy:fibre:5012', links: { customer: 'legacy:account:42' }, fields: { status: 'Active', connection_type: 'FTTH', address_line: '12 rue Châteauguay', city: 'Ormstown', province: 'QC', country: 'Canada', fibre_id: '5012', postal_code: 'J0S 1K0', latitude: 45.12, longitude: -74, olt_ip: '172.17.16.2', olt_frame: 0, olt_slot: 1, olt_port: 5, ont_id: 12, olt_path: '0/1/5:12' } }, name: null, verdict: 'write' },
    { plan: { step: 'legacy:service:77', doctype: 'Service Subscription', key: 'legacy:service:77', links: { customer: 'legacy:account:42', service_location: 'legacy:fibre:5012' }, fields: { status: 'Active', service_type: 'Internet', item: 'FTTH150I', qty: 1, rate: 99.95, currency: 'CAD', billing_interval: 'Month', start_date: '2021-05-04' } }, name: null, verdict: 'write' },
  ]);
});

test.each<[string, Partial<LegacyTables>, string, string, string | null]>([
  ['no service', { fibre: [{ ...fibre, service_id: 0 }] }, 'free', 'noService', null],
  ['a service that is gone', { service: [] }, 'orphaned', 'serviceMissing', '77'],
  ['a service without a delivery', { service: [{ ...service, delivery_id: null }] }, 'orphaned', 'deliveryMissing', '77'],
  ['a delivery that is gone', { delivery: [] }, 'orphaned', 'deliveryMissing', '9'],
  ['a delivery without an account', { delivery: [{ ...delivery, account_id: '' }] }, 'orphaned', 'accountMissing', '9'],
  ['an account that is gone', { delivery: [{ ...delivery, account_id: 43 }] }, 'orphaned', 'accountMissing', '43'],
  ['an account without a customer', { delivery: [{ ...delivery, account_id: 44 }], account: [{ id: 44, name: 'X' }] }, 'orphaned', 'customerMissing', '44'],
  ['an ended service', { service: [{ ...service, status: 'Résilié' }] }, 'ended', 'serviceEnded', '77'],
  ['a word nobody told us', { service: [{ ...service, status: '2' }] }, 'invalid', 'statusUnknown', '77'],
  ['an unknown item', { service: [{ ...service, sku: 'FTTH9' }] }, 'invalid', 'itemUnknown', '77'],
  ['a price of three decimals', { service: [{ ...service, price: '99.955' }] }, 'invalid', 'priceUnreadable', '77'],
  ['a price below nothing', { service: [{ ...service, price: '-1' }] }, 'invalid', 'priceUnreadable', '77'],
  ['an unreadable id', { fibre: [{ ...fibre, id: "5'; DROP" }] }, 'invalid', 'idUnreadable', null],
  ['no address anywhere', { fibre: [{ id: 5012, service_id: 77 }], delivery: [{ id: 9, account_id: 42 }] }, 'invalid', 'addressMissing', '5012'],
  ['two services of one id', { service: [service, { ...service, price: '1' }] }, 'ambiguous', 'serviceRowsDisagree', '77'],
  ['two deliveries of one id', { delivery: [delivery, { ...delivery, account_id: 43 }] }, 'ambiguous', 'deliveryRowsDisagree', '9'],
])('[S1-163] %s: the drop stops there, named', (_what, of, is, reason, at) => {
  const made = plan(of);
  expect(made).toMatchObject({ documents: [], stops: [{ row: 1, is, reason, ...(at ? { at } : {}) }], reasons: { [reason]: 1 } });
  expect(made.counts).toMatchObject({ linked: 0, [is]: 1 });
});

test('[S1-163] rows of one drop that disagree, and a service on two drops, are told and left; the same row twice is one', () => {
  expect(plan({ fibre: [fibre, { ...fibre, service_id: 78 }] }).stops).toMatchObject([{ reason: 'fibreRowsDisagree' }, { reason: 'fibreRowsDisagree' }]);
  expect(plan({ fibre: [fibre, { ...fibre, id: 5013 }] }).counts).toMatchObject({ linked: 0, ambiguous: 2 });
  expect(plan({ fibre: [fibre, { ...fibre, id: '05012.0' }] }).counts).toMatchObject({ linked: 1, repeated: 1 });
});

test('[S1-163] a customer without the old id: known by an e-mail that is one account’s and one customer’s, else made only when asked', () => {
  const known = { customers: [{ name: 'CUST-2', legacyId: null, email: 'lea@example.ca' }] };
  expect(plan({}, known).documents[0]).toMatchObject({ name: 'CUST-2', verdict: 'identify', plan: { fields: { legacy_customer_id: '42' } } });
  expect(plan({}, { customers: [...known.customers, { name: 'CUST-3', legacyId: null, email: 'LEA@example.ca' }] }).stops[0]).toMatchObject({ is: 'ambiguous', reason: 'severalCustomers' });
  expect(plan({ account: [account, { ...account, id: 43 }] }, known).stops[0]).toMatchObject({ is: 'ambiguous', reason: 'severalAccounts' });
  expect(plan({}, { customers: [{ name: 'CUST-2', legacyId: '7', email: 'lea@example.ca' }] }).stops[0]).toMatchObject({ reason: 'customerMissing' });
  expect(plan({}, { customers: [{ name: 'A', legacyId: '42', email: null }, { name: 'B', legacyId: '0042', email: null }] }).stops[0]).toMatchObject({ reason: 'severalCustomers' });
  expect(plan({}, { customers: [] }, { createCustomers: true }).documents[0]).toMatchObject({ name: null, verdict: 'write', plan: { fields: { customer_name: 'Léa Roy', customer_type: 'Individual', email_id: 'lea@example.ca', mobile_no: '+15145550123', legacy_customer_id: '42', language: 'fr' } } });
  expect(plan({ account: [{ id: 42 }] }, { customers: [] }, { createCustomers: true }).stops[0]).toMatchObject({ is: 'invalid', reason: 'nameMissing' });
  expect(plan({ account: [account, { ...account, company: 'X' }] }, { customers: [] }, { createCustomers: true }).stops[0]).toMatchObject({ is: 'ambiguous', reason: 'accountRowsDisagree' });
});

test('[S1-164] what is there is found by key and never overwritten; an order, another household or an end is newer', () => {
  const home = { name: 'SLOC-1', key: 'legacy:fibre:5012', fibreId: '5012', customer: 'CUST-1', status: 'Suspended' };
  const sold = { name: 'SSUB-1', key: 'legacy:service:77', customer: 'CUST-1', location: 'SLOC-1', item: 'FTTH500I', status: 'Suspended' };
  const there = [['Customer', 'unchanged', 'CUST-1'], ['Service Location', 'unchanged', 'SLOC-1']];
  expect(brief(plan({}, { locations: [home], subscriptions: [sold] }))).toEqual([...there, ['Service Subscription', 'unchanged', 'SSUB-1']]);
  expect(brief(plan({}, { locations: [home] }))).toEqual([...there, ['Service Subscription', 'write', null]]);
  expect(brief(plan({}, { locations: [{ ...home, customer: 'CUST-9' }] }))).toEqual([there[0], ['Service Location', 'kept', 'otherCustomer'], ['Service Subscription', 'kept', 'locationKept']]);
  expect(brief(plan({}, { locations: [{ ...home, status: 'Terminated' }] }))[1]).toEqual(['Service Location', 'kept', 'ended']);
  const order = { ...home, key: 'ord_1:location' };
  expect(brief(plan({}, { locations: [order], subscriptions: [{ ...sold, key: 'ord_1:sub:FTTH150I', item: 'FTTH150I' }] }))).toEqual([...there, ['Service Subscription', 'kept', 'fromOrder']]);
  expect(brief(plan({}, { locations: [{ ...order, status: 'Terminated' }] }))[1]).toEqual(['Service Location', 'write', null]);
});

test('[S1-163] [S1-164] every row is counted exactly once, whatever the tables hold', () => {
  const id = fc.constantFrom('1', '2', '02', '3', 0, null, 'x y');
  const rows = <T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.array(fc.record(shape), { maxLength: 8 });
  const random = fc.record({
    fibre: rows({ id, service_id: id, rue: fc.constantFrom('12 rue X', ''), ville: fc.constant('Y') }), service: rows({ id, delivery_id: id, sku: fc.constantFrom('FTTH150I', '?'), price: fc.constantFrom('1', 'x'), status: fc.constantFrom('1', '0', '9') }),
    delivery: rows({ id, account_id: id }), account: rows({ id, name: fc.constantFrom('A', ''), email: fc.constantFrom('a@b.ca', '') }),
  });
  fc.assert(fc.property(random, fc.boolean(), (of, createCustomers) => {
    const { counts, stops, documents } = plan(of as never, { customers: [{ name: 'C1', legacyId: '1', email: null }, { name: 'C2', legacyId: null, email: 'a@b.ca' }] }, { createCustomers });
    const { rows: all, ...classes } = counts;
    expect(Object.values(classes).reduce((a, b) => a + b, 0)).toBe(all);
    expect(counts.linked + stops.length).toBe(all);
    expect(documents.filter(({ plan: { doctype } }) => doctype === 'Service Location')).toHaveLength(counts.linked);
    expect(new Set(documents.map(({ plan: { key } }) => key)).size).toBe(documents.length);
  }));
  expect(['42.0', '00042', ' 42 ', 'NULL', '0', '', "a'b"].map(legacyId)).toEqual(['42', '42', '42', '', '', '', null]);
});
