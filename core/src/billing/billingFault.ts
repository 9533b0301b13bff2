import { dayNumber } from '../kernel/civil.ts';

/** Carries one complaint about the input out to the boundary, where it becomes a refusal with its path. */
export class BillingFault {
  readonly path: string;
  readonly must: string;
  constructor(path: string, must: string) {
    this.path = path;
    this.must = must;
  }
}
/** @throws BillingFault always. @example fail('end', 'not before start') // never comes back */
export function fail(path: string, must: string): never {
  throw new BillingFault(path, must);
}
/** The day number of a day. @throws BillingFault when it is none. @example readDay('1970-01-02', 'start') // 1 */
export function readDay(text: string, path: string): number {
  const n = dayNumber(text);
  return Number.isNaN(n) ? fail(path, 'a day written YYYY-MM-DD') : n;
}
/** Whether an amount times a quantity (from 1) is whole and safe. @example isAmount(1, 1.5) // false */
export function isAmount(minor: number, quantity = 1): boolean {
  return Number.isSafeInteger(minor) && Number.isSafeInteger(quantity) && quantity > 0 && Number.isSafeInteger(minor * quantity);
}
export const PLAIN = 'letters, digits, dot, dash or underscore';
const plain = Uint8Array.from({ length: 128 }, (_, c) => +/[\w.%-]/.test(String.fromCharCode(c)));
/** Whether keys can be made of it without escaping, so that their parts never run together. @example isPlain('sub:1') // false */
export function isPlain(id: string): boolean {
  if (typeof id !== 'string') return false;
  // By a table, for a pattern takes several times as long and this runs for every line.
  for (let i = id.length; i-- > 0;) if (plain[id.charCodeAt(i)] !== 1) return false;
  return id.length > 0;
}
