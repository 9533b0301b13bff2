import { defaultSpeedPolicy, schemaComplaint, speedPolicySchema, type SpeedPolicy } from '../../../core/src/index.ts';

/**
 * A speed policy from JSON text; what is left out keeps its default, except `version`.
 * @returns the policy, or what is wrong with the text.
 * @example readSpeedPolicy('{"version":"2026-03","ponTimes":30}')
 */
export function readSpeedPolicy(text: string): SpeedPolicy | string {
  let given: object;
  try {
    given = JSON.parse(text) as object;
  } catch {
    return 'is not whole JSON';
  }
  const policy = { ...defaultSpeedPolicy, version: undefined, ...given };
  const wrong = schemaComplaint(speedPolicySchema, policy);
  return wrong ? `does not fit: ${wrong.path || 'the policy'} must be ${wrong.expected}` : (policy as unknown as SpeedPolicy);
}
