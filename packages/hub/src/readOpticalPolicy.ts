import { Ajv } from 'ajv';
import { defaultOpticalPolicy, type OpticalPolicy } from '../../voltha/src/opticalTrend.ts';

const dbm = { type: 'number', minimum: -60, maximum: 10 } as const;
const ends = { type: 'object', properties: { high: dbm, warning: dbm, critical: dbm }, additionalProperties: false } as const;
const few = { type: 'integer', minimum: 1, maximum: 100 } as const;
const days = { type: 'integer', minimum: 1, maximum: 36_500 } as const;

/** What the operator may write; what is left out keeps its default. */
export const opticalPolicySchema = {
  type: 'object',
  properties: {
    version: { type: 'string', minLength: 1, maxLength: 40 },
    limits: { type: 'object', properties: { onu: ends, olt: ends }, additionalProperties: false },
    trend: { type: 'object', properties: { baselineSamples: few, recentSamples: few, degradedByDb: { type: 'number', exclusiveMinimum: 0, maximum: 30 } }, additionalProperties: false },
    retention: { type: 'object', properties: { keepAllDays: days, keepDailyDays: days }, additionalProperties: false },
  },
  required: ['version'],
  additionalProperties: false,
} as const;

/**
 * An optical policy from JSON text, filled up with the default.
 * @returns the policy, or what is wrong with the text.
 * @example readOpticalPolicy('{"version":"2026-03","trend":{"degradedByDb":2}}')
 */
export function readOpticalPolicy(text: string): OpticalPolicy | string {
  let given: Partial<OpticalPolicy>;
  try {
    given = JSON.parse(text) as Partial<OpticalPolicy>;
  } catch {
    return 'is not whole JSON';
  }
  const ajv = new Ajv({ strict: false });
  if (!ajv.validate(opticalPolicySchema, given)) return `does not fit: ${ajv.errorsText(ajv.errors, { dataVar: 'policy' })}`;
  const { limits, trend, retention } = defaultOpticalPolicy;
  const policy: OpticalPolicy = {
    version: given.version!,
    limits: { onu: { ...limits.onu, ...given.limits?.onu }, olt: { ...limits.olt, ...given.limits?.olt } },
    trend: { ...trend, ...given.trend },
    retention: { ...retention, ...given.retention },
  };
  for (const [end, { high, warning, critical }] of Object.entries(policy.limits)) if (!(critical <= warning && warning < high)) return `does not fit: limits.${end} must rise from critical over warning to high`;
  return policy.retention.keepAllDays <= policy.retention.keepDailyDays ? policy : 'does not fit: retention.keepAllDays must not exceed keepDailyDays';
}
