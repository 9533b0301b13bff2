import type { Catalog, ProductOffering } from './catalog.ts';

const plan = (sku: string, rank: number, mrcMinor: number, resources: number | null, users: number | null, calls: number | null, days: number): ProductOffering => ({
  sku, family: 'plan', label: { fr: `Forfait ${sku}`, en: `${sku} plan` }, shortName: sku, mrcMinor, nrcMinor: 0, comboReady: true, discountable: true, prorated: true, taxCode: 'standard', rank,
  limits: [['resources', resources] as const, ['users', users] as const, ['api_calls_per_month', calls] as const, ['retention_days', days] as const].map(([metric, max]) => ({ metric, ...(max !== null && { max }) })),
});
const feature = (n: number, mrcMinor: number): ProductOffering => ({
  sku: `FEATURE_${n}`, family: 'addon', label: { fr: `Fonction ${n}`, en: `Feature ${n}` }, shortName: `F${n}`, mrcMinor, nrcMinor: 0, comboReady: true, discountable: true, prorated: true, taxCode: 'standard',
  requires: ['plan'], ...(mrcMinor > 0 && { comboService: `feature${n}` }),
});
const tier = (minServices: number, offPpm: number): ProductOffering => ({
  sku: `FEATURES${minServices}`, family: 'discount', label: { fr: `${minServices} fonctions`, en: `${minServices} features` }, shortName: `-${offPpm / 10_000} %`, mrcMinor: 0, nrcMinor: 0,
  comboReady: true, discountable: false, prorated: true, taxCode: 'standard', discount: { kind: 'combo', minServices, offPpm },
});

/**
 * The plans of the second seed (S2-018, S2-050…054, S2-061), in USD. Limits without `max` are unlimited. Terms: quarterly -10 %, annual
 * -17 %, applied once (decision 25). Assumed: a feature that costs nothing earns no discount, as the free TV of the first seed (decision 15).
 */
export const saasCatalog: Catalog = {
  id: 'policycortex',
  version: '1',
  currency: 'USD',
  terms: { quarter: { months: 3, offPpm: 100_000 }, year: { months: 12, offPpm: 170_000 } },
  offerings: [
    plan('free', 0, 0, 10, 1, 1_000, 7),
    plan('starter', 1, 9900, 100, 5, 10_000, 30),
    plan('professional', 2, 49900, 1_000, 25, 100_000, 90),
    plan('enterprise', 3, 249900, null, null, null, 365),
    ...[0, 4900, 7900, 9900, 19900, 14900, 4900, 9900, 29900].map((minor, i) => feature(i + 1, minor)),
    tier(3, 50_000),
    tier(5, 100_000),
  ],
};
