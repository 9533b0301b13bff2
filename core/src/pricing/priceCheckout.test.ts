import fc from 'fast-check';
import type { Catalog } from '../catalog/catalog.ts';
import { residentialCatalog } from '../tenant/residentialCatalog.ts';
import { canadaTaxTable } from '../tenant/canadaTaxTable.ts';
import { priceCheckout } from './priceCheckout.ts';
import type { CheckoutContext, CheckoutSelection, Quote, ServiceType } from './quote.ts';

const context: CheckoutContext = { firstTvBox: true, jurisdiction: 'CA-QC', on: '2026-04-03', taxTable: canadaTaxTable };
const pick = (skus: string, more: Partial<CheckoutSelection> = {}): CheckoutSelection => ({
  services: skus.split(' ').map((sku) => ({ sku, type: (sku.startsWith('FTTH') ? 'internet' : sku === 'TELEPMENS' ? 'phone' : 'tv') as ServiceType })), ...more,
});
const quote = (selection: CheckoutSelection, more: Partial<CheckoutContext> = {}, catalog: Catalog = residentialCatalog): Quote => {
  const decided = priceCheckout(selection, catalog, { ...context, ...more });
  if (decided.type === 'refused') throw new Error(`${decided.code}: ${decided.message}`);
  return decided.value;
};
const refusal = (selection: unknown, more: Partial<CheckoutContext> = {}) => {
  const decided = priceCheckout(selection as CheckoutSelection, residentialCatalog, { ...context, ...more });
  return decided.type === 'refused' ? [decided.code, decided.path] : decided.type;
};
const amounts = (lines: Quote['monthly']['lines']) => Object.fromEntries(lines.map((line) => [line.sku, line.amountMinor]));
const ALL = 'FTTH150I TVBSTANDARD TELEPMENS';

test('[S1-060] [S1-061] [S1-064] the reference order: 149.59 + 7.48 + 14.92 = 171.99 a month, 252.42 at checkout', () => {
  const { monthly, oneTime, dueNow, currency } = quote(pick(ALL));
  expect(currency).toBe('CAD');
  expect(amounts(monthly.lines)).toEqual({ FTTH150I: 9995, TVBSTANDARD: 3000, TELEPMENS: 2895, SERV911: 69, RAB3X: -1000 });
  expect([monthly.subtotalMinor, ...monthly.taxes.map((tax) => tax.amountMinor), monthly.totalMinor]).toEqual([14959, 748, 1492, 17199]);
  expect(amounts(oneTime.lines)).toEqual({ ACTTELEP: 6995, INSTALL: 0, STB: 11995, STB1OFFERT: -11995 });
  expect([dueNow.subtotalMinor, ...dueNow.taxes.map((tax) => tax.amountMinor), dueNow.totalMinor]).toEqual([21954, 1098, 2190, 25242]);
});

test('[S1-062] the first TV box is given once, by name, and never to who had one', () => {
  const credit = quote(pick(ALL, { tvBoxes: 2 })).oneTime;
  expect(amounts(credit.lines)).toMatchObject({ STB: 23990, STB1OFFERT: -11995 });
  expect(credit.lines.at(-1)?.label.fr).toBe('1er décodeur offert');
  expect(amounts(quote(pick(ALL), { firstTvBox: false }).oneTime.lines)).toEqual({ ACTTELEP: 6995, INSTALL: 0, STB: 11995 });
  expect(amounts(quote(pick('FTTH25')).oneTime.lines)).toEqual({ INSTALL: 0 });
  expect(amounts(quote(pick('FTTH25 TVBEVO', { tvBoxes: 0 })).oneTime.lines)).toEqual({ INSTALL: 0 });
});

test.each<[string, string, Record<string, number>]>([
  ['one service earns nothing', 'FTTH25', { FTTH25: 4995 }],
  ['two earn RAB2X', 'FTTH25 TVBEVO', { FTTH25: 4995, TVBEVO: 3500, RAB2X: -500 }],
  ['911 is no service (decision 1)', 'TELEPMENS', { TELEPMENS: 2895, SERV911: 69 }],
  ['three earn RAB3X and not RAB2X too (decision 3)', 'FTTH25 TVBEVO TELEPMENS', { FTTH25: 4995, TVBEVO: 3500, TELEPMENS: 2895, SERV911: 69, RAB3X: -1000 }],
  ['the free base TV counts for nothing (decision 15)', 'FTTH25 TELE', { FTTH25: 4995, TELE: 0 }],
])('[S1-063] %s', (_, skus, expected) => {
  expect(amounts(quote(pick(skus)).monthly.lines)).toEqual(expected);
});

test('[S1-055] a fourth kind of service earns RAB4X, a fifth no more (decision 2)', () => {
  const mobile = { ...residentialCatalog.offerings.find((one) => one.sku === 'TELEPMENS')!, sku: 'MOBILE', comboService: 'mobile' };
  const security = { ...mobile, sku: 'ALARM', comboService: 'security' };
  const wide: Catalog = { ...residentialCatalog, offerings: [...residentialCatalog.offerings, mobile, security] };
  const with4 = { services: [...pick(ALL).services, { sku: 'MOBILE', type: 'phone' as const }] };
  expect(amounts(quote(with4, {}, wide).monthly.lines)).toMatchObject({ RAB4X: -1500 });
  expect(amounts(quote({ services: [...with4.services, { sku: 'ALARM', type: 'phone' }] }, {}, wide).monthly.lines)).toMatchObject({ RAB4X: -1500 });
});

test('[S1-057] [S1-058] one commitment stacks with the combo (decisions 4, 5)', () => {
  for (const [months, sku] of [[24, 'RAB24M'], [36, 'RAB36M']] as const) {
    const lines = amounts(quote(pick(ALL, { commitmentMonths: months })).monthly.lines);
    expect(Object.keys(lines).filter((one) => one.startsWith('RAB'))).toEqual(['RAB3X', sku]);
    expect(lines[sku]).toBe(-1500);
  }
});

test('[S1-056] RAB_X is given by a person only, replaces the combo and stacks with the commitment (decision 7)', () => {
  const special = { manualDiscount: { sku: 'RAB_X', authorisedBy: 'sophie' } };
  expect(amounts(quote(pick(ALL, { commitmentMonths: 24 }), special).monthly.lines)).toMatchObject({ RAB_X: -2000, RAB24M: -1500 });
  expect(quote(pick(ALL), special).monthly.lines.some((line) => line.sku === 'RAB3X')).toBe(false);
  expect(refusal(pick(ALL), { manualDiscount: { sku: 'RAB_X', authorisedBy: ' ' } })).toEqual(['discountUnknown', 'manualDiscount']);
  expect(refusal(pick(ALL), { manualDiscount: { sku: 'RAB4X', authorisedBy: 'sophie' } })).toEqual(['discountUnknown', 'manualDiscount']);
});

test('discounts stop at the discountable charges: the 911 fee remains (decisions 8, 10)', () => {
  const { monthly } = quote(pick('TELEPMENS', { commitmentMonths: 24 }), { manualDiscount: { sku: 'RAB_X', authorisedBy: 'sophie' } });
  expect(amounts(monthly.lines)).toEqual({ TELEPMENS: 2895, SERV911: 69, RAB_X: -2000, RAB24M: -895 });
  expect([monthly.subtotalMinor, monthly.totalMinor]).toEqual([69, 79]);
});

test('discounts are off before tax, and the 911 fee is in the base (decisions 9, 10)', () => {
  expect(quote(pick('FTTH25 TELEPMENS')).monthly.taxes.map((tax) => tax.taxableMinor)).toEqual([7459, 7459]);
});

test('[S1-049] [S1-051] add-ons and a second line are counted per unit', () => {
  const selection = { services: [{ sku: 'FTTH25', type: 'internet' }, { sku: 'TVBEVO', type: 'tv' }, { sku: 'TELEPMENS', type: 'phone', quantity: 2 }], addOns: ['TVADDSPORTS'] } as const;
  const { monthly, oneTime } = quote(selection);
  expect(amounts(monthly.lines)).toMatchObject({ TVADDSPORTS: 2500, TELEPMENS: 5790, SERV911: 138, RAB3X: -1000 });
  expect(amounts(oneTime.lines)['ACTTELEP']).toBe(13990);
});

test.each<[string, unknown, string, string | undefined]>([
  ['nothing', { services: [] }, 'noServices', 'services'],
  ['an unknown SKU', pick('FTTH9000'), 'unknownSku', 'services[0].sku'],
  ['a SKU of another type', { services: [{ sku: 'FTTH25', type: 'tv' }] }, 'skuTypeMismatch', 'services[0].sku'],
  ['a discount sold as a service', { services: [{ sku: 'RAB_X', type: 'internet' }] }, 'skuTypeMismatch', 'services[0].sku'],
  ['two Internet plans', pick('FTTH25 FTTH80I'), 'duplicateService', 'services[1].sku'],
  ['the same phone twice', pick('TELEPMENS TELEPMENS'), 'duplicateService', 'services[1].sku'],
  ['three phone lines', { services: [{ sku: 'TELEPMENS', type: 'phone', quantity: 3 }] }, 'quantityTooHigh', 'services[0].sku'],
  ['channels without TV', { ...pick('FTTH25'), addOns: ['TVADDFILMS'] }, 'requirementMissing', 'services'],
  ['a box without TV', { ...pick('FTTH25'), tvBoxes: 1 }, 'requirementMissing', 'services'],
  ['the free TV without Internet', pick('TELE'), 'requirementMissing', 'services'],
  ['twelve months', { ...pick('FTTH25'), commitmentMonths: 12 }, 'badInput', 'commitmentMonths'],
  ['a quantity of 1.5', { services: [{ sku: 'FTTH25', type: 'internet', quantity: 1.5 }] }, 'badInput', 'services[0].quantity'],
  ['services that are no list', { services: 'FTTH25' }, 'badInput', 'services'],
  ['null', null, 'badInput', ''],
])('%s cannot be priced', (_, selection, code, path) => {
  expect(refusal(selection)).toEqual([code, path]);
});

test('[S1-059] an offering that is no longer combo-ready is not sold', () => {
  const old: Catalog = { ...residentialCatalog, offerings: residentialCatalog.offerings.map((one) => (one.sku === 'FTTH25' ? { ...one, comboReady: false } : one)) };
  expect(priceCheckout(pick('FTTH25'), old, context)).toMatchObject({ type: 'refused', code: 'skuNotOffered', path: 'services[0].sku' });
});

test('an offering outside its days is not sold, and what comes by itself does not come', () => {
  const dated = (sku: string, more: object): Catalog => ({ ...residentialCatalog, offerings: residentialCatalog.offerings.map((one) => (one.sku === sku ? { ...one, ...more } : one)) });
  for (const more of [{ validFrom: '2026-04-04' }, { validUntil: '2026-04-03' }]) expect(priceCheckout(pick('FTTH25'), dated('FTTH25', more), context)).toMatchObject({ type: 'refused', code: 'skuNotOffered', path: 'services[0].sku' });
  expect(priceCheckout(pick('FTTH25'), dated('FTTH25', { validFrom: '2026-04-03', validUntil: '2026-04-04' }), context).type).toBe('accepted');
  expect(amounts(quote(pick('TELEPMENS'), {}, dated('ACTTELEP', { validUntil: '2026-04-03' })).oneTime.lines)).toEqual({});
  expect(amounts(quote(pick('FTTH25 TVBEVO'), {}, dated('STB1OFFERT', { validFrom: '2026-04-04' })).oneTime.lines)).toEqual({ INSTALL: 0, STB: 11995 });
});

test('the first month is quoted with its phase, and says so', () => {
  const intro: Catalog = { ...residentialCatalog, offerings: residentialCatalog.offerings.map((one) => (one.sku === 'FTTH25' ? { ...one, phases: [{ months: 3, offPpm: 500_000 }] } : one)) };
  expect(quote(pick('FTTH25'), {}, intro).monthly.lines).toMatchObject([{ amountMinor: 2498, because: 'ordered; first price until 2026-07-03' }]);
});

test('a place without taxes in the table gets no price', () => {
  expect(refusal(pick('FTTH25'), { jurisdiction: 'US-NY' })).toEqual(['jurisdictionUnknown', 'jurisdiction']);
  expect(refusal(pick('FTTH25'), { on: '2026-13-01' })).toEqual(['badInput', 'on']);
});

const subset = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const selections = fc.record({
  internet: subset(['FTTH25', 'FTTH80I', 'FTTH150I', 'FTTH500I', 'FTTH1500I']), tv: subset(['TVBSKINNY', 'TVBSTANDARD', 'TVBEVO']), phone: subset([1, 2]),
  addOns: fc.subarray(['TVADDFAMILLE', 'TVADDFILMS', 'TVADDSPORTS']), commitmentMonths: fc.constantFrom(0 as const, 24 as const, 36 as const), boxes: fc.integer({ min: 0, max: 6 }), special: fc.boolean(), first: fc.boolean(), flip: fc.boolean(),
}).filter(({ internet, tv, phone }) => Boolean(internet ?? tv ?? phone));

test('any quote adds up, is never negative, and does not depend on the order of the services', () => {
  fc.assert(fc.property(selections, ({ internet, tv, phone, addOns, commitmentMonths, boxes, special, first, flip }) => {
    const services = [
      ...(internet ? [{ sku: internet, type: 'internet' as const }] : []), ...(tv ? [{ sku: tv, type: 'tv' as const }] : []), ...(phone ? [{ sku: 'TELEPMENS', type: 'phone' as const, quantity: phone }] : []),
    ];
    const rest = { addOns: tv ? addOns : [], commitmentMonths, tvBoxes: tv ? boxes : 0 };
    const terms = { firstTvBox: first, ...(special ? { manualDiscount: { sku: 'RAB_X', authorisedBy: 'sophie' } } : {}) };
    const it = quote({ services, ...rest }, terms);
    for (const part of [it.monthly, it.oneTime]) {
      expect(part.lines.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(part.subtotalMinor);
      expect(part.taxes.reduce((sum, tax) => sum + tax.amountMinor, part.subtotalMinor)).toBe(part.totalMinor);
      expect(part.totalMinor).toBeGreaterThanOrEqual(0);
    }
    expect(it.dueNow.subtotalMinor).toBe(it.monthly.subtotalMinor + it.oneTime.subtotalMinor);
    expect(it.monthly.lines.filter((line) => /^RAB(.X|_X)$/.test(line.sku)).length).toBeLessThanOrEqual(1);
    expect(it.monthly.lines.filter((line) => /^RAB\d\dM$/.test(line.sku)).length).toBeLessThanOrEqual(1);
    expect(quote({ services: [...services].reverse(), ...rest, addOns: flip ? [...rest.addOns].reverse() : rest.addOns }, terms)).toEqual(it);
    expect(JSON.parse(JSON.stringify(it))).toEqual(it);
  }));
});

test('prices that hold their taxes are the total: nothing comes on top', () => {
  const held = { ...canadaTaxTable, jurisdictions: { GB: { since: '2011-01-04', included: true, rates: [{ tax: 'VAT', label: { fr: 'TVA', en: 'VAT' }, ratePpm: 200_000, from: '2011-01-04' }] } } };
  const priced = priceCheckout({ services: [{ sku: 'FTTH25', type: 'internet' }] }, residentialCatalog, { on: '2026-04-03', jurisdiction: 'GB', taxTable: held, firstTvBox: false });
  expect(priced).toMatchObject({ type: 'accepted', value: { monthly: { subtotalMinor: 4995, totalMinor: 4995, taxes: [{ amountMinor: 833, included: true }] } } });
});
