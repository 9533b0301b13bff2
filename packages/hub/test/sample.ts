// The least JSON that a schema takes, so that a walk over the routes gets past the door of each.
interface Schema { readonly [key: string]: unknown }

const TEXTS = ['x', 'abc', 'RCMG19E01234', 'a.b', 'order.created', '2026-04-01T13:00:00Z', '2026-04-01', '100.64.0.10', '100.64.0.0/24', 'pi_1', 'CAD', 'CA', 'INV-202604-0001', 'sub_1', 'FTTH150I', '+15145550123', 'someone@example.ca', 'https://example.ca/hook', 'olt-1.example:9191', 'aa:bb:cc:dd:ee:ff', 'ntc_0123456789abcdef01234567', '0123456789abcdef', '37f9dea2-4345-438f-b0bd-03d40d28c7e0', '1', 'InternetGatewayDevice.DeviceInfo.'];

/** @throws Error naming `where` when no text of the list fits a pattern: add one. */
export function sample(schema: Schema, where: string): unknown {
  const { type, properties = {}, required = [], items, pattern, minLength = 0, maxLength = Infinity, minItems = 0, minimum = 0 } = schema as {
    type?: string; properties?: Record<string, Schema>; required?: readonly string[]; items?: Schema; pattern?: string; minLength?: number; maxLength?: number; minItems?: number; minimum?: number;
  };
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const [choice] = (schema['anyOf'] ?? schema['oneOf'] ?? []) as Schema[];
  const own = Object.fromEntries(required.map((name) => [name, sample(properties[name] ?? {}, `${where}.${name}`)]));
  if (choice) {
    const chosen = sample({ type, properties, ...choice }, where);
    return typeof chosen === 'object' && chosen !== null && !Array.isArray(chosen) ? { ...own, ...chosen } : chosen;
  }
  if (type === 'array') return Array.from({ length: minItems }, () => sample(items ?? {}, `${where}[]`));
  if (type === 'integer' || type === 'number') return minimum;
  if (type === 'boolean') return false;
  if (type === 'string') {
    const prefix = /^\^([\w:-]+)/.exec(pattern ?? '')?.[1] ?? '';
    const text = [...TEXTS, ...TEXTS.map((one) => prefix + one)].map((one) => one.padEnd(minLength, 'x')).find((one) => one.length <= maxLength && (!pattern || new RegExp(pattern).test(one)));
    if (text === undefined) throw new Error(`${where}: no sample text fits ${pattern}; add one to sample.ts`);
    return text;
  }
  return type === 'object' || required.length > 0 ? own : {};
}
