import { any, int, object, text } from '../kernel/shapes.ts';

/**
 * What units over the included ones cost: `minor` units of money for every `per` (default 1). `package`: a begun `per` counts whole. Tiers are
 * the steps before: each up to and with its `upTo`, `flatMinor` due once a unit falls into one. `graduated` gives each unit the price of its
 * own tier, `volume` gives all units the price of the last one's.
 */
export interface UsagePrice {
  readonly model: 'perUnit' | 'package' | 'graduated' | 'volume';
  readonly minor: number;
  readonly flatMinor?: number;
  readonly per?: number;
  readonly tiers?: readonly { readonly upTo: number; readonly minor: number; readonly flatMinor?: number }[];
}

/** How one metric of one plan is counted and charged. Plain data, so that each plan has its own. */
export interface Meter {
  readonly version: string;
  readonly metric: string;
  /** What one is called, e.g. `call`. A price per 10⁹ of `octet` charges gigabytes without conversion. */
  readonly unit: string;
  /** What overage is billed as. Default: the metric. */
  readonly sku?: string;
  /** Units free in each month; `null` is no limit. */
  readonly included: number | null;
  /** Of what is over the limit, which is then soft. Without a price the limit is hard: it stops there (decision 26, Free). */
  readonly price?: UsagePrice;
  /** Percents of the limit at which to warn. Default 80 and 100. */
  readonly warnAt?: readonly number[];
  /** Unused units may be used in so many later months; at most `maxUnits` are kept. */
  readonly rollover?: { readonly maxUnits: number; readonly months: number };
  /** Counts so many months together. Default 1: months are not pooled (decision 26). */
  readonly poolMonths?: number;
}

export const units = int(0, Number.MAX_SAFE_INTEGER);
/** No control characters and no half characters. */
export const word = text('^\\P{C}+$', 'a text');
/** Within the years 1000 to 8999, so that months may be added. */
export const dated = text('^[1-8]', 'a date');
const cost = { flatMinor: units };
const count = int(1, 999);

/** JSON Schema of `Meter`; that tiers rise `rateUsage` sees. */
export const meterSchema = object({ version: word, metric: word, unit: word, included: { oneOf: [{ const: null }, units] } }, {
  sku: word,
  price: object({ model: { enum: ['perUnit', 'package', 'graduated', 'volume'] }, minor: units }, { ...cost, per: int(1, 1e15), tiers: any(object({ upTo: units, minor: units }, cost)) }),
  warnAt: any(count),
  rollover: object({ maxUnits: units, months: count }),
  poolMonths: count,
});
