import { Leadlight } from '../../../nodes/Leadlight/Leadlight.node.ts';
import { only, run } from '../support/n8n.ts';

const node = new Leadlight();
const today = '2026-04-03';
const checkout = {
  address: { fibre_id: 1, rue: '12 rue Saint-Jean', ville: 'Huntingdon', zip: 'J0S 1H0' },
  customer: { name: 'Jeanne Tremblay', email: 'jeanne@example.ca', phone: '450-264-5555' },
  services: [{ sku: 'FTTH150I', type: 'internet' }],
  preferred_dates: ['2026-04-07', '2026-04-08', '2026-04-09'],
  stripe_payment_intent: 'pi_3NxQ7mK2',
};
const drop = { fibreId: 1, street: '12 rue Saint-Jean', city: 'Huntingdon', postalCode: 'J0S 1H0', latitude: 45, longitude: -74, oltName: 'Huntingdon 1', oltIp: '172.17.128.2', frame: 0, slot: 1, port: 5, ontId: 7, zone: '1', maxDownMbps: 1500, state: 'free' };
const check = (payload: unknown, more: object = {}) => only(node, { resource: 'order', operation: 'checkCheckout', checkout: payload, today, ...more });
const order = async () => (await check(checkout))['value'] as unknown as { orderId: string; access: object };

test('[S1-075] [S1-077] Check Checkout gives a priced order, from text or data; the same payment the same order', async () => {
  const decided = await check(checkout);
  expect(decided).toMatchObject({ type: 'accepted', value: { orderId: 'ord_3NxQ7mK2', placedOn: today, currency: 'CAD' } });
  expect(decided['because']).not.toHaveLength(0);
  expect(await check(JSON.stringify(checkout))).toEqual(decided);
});

test.each([
  ['a weekend day', { ...checkout, preferred_dates: ['2026-04-07', '2026-04-09', '2026-04-11'] }, 'dateOnWeekend', 'preferred_dates[2]'],
  ['an unknown SKU', { ...checkout, services: [{ sku: 'NOPE', type: 'internet' }] }, 'unknownSku', 'services[0].sku'],
  ['a wrong type', { ...checkout, services: 'FTTH150I' }, 'badInput', 'services'],
  ['another price', { ...checkout, expected_total_minor: 1 }, 'priceMismatch', 'expected_total_minor'],
  ['no object', 'null', 'badInput', ''],
])('[S1-064] [S1-073] %s leaves as a refusal with code and path, not as a failure', async (_title, payload, code, path) => {
  expect(await check(payload)).toMatchObject({ type: 'refused', code, path, message: expect.any(String) });
});

test('a tenant’s own jurisdiction and speed limit reach the rule', async () => {
  expect(await check(checkout, { options: { jurisdiction: 'XX-YY' } })).toMatchObject({ type: 'refused', code: 'jurisdictionUnknown' });
  expect(await check(checkout, { options: { maxDownMbps: 100 } })).toMatchObject({ type: 'refused', code: 'speedTooHigh' });
});

test('[S1-082] Decompose gives one item per document; groups; names put where a group links', async () => {
  const given = { resource: 'order', operation: 'decompose', order: await order(), drop };
  const group = async (documentGroup: string, options: object = {}) => (await run(node, { items: [{ ...given, documentGroup, options }] })).map(({ json }) => json);
  const all = await group('all');
  expect(all.slice(0, 2).map(({ doctype }) => doctype)).toEqual(['Customer', 'Service Location']);
  const parts = await Promise.all(['customer', 'location', 'subscriptions', 'equipment', 'project', 'tasks', 'dispatch', 'prepayment'].map((one) => group(one)));
  expect(parts.map((part) => part.length)).not.toContain(0);
  expect(parts.flat()).toEqual(all);

  const made = [{ key: all[0]!['key'], name: 'CUST-7' }];
  expect(await group('location', { made })).toEqual([expect.objectContaining({ links: {}, fields: expect.objectContaining({ customer: 'CUST-7' }) })]);
  expect(await group('location', { made: { customer: 'CUST-8' } })).toEqual([expect.objectContaining({ fields: expect.objectContaining({ customer: 'CUST-8' }) })]);
  expect((await group('project', { made }))[0]).toMatchObject({ type: 'refused', code: 'linkUnknown' });
});

test('Plan lists the steps; After Failure undoes before money and calls a person after it', async () => {
  const plan = await only(node, { resource: 'order', operation: 'plan', order: await order() });
  const steps = plan['steps'] as { key: string }[];
  expect(steps.map(({ key }) => key).slice(0, 3)).toEqual(['verifyPayment', 'holdPort', 'capturePayment']);
  const after = (failedStep: string, failure: object, done: string[]) => only(node, { resource: 'fulfilment', operation: 'afterFailure', plan, done, failedStep, failure });
  expect(await after('capturePayment', { type: 'refused', code: 'declined', message: 'No.' }, ['verifyPayment', 'holdPort'])).toMatchObject({ type: 'undo', steps: expect.arrayContaining([expect.objectContaining({ key: 'releasePort' })]) });
  expect(await after('createCustomer', { error: 'x', type: 'vendorError', kind: 'timedOut', outcome: 'unknown', message: 'x', hint: 'y' }, [])).toMatchObject({ type: 'observe' });
  expect((await only(node, { resource: 'order', operation: 'plan', order: await order(), options: { phase: 'installation' } }))['steps']).not.toEqual(plan['steps']);
});

test('[S1-060] Price prices a selection', async () => {
  const price = await only(node, { resource: 'quote', operation: 'price', selection: { services: checkout.services }, today });
  expect(price).toMatchObject({ type: 'accepted', value: { currency: 'CAD', dueNow: { totalMinor: expect.any(Number) } } });
});

test('[S1-073] Offer Dates and Check Dates agree', async () => {
  const { dates } = (await only(node, { resource: 'appointment', operation: 'offerDates', today })) as { dates: string[] };
  expect(dates[0]).toBe('2026-04-07');
  const checkDates = (preferredDates: unknown, contactMe = false) => only(node, { resource: 'appointment', operation: 'checkDates', preferredDates, contactMe, today });
  expect(await checkDates(dates.slice(0, 3))).toMatchObject({ type: 'accepted' });
  expect(await checkDates('[]', true)).toMatchObject({ type: 'accepted', value: { contactMe: true } });
  expect(await checkDates(['2026-04-11', ...dates.slice(0, 2)])).toMatchObject({ type: 'refused', code: 'dateOnWeekend' });
});

test('[S1-111] [S1-096] [S1-117] Field: Read Scan, Match Technician, Check Completion', async () => {
  const scan = (text: string, expected = 'any') => only(node, { resource: 'field', operation: 'readScan', scan: text, expected });
  expect(await scan('s/n: rcmg19e01234')).toMatchObject({ type: 'accepted', value: { kind: 'ont', serialNumber: 'RCMG19E01234' } });
  expect(await scan('RCMG19E01234', 'deco')).toMatchObject({ type: 'refused', code: 'scanUnexpected' });
  const match = { resource: 'field', operation: 'matchTechnician', job: { requiredTags: ['Fibre'], preferredDates: ['2026-04-07'] }, technicians: '[{"id": "luc", "tags": ["fibre"]}]' };
  expect(await only(node, match)).toMatchObject({ type: 'accepted', value: { technicianId: 'luc', date: '2026-04-07' } });
  const complete = (report: object) => only(node, { resource: 'field', operation: 'checkCompletion', report, order: { hasInternet: true, hasTv: false, hasPhone: false } });
  expect(await complete({ speedTest: { downMbps: 150, upMbps: 150 }, wifi24: true, wifi5: true })).toMatchObject({ type: 'accepted' });
  expect(await complete({ wifi24: true })).toMatchObject({ type: 'refused', code: 'checksMissing' });
});

test.each([
  ['order', 'checkCheckout', 'checkout', { today }], ['quote', 'price', 'selection', { today }], ['lead', 'readLead', 'lead', {}], ['field', 'checkCompletion', 'report', { order: {} }], ['field', 'readScan', 'scan', { expected: 'any' }],
])('what the world sends to %s: %s is refused as data, whatever it is', async (resource, operation, field, more) => {
  for (const sent of ['hello', '"hello"', '', '[1]', '7', [1], 7, null, undefined]) {
    expect(await only(node, { resource, operation, [field]: sent, ...more })).toMatchObject({ type: 'refused', code: expect.any(String), path: expect.any(String), hint: expect.any(String) });
  }
});

test('[S1-150] Lead: Read gives documents, or says who is missing', async () => {
  const read = (lead: object) => only(node, { resource: 'lead', operation: 'readLead', lead });
  const address = { rue: '1 rang Sud', ville: 'Franklin' };
  expect(await read({ choice: 'notify', email: 'a@example.ca', address })).toMatchObject({ type: 'accepted', value: { documents: [{ doctype: 'Lead' }] } });
  expect(await read({ choice: 'notify', address })).toMatchObject({ type: 'refused', code: 'contactMissing' });
});

test('[S1-119] the gate never takes "unknown" for "fine"', async () => {
  expect(await only(node, { resource: 'fulfilment', operation: 'activationGate', evidence: {} })).toMatchObject({ type: 'refused', code: 'notYetLive', facts: { missing: expect.any(Array) } });
});

test('[S1-118] Billing: Prorate, First Invoice, Sales Invoice hang together to the cent', async () => {
  expect(await only(node, { resource: 'billing', operation: 'prorate', amountMinor: 9995, periodStart: '2026-04-01', periodEnd: '2026-05-01', usedStart: '2026-04-13', usedEnd: '2026-05-01' })).toMatchObject({ type: 'accepted', value: { minor: 5997, restMinor: 3998 } });
  const bill = await only(node, {
    resource: 'billing', operation: 'firstInvoice', orderId: 'ord_1', account: '{"zone": "America/Toronto", "currency": "CAD", "jurisdiction": "CA-QC", "anchorDay": 1}',
    lines: [{ sku: 'FTTH150I', description: 'Internet 150', charge: 'mrc', amountMinor: 9995 }], activatedAt: '2026-04-13T14:20:00Z', prepaymentMinor: 11492,
  });
  expect(bill).toMatchObject({ type: 'accepted', value: { subtotalMinor: 5997, totalMinor: 6895, prepaidMinor: 6895, dueMinor: 0, creditLeftMinor: 4597 } });
  const invoice = await only(node, { resource: 'billing', operation: 'salesInvoice', bill: bill['value'], customer: 'CUST-7', company: 'Gigafibre', taxAccounts: '{"GST": "TPS - GF", "QST": "TVQ - GF"}', options: { language: 'en' } });
  expect(invoice).toMatchObject({ fields: { customer: 'CUST-7', items: [{ item_code: 'FTTH150I', rate: 59.97 }] }, expected: { grandTotalMinor: 6895 } });
});

test('[S1-089] Network: the place of a drop gives its VLANs; a model gives its parameters', async () => {
  const { access } = await order();
  expect(await only(node, { resource: 'network', operation: 'accessProfile', plan: access, place: drop })).toMatchObject({ type: 'accepted', value: { sVlan: 121, cVlan: 107 } });
  expect(await only(node, { resource: 'network', operation: 'cpeProfile', device: { productClass: 'HT803G-W' }, options: { allowUnverified: true } })).toMatchObject({ type: 'accepted', value: { parameters: expect.any(Array) } });
  expect(await only(node, { resource: 'network', operation: 'cpeProfile', device: { productClass: 'Nobody' } })).toMatchObject({ type: 'refused', code: 'unknownModel' });
});
