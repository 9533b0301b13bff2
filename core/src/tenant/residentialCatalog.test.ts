import { checkCatalog } from '../catalog/checkCatalog.ts';
import { findOffering, mrcOn } from '../catalog/mrcOn.ts';
import { residentialCatalog } from './residentialCatalog.ts';

const of = (sku: string) => findOffering(residentialCatalog, sku)!;

test.each([
  ['S1-040', 'FTTH25', 25_000, 5_000, 4995, 'LP:100'],
  ['S1-041', 'FTTH80I', 80_000, 80_000, 7995, 'LP:101'],
  ['S1-042', 'FTTH150I', 150_000, 150_000, 9995, 'LP:102'],
  ['S1-043', 'FTTH500I', 500_000, 500_000, 9995, 'LP:103'],
  ['S1-044', 'FTTH1500I', 1_500_000, 1_000_000, 10995, 'LP:104'],
])('[%s] %s has its speeds, price and line profile', (_, sku, downKbps, upKbps, mrcMinor, lineProfile) => {
  expect(of(sku)).toMatchObject({ family: 'internet', downKbps, upKbps, mrcMinor, lineProfile, nrcMinor: 0, comboReady: true });
});

test.each([['S1-045', 'TVBSKINNY', 2500], ['S1-046', 'TVBSTANDARD', 3000], ['S1-047', 'TVBEVO', 3500], ['S1-048', 'TELE', 0]])('[%s] %s costs its price', (_, sku, mrcMinor) => {
  expect(of(sku)).toMatchObject({ family: 'tv', mrcMinor });
});

test('[S1-049] TV add-ons cost 5 to 25 dollars and need TV', () => {
  const addons = residentialCatalog.offerings.filter((one) => one.family === 'addon');
  expect(addons.length).toBeGreaterThan(1);
  for (const one of addons) {
    expect(one.mrcMinor).toBeGreaterThanOrEqual(500);
    expect(one.mrcMinor).toBeLessThanOrEqual(2500);
    expect(one.requires).toEqual(['tv']);
  }
});

test('[S1-050] [S1-051] [S1-052] phone, its 911 fee and its activation', () => {
  expect(of('TELEPMENS')).toMatchObject({ family: 'phone', mrcMinor: 2895 });
  expect(of('SERV911')).toMatchObject({ mrcMinor: 69, discountable: false, prorated: false, taxCode: 'standard', autoWith: { family: 'phone' } });
  expect(of('ACTTELEP')).toMatchObject({ mrcMinor: 0, nrcMinor: 6995, autoWith: { family: 'phone' } });
});

test.each([
  ['S1-053', 'RAB2X', -500, { kind: 'combo', minServices: 2 }],
  ['S1-054', 'RAB3X', -1000, { kind: 'combo', minServices: 3 }],
  ['S1-055', 'RAB4X', -1500, { kind: 'combo', minServices: 4 }],
  ['S1-056', 'RAB_X', -2000, { kind: 'manual', replaces: 'combo' }],
  ['S1-057', 'RAB24M', -1500, { kind: 'commitment', months: 24 }],
  ['S1-058', 'RAB36M', -1500, { kind: 'commitment', months: 36 }],
])('[%s] %s takes off %d', (_, sku, mrcMinor, discount) => {
  expect(of(sku)).toMatchObject({ family: 'discount', mrcMinor, discount });
});

test('the slips the seed holds are told, not hidden', () => {
  const checked = checkCatalog(residentialCatalog);
  expect(checked.type).toBe('accepted');
  const warnings = checked.type === 'accepted' ? checked.warnings : [];
  expect(warnings.map(({ code, skus }) => [code, ...skus])).toEqual([
    ['samePrice', 'FTTH150I', 'FTTH500I'],
    ['neverReached', 'RAB4X'],
    ['sameValue', 'RAB24M', 'RAB36M'],
  ]);
});

test('a fee that changes by law has the price of its day', () => {
  const fee = { ...of('SERV911'), mrcFrom: [{ on: '2027-01-01', mrcMinor: 75 }, { on: '2028-01-01', mrcMinor: 80 }] };
  expect(['2026-12-31', '2027-01-01', '2029-06-01'].map((day) => mrcOn(fee, day))).toEqual([69, 75, 80]);
});

test('the catalogue is plain data', () => {
  expect(JSON.parse(JSON.stringify(residentialCatalog))).toEqual(residentialCatalog);
});
