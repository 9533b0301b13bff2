import fc from 'fast-check';
import { readCheckout } from './readCheckout.ts';
import { orderOf, reading, seedCheckout } from './seedCheckout.fixture.ts';

const refusal = (change: Record<string, unknown>, context = reading) => {
  const said = readCheckout({ ...seedCheckout, ...change }, context);
  return said.type === 'refused' ? [said.code, said.path] : said.type;
};

test('[S1-075] the payload of the seed becomes a priced order', () => {
  const order = orderOf();
  expect(order).toMatchObject({
    orderId: 'ord_3NxSeedOrder0001abcDEF', paymentIntent: 'pi_3NxSeedOrder0001abcDEF', fibreId: 5012, dueNowMinor: 25242, currency: 'CAD', language: 'fr', stb: 1, hasInternet: true, hasTv: true, hasPhone: true,
    address: { street: '123 rue Principale', city: 'Saint-Anicet', postalCode: 'J0S 1M0', oltPort: '0/1/5' }, customer: { name: 'Jean Tremblay', email: 'jean@example.ca', phone: '+15145550123' },
    services: [{ sku: 'FTTH150I', type: 'internet', quantity: 1, mrcMinor: 9995 }, { sku: 'TVBSTANDARD', type: 'tv', mrcMinor: 3000 }, { sku: 'TELEPMENS', type: 'phone', mrcMinor: 2895 }],
    preferredDates: seedCheckout.preferred_dates, contactMe: false, commitmentMonths: 0, access: { downKbps: 150_000, upKbps: 150_000, lineProfile: 'LP:102' },
    policies: { catalog: 'residential-qc 2026-04-03', taxTable: 'canada-sales-taxes 2026-01-01', installation: 'installation-qc 2026-01-01' },
  });
  expect(JSON.parse(JSON.stringify(order))).toEqual(order);
});

test('[S1-095] the notes read as the technician expects them', () => {
  expect(orderOf().notes).toBe('FTTH 150M + TV Standard + Phone');
  expect(orderOf({ ...seedCheckout, services: [{ sku: 'FTTH1500I', type: 'internet' }] }).notes).toBe('FTTH 1.5G');
});

test('[S1-077] the same payment intent gives the same order, another one another', () => {
  expect(orderOf({ ...seedCheckout, services: [...seedCheckout.services].reverse() }).orderId).toBe(orderOf().orderId);
  expect(orderOf({ ...seedCheckout, stripe_payment_intent: 'pi_other' }).orderId).toBe('ord_other');
});

test('[S1-073] "Contactez-moi" instead of days', () => {
  const { preferred_dates: _, ...rest } = seedCheckout;
  expect(orderOf({ ...rest, contact_me: true })).toMatchObject({ preferredDates: [], contactMe: true });
});

test('[S1-064] a total that is ours passes, any other is refused with what it should be', () => {
  expect(refusal({ expected_total_minor: 25242, total: 252.42 })).toBe('accepted');
  expect(refusal({ total: '252.42' })).toBe('accepted');
  expect(refusal({ expected_total_minor: 25241 })).toEqual(['priceMismatch', 'expected_total_minor']);
  expect(refusal({ total: 100 })).toEqual(['priceMismatch', 'total']);
  expect(refusal({ total: 252.421 })).toEqual(['badInput', 'total']);
  expect(readCheckout({ ...seedCheckout, expected_total_minor: 1 }, reading)).toMatchObject({ facts: { expectedTotalMinor: 25242, currency: 'CAD' } });
  expect(refusal({ expected_total_minor: 25242, commitment_months: 24 })).toEqual(['priceMismatch', 'expected_total_minor']);
});

test('[S1-049] add-ons come among the services or apart', () => {
  const apart = orderOf({ ...seedCheckout, add_ons: ['TVADDSPORTS'] });
  expect(apart.addOns).toEqual([{ sku: 'TVADDSPORTS', mrcMinor: 2500 }]);
  expect(orderOf({ ...seedCheckout, services: [...seedCheckout.services, { sku: 'TVADDSPORTS', type: 'tv' }] })).toEqual(apart);
});

test('[S1-062] who had a TV box before pays for this one', () => {
  expect(orderOf(seedCheckout, { ...reading, firstTvBox: false }).dueNowMinor).toBe(39_032); // 339.49 + 16.97 + 33.86
});

test.each<[string, Record<string, unknown>, string, string]>([
  ['[S1-076] an unknown SKU', { services: [{ sku: 'FTTH9', type: 'internet' }] }, 'unknownSku', 'services[0].sku'],
  ['[S1-076] a SKU of another type', { services: [{ sku: 'FTTH150I', type: 'phone' }] }, 'skuTypeMismatch', 'services[0].sku'],
  ['[S1-076] an unknown type', { services: [{ sku: 'FTTH150I', type: 'radio' }] }, 'badInput', 'services[0].type'],
  ['[S1-073] a Saturday', { preferred_dates: ['2026-04-07', '2026-04-09', '2026-04-11'] }, 'dateOnWeekend', 'preferred_dates[2]'],
  ['no days', { preferred_dates: undefined }, 'datesCount', 'preferred_dates'],
  ['[S0-131] a bad e-mail', { customer: { ...seedCheckout.customer, email: 'user@.com' } }, 'emailInvalid', 'customer.email'],
  ['a bad telephone', { customer: { ...seedCheckout.customer, phone: '12' } }, 'phoneInvalid', 'customer.phone'],
  ['an empty name', { customer: { ...seedCheckout.customer, name: '  ' } }, 'badInput', 'customer.name'],
  ['no customer', { customer: undefined }, 'badInput', 'customer'],
  ['a fibre id as text', { address: { ...seedCheckout.address, fibre_id: '5012' } }, 'badInput', 'address.fibre_id'],
  ['a postal code of another country', { address: { ...seedCheckout.address, zip: '90210' } }, 'badInput', 'address.zip'],
  ['a latitude off the earth', { address: { ...seedCheckout.address, lat: 145 } }, 'badInput', 'address.lat'],
  ['a port that is no port', { address: { ...seedCheckout.address, olt_port: '0/1' } }, 'badInput', 'address.olt_port'],
  ['no payment', { stripe_payment_intent: undefined }, 'badInput', 'stripe_payment_intent'],
  ['a client secret', { stripe_payment_intent: 'pi_3Nx_secret_abc' }, 'badInput', 'stripe_payment_intent'],
  ['a charge', { stripe_payment_intent: 'ch_3Nx' }, 'badInput', 'stripe_payment_intent'],
  ['twelve months', { commitment_months: 12 }, 'badInput', 'commitmentMonths'],
  ['a card number in the name', { customer: { ...seedCheckout.customer, name: 'Jean 4111-1111-1111-1111' } }, 'cardDataRefused', 'customer.name'],
  ['a security code in a field nobody asked for', { extra: { deep: [{ cvv: '123' }] } }, 'cardDataRefused', 'extra.deep[0].cvv'],
])('%s is refused', (_, change, code, path) => {
  expect(refusal(change)).toEqual([code, path]);
});

test('[S1-021] a plan faster than the drop can carry is refused', () => {
  expect(refusal({}, { ...reading, maxDownMbps: 100 })).toEqual(['speedTooHigh', 'services']);
  expect(refusal({}, { ...reading, maxDownMbps: 150 })).toBe('accepted');
});

test.each([[null], [undefined], ['{}'], [[]], [42]])('%p is no checkout', (input) => {
  expect(readCheckout(input, reading)).toMatchObject({ type: 'refused', code: 'badInput' });
});

test('a payload with one value replaced by anything is decided without a throw, and a refusal keeps values to itself', () => {
  const paths = fc.constantFrom(['address'], ['address', 'zip'], ['address', 'rue'], ['customer'], ['customer', 'email'], ['customer', 'phone'], ['services'], ['preferred_dates'], ['stripe_payment_intent'], ['total'], ['tv_boxes'], ['contact_me']);
  fc.assert(fc.property(paths, fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant('s3cr3t-value')), ([top, inner], value) => {
    const payload = JSON.parse(JSON.stringify(seedCheckout)) as Record<string, any>;
    if (inner) payload[top!][inner] = value;
    else payload[top!] = value;
    const said = readCheckout(payload, reading);
    if (said.type === 'refused') expect(JSON.stringify(said)).not.toContain('s3cr3t-value');
  }), { numRuns: 500 });
});
