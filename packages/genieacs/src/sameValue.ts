import type { Parameter } from './read.ts';
import type { ParameterValue } from './checkTask.ts';

/**
 * Whether what the CPE reports is what was wanted, by the CPE's own type: `"300"` equals 300 for a number, `"1"` equals true for a
 * boolean; texts must match byte for byte. A path the device does not have is never equal.
 * @example sameValue('300', { value: 300, type: 'xsd:unsignedInt', writable: true, object: false }) // true
 */
export function sameValue(wanted: ParameterValue, reported: Parameter | undefined): boolean {
  if (!reported || reported.object || reported.value === null) return false;
  if (reported.type === 'xsd:boolean' || typeof reported.value === 'boolean' || typeof wanted === 'boolean') return truth(wanted) !== undefined && truth(wanted) === truth(reported.value);
  if (/int|long/i.test(reported.type ?? '') || typeof reported.value === 'number') return Number(wanted) === Number(reported.value) && String(wanted).trim() !== '';
  return String(wanted) === String(reported.value);
}

function truth(value: unknown): boolean | undefined {
  if (value === true || value === 1 || value === '1' || value === 'true') return true;
  if (value === false || value === 0 || value === '0' || value === 'false') return false;
  return undefined;
}
