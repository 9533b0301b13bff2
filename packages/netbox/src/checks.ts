import { isVendorError, VendorError } from '../../../core/src/index.ts';
import { rejected, VENDOR } from './errors.ts';

/** An id as NetBox makes them. @throws VendorError rejectedInput @example whole('prefixes.get', 42) // 42 */
export function whole(operation: string, id: unknown): number {
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) throw rejected(operation, 'An id must be a whole number above 0.', 'Use the number NetBox shows in the address of the object.');
  return id;
}

/** What a thing is taken for. @throws VendorError rejectedInput @example keyed('x', 'ord_1') // 'ord_1' */
export function keyed(operation: string, key: unknown): string {
  if (typeof key !== 'string' || key.trim() === '' || key.length > 200) throw rejected(operation, 'The key is empty or too long.', 'Use the order id or service id, at most 200 characters.');
  return key;
}

/** `2026-12-24`. @throws VendorError rejectedInput @example civilDay('x', '2026-12-24') // '2026-12-24' */
export function civilDay(operation: string, day: unknown): string {
  if (typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)) || new Date(day).toISOString().slice(0, 10) !== day) throw rejected(operation, 'A day is written YYYY-MM-DD.', 'e.g. 2026-12-24.');
  return day;
}

/** What is not there is null; anything else stays a failure. @example await get(7).catch(absent) */
export function absent(error: unknown): null {
  if (isVendorError(error) && error.kind === 'notFound') return null;
  throw error;
}

/** The write was answered, but what is read back is something else. @example throw disagrees('x', 'NetBox kept it in use.', 'Release it by hand.', { id: 7 }) */
export function disagrees(operation: string, message: string, hint: string, detail: Readonly<Record<string, string | number | null>> = {}): VendorError {
  return new VendorError({ vendor: VENDOR, operation, kind: 'unexpectedReply', outcome: 'applied', message, hint, detail });
}

/** @example throw conflict('x', 'It sits elsewhere.', 'Release it there first.', { reason: 'portOccupied' }) */
export function conflict(operation: string, message: string, hint: string, detail: ConstructorParameters<typeof VendorError>[0]['detail'] = {}): VendorError {
  return new VendorError({ vendor: VENDOR, operation, kind: 'conflict', message, hint, detail });
}
