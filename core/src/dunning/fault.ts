import { isCivilDate, isInstant } from '../kernel/civil.ts';
import { mustBe, type Refused } from '../kernel/decision.ts';
import { isZone } from '../kernel/zone.ts';

type Check = (value: unknown) => boolean;
const like = (pattern: RegExp): Check => (value) => typeof value === 'string' && pattern.test(value);
const text = like(/^\P{Surrogate}+$/u);
// Of years in which every day that follows can be written.
const day: Check = (value) => isCivilDate(value) && value > '1' && value < '3';
export const instant: Check = (value) => isInstant(value) && day(value.slice(0, 10));
const amount: Check = (value) => Number.isInteger(value) && value as number >= 0 && value as number <= 1e12;
/** Nothing like a card number. */
const method = like(/^(?![\d -]{12,}$)\P{Surrogate}+$/u);
const each = (names: string): Check => (value) => Array.isArray(value) && !value.some((one) => faultOf(one, names));
/** What a field must be by its name; any other is a text. */
const checks: Readonly<Record<string, Check>> = {
  zone: isZone, currency: like(/^[A-Z]{3}$/), method, methods: (value) => Array.isArray(value) && value.every(method), since: instant, failedAt: instant,
  on: day, dueOn: day, until: (value) => value == null || day(value), outstandingMinor: amount, amountMinor: amount, invoices: each('id amountMinor'), instalments: each('on amountMinor'),
};

/** The first of some fields that is not what its name asks for. @example faultOf({ zone: 'Mars/Olympus' }, 'zone').path // 'zone' */
export function faultOf(input: unknown, names: string): Refused<'badInput'> | undefined {
  const wrong = names.split(' ').find((name) => !(checks[name] ?? text)((input as Record<string, unknown> | undefined)?.[name]));
  return wrong ? mustBe(wrong) : undefined;
}
