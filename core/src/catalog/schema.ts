import { amount, day, int, key, line, list, object, ppm, text } from '../kernel/shapes.ts';
import type { JsonSchema } from '../kernel/schema.ts';

const word = (...words: readonly string[]): JsonSchema => ({ type: 'string', enum: words });
const family = word('internet', 'tv', 'phone', 'plan', 'addon', 'equipment', 'fee', 'discount');
const families = list(family, 8);
const label = object({ fr: line, en: line });
const flag: JsonSchema = { type: 'boolean' };
const price = int(-1e8, 1e8);
const kbps = int(1, 4e8);
const months = int(1, 1200);
const term = object({ months: int(1, 120), offPpm: ppm });
const rule = (name: string, must = {}, may = {}): JsonSchema => object({ kind: { const: name }, ...must }, { offPpm: ppm, ...may });
const isFamily = (name: string): JsonSchema => ({ properties: { family: { const: name } } });

const offering: JsonSchema = {
  ...object({ sku: key, family, label, shortName: line, mrcMinor: price, nrcMinor: amount, comboReady: flag, discountable: flag, prorated: flag, taxCode: key }, {
    validFrom: day,
    validUntil: day,
    mrcFrom: list(object({ on: day, mrcMinor: amount })),
    heldMonths: months,
    phases: list({ ...object({ months: int(1, 120) }, { mrcMinor: amount, offPpm: ppm, label }), oneOf: [{ required: ['mrcMinor'] }, { required: ['offPpm'] }] }, 8),
    lastsMonths: months,
    termMinor: object({}, { quarter: amount, year: amount }),
    downKbps: kbps,
    upKbps: kbps,
    lineProfile: text('^LP:\\d{1,5}$', 'a line profile like LP:102'),
    rank: amount,
    limits: list(object({ metric: key }, { max: amount })),
    comboService: key,
    requires: families,
    autoWith: object({ family, per: word('unit', 'order') }),
    occasion: word('reconnection', 'planChange'),
    maxQuantity: int(1, 1000),
    discount: {
      oneOf: [
        rule('combo', { minServices: int(2, 20) }),
        rule('commitment', { months: int(1, 120) }),
        rule('manual', { replaces: { const: 'combo' } }),
        rule('firstTvBox'),
        rule('coupon', {}, { families, skus: list(key), maxRedemptions: amount, stacks: flag }),
      ],
    },
  }),
  allOf: [
    { if: isFamily('internet'), then: { required: ['downKbps', 'upKbps', 'lineProfile'] } },
    {
      if: isFamily('discount'),
      then: { required: ['discount'], properties: { mrcMinor: { maximum: 0 }, nrcMinor: { maximum: 0 }, discountable: { const: false } } },
      else: { properties: { mrcMinor: { minimum: 0 }, discount: { enum: ['absent'] } } },
    },
  ],
};

/** JSON Schema of `Catalog` (S1-040…059, S2-050…054). What it cannot say (unique SKUs, tiers, references) `checkCatalog` says. */
export const catalogSchema: JsonSchema = object({ id: key, version: line, currency: text('^[A-Z]{3}$', 'an ISO 4217 code'), offerings: list(offering, 5000) }, {
  tvBoxSku: key,
  terms: object({}, { quarter: term, year: term }),
  authority: list(object({ role: line, upToMinor: amount })),
});
