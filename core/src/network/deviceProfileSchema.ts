import type { JsonSchema } from '../kernel/schema.ts';
import { any, int, list, object, text } from '../kernel/shapes.ts';

const name = text('^[a-z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)*$', 'a name such as wifi.24.ssid');
const id = text('^[a-z0-9][a-z0-9-]{1,63}$', 'small letters, digits and dashes');
const pattern = text('^[^\\u0000-\\u001f]{1,200}$', 'a pattern of 1 to 200 characters');
// `${var}` stands for an instance number; a wildcard would also write guest and backhaul networks.
const path = text('^[A-Za-z][A-Za-z0-9_-]*(\\.([A-Za-z0-9_-]+|\\$\\{[a-z][A-Za-z0-9]*\\}))*$', 'a path below the root, without wildcard and without a dot at the end');
const confidence: JsonSchema = { enum: ['dump', 'published', 'assumed'] };
const flag: JsonSchema = { type: 'boolean' };
const mapOf = (values: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: values });
const span = (from: number, to: number): JsonSchema => ({ type: 'array', minItems: 2, maxItems: 2, items: int(from, to) });
const scalar: JsonSchema = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] };

const regex = object({ regex: pattern });
const inner = mapOf({ oneOf: [pattern, regex] });
const where = mapOf({ oneOf: [pattern, regex, object({ ref: path, where: inner })] });
const instance = int(1, 65_535);
const variable = object({}, { find: object({ object: path, where }, { pick: { enum: ['lowest'] } }), default: instance, fixed: instance });
const check = object({}, { utf8Bytes: span(0, 65_535), ascii: span(0, 65_535), range: span(-2_147_483_648, 4_294_967_295), regex: pattern });
const capability = object(
  { path: list(path, 8), type: { enum: ['string', 'boolean', 'unsignedInt', 'int'] } },
  { select: { enum: ['firstExisting'] }, secret: flag, secretFrom: name, map: mapOf(scalar), check, confidence },
);
const condition = object({ field: { enum: ['productClass', 'modelName', 'oui', 'manufacturer', 'serial'] } }, { eq: pattern, regex: pattern });

/** JSON Schema of a device profile; `checkDeviceProfile` reads it and what a schema cannot say. @example deviceProfileSchema.required // ['schema', 'id', 'confidence'] */
export const deviceProfileSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'leadlight.device-profile/1', title: 'Device profile',
  ...object(
    { schema: { const: 'leadlight.device-profile/1' }, id, confidence },
    {
      extends: id,
      match: object({ all: list(condition, 8), priority: int(0, 1000) }, { firmware: regex }),
      root: { enum: ['InternetGatewayDevice', 'Device'] },
      vars: mapOf(variable),
      caps: mapOf(capability),
      unsupported: any(name, 100),
      order: any(text('^[a-z][A-Za-z0-9.]*\\*?$', 'a name, or the beginning of names and a star'), 100),
      groups: object({ atomic: any(list(name, 30), 50) }),
      verify: object({ skipSecret: flag, afterMs: int(0, 600_000) }),
      danger: any(name, 50),
      actions: mapOf(object({}, { cwmp: pattern, usp: pattern })),
    },
  ),
};
