import type { JsonSchema } from '../kernel/schema.ts';

const line: JsonSchema = { type: 'string', pattern: '^\\S(?:[^\\u0000-\\u001f\\u007f]{0,118}\\S)?$', description: 'a text of 1 to 120 characters without space at its ends' };
const key: JsonSchema = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,39}$', description: 'letters, digits, dot, dash or underscore, at most 40' };
const day: JsonSchema = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$', description: 'a day written YYYY-MM-DD' };
const families = ['internet', 'tv', 'phone', 'addon', 'equipment', 'fee', 'discount'] as const;
const family: JsonSchema = { type: 'string', enum: families };
const amount: JsonSchema = { type: 'integer', minimum: 0, maximum: 100_000_000 };
const kind = (name: string, more: Readonly<Record<string, JsonSchema>> = {}): JsonSchema => ({
  type: 'object', additionalProperties: false, required: ['kind', ...Object.keys(more)], properties: { kind: { const: name }, ...more },
});
const isFamily = (name: string): JsonSchema => ({ properties: { family: { const: name } } });
const notNegative: JsonSchema = { properties: { mrcMinor: { minimum: 0 } }, not: { required: ['discount'] } };

/** JSON Schema of `Catalog` (S1-040…059). What it cannot say (unique SKUs, tiers, references) `checkCatalog` says. */
export const catalogSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Catalog',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'version', 'currency', 'tvBoxSku', 'offerings'],
  properties: {
    id: key,
    version: line,
    currency: { type: 'string', pattern: '^[A-Z]{3}$', description: 'an ISO 4217 code' },
    tvBoxSku: key,
    offerings: {
      type: 'array', minItems: 1, maxItems: 5000,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['sku', 'family', 'label', 'shortName', 'mrcMinor', 'nrcMinor', 'comboReady', 'discountable', 'prorated', 'taxCode'],
        properties: {
          sku: key,
          family,
          label: { type: 'object', additionalProperties: false, required: ['fr', 'en'], properties: { fr: line, en: line } },
          shortName: line,
          mrcMinor: { type: 'integer', minimum: -100_000_000, maximum: 100_000_000 },
          nrcMinor: amount,
          mrcFrom: {
            type: 'array', minItems: 1, maxItems: 100,
            items: { type: 'object', additionalProperties: false, required: ['on', 'mrcMinor'], properties: { on: day, mrcMinor: amount } },
          },
          downKbps: { type: 'integer', minimum: 1, maximum: 400_000_000 },
          upKbps: { type: 'integer', minimum: 1, maximum: 400_000_000 },
          lineProfile: { type: 'string', pattern: '^LP:\\d{1,5}$', description: 'a line profile like LP:102' },
          comboReady: { type: 'boolean' },
          comboService: key,
          discountable: { type: 'boolean' },
          prorated: { type: 'boolean' },
          taxCode: key,
          requires: { type: 'array', minItems: 1, maxItems: 7, items: family },
          autoWith: { type: 'object', additionalProperties: false, required: ['family', 'per'], properties: { family, per: { type: 'string', enum: ['unit', 'order'] } } },
          maxQuantity: { type: 'integer', minimum: 1, maximum: 1000 },
          discount: {
            type: 'object',
            oneOf: [
              kind('combo', { minServices: { type: 'integer', minimum: 2, maximum: 20 } }),
              kind('commitment', { months: { type: 'integer', minimum: 1, maximum: 120 } }),
              kind('manual', { replaces: { const: 'combo' } }),
              kind('firstTvBox'),
            ],
          },
        },
        allOf: [
          { if: isFamily('internet'), then: { required: ['downKbps', 'upKbps', 'lineProfile'] } },
          { if: isFamily('discount'), then: { required: ['discount'], properties: { mrcMinor: { maximum: 0 }, nrcMinor: { maximum: 0 }, discountable: { const: false } } }, else: notNegative },
        ],
      },
    },
  },
};
