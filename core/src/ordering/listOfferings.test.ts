import { listOfferings } from './listOfferings.ts';
import { residentialCatalog } from '../tenant/residentialCatalog.ts';

const on = '2026-04-03';

describe('listOfferings', () => {
  test('[S1-059] only combo-ready offerings are shown', () => {
    const withOld = { ...residentialCatalog, offerings: residentialCatalog.offerings.map((one) => (one.sku === 'FTTH80I' ? { ...one, comboReady: false } : one)) };
    expect(listOfferings(residentialCatalog, { on }).map(({ sku }) => sku)).toContain('FTTH80I');
    expect(listOfferings(withOld, { on }).map(({ sku }) => sku)).not.toContain('FTTH80I');
  });

  test('[S1-002] an available address is shown internet speeds, TV packages and phone, and no fees or discounts', () => {
    const families = new Set(listOfferings(residentialCatalog, { on }).map(({ family }) => family));
    expect([...families].sort()).toEqual(['addon', 'internet', 'phone', 'tv']);
  });

  test('an offering is shown on its days only: from the first, not on the last', () => {
    const catalog = { ...residentialCatalog, offerings: residentialCatalog.offerings.map((one) => (one.sku === 'FTTH80I' ? { ...one, validFrom: '2026-04-03', validUntil: '2026-05-01' } : one)) };
    const shown = ['2026-04-02', '2026-04-03', '2026-04-30', '2026-05-01'].map((day) => listOfferings(catalog, { on: day }).some(({ sku }) => sku === 'FTTH80I'));
    expect(shown).toEqual([false, true, true, false]);
  });

  test('a drop is not offered more than it can carry', () => {
    const shown = listOfferings(residentialCatalog, { on, family: 'internet', maxDownMbps: 500 });
    expect(shown.map(({ downMbps }) => downMbps)).toEqual([25, 80, 150, 500]);
  });
});
