import type { Json, JsonObject } from './json.ts';

/** A business "yes": the value that was decided, and why. */
export interface Accepted<T> {
  readonly type: 'accepted';
  readonly value: T;
  /** Sentences a clerk can read, in the order they were decided. */
  readonly because: readonly string[];
}

/** A business "no". It is data, not an error: workflows branch on `type` and `code`. */
export interface Refused<Code extends string = string> {
  readonly type: 'refused';
  /** Stable, camelCase, safe to branch on. */
  readonly code: Code;
  /** One sentence for a person. */
  readonly message: string;
  /** Where in the input, e.g. `services[1].sku`; absent when no single field is to blame. */
  readonly path?: string;
  /** What to do about it. */
  readonly hint?: string;
  readonly facts?: JsonObject;
}

export type Decision<T, Code extends string = string> = Accepted<T> | Refused<Code>;

/**
 * Says yes.
 * @example accept(42, 'the answer was asked for') // { type: 'accepted', value: 42, because: ['the answer was asked for'] }
 */
export function accept<T>(value: T, ...because: readonly string[]): Accepted<T> {
  return { type: 'accepted', value, because };
}

/**
 * Says no, with a stable code and what to do about it.
 * @example refuse('portTaken', 'Port 0/1/5 is held by another order.', { hint: 'Offer another drop.' }).code // 'portTaken'
 */
export function refuse<Code extends string>(
  code: Code,
  message: string,
  more: { readonly path?: string; readonly hint?: string; readonly facts?: Record<string, Json> } = {},
): Refused<Code> {
  return { type: 'refused', code, message, ...more };
}
/** A no that names the place. @example deny('badInput', 'on', 'No day.').path // 'on' */
export function deny<Code extends string>(code: Code, path: string, message: string, hint = 'Correct it and send it again.'): Refused<Code> {
  return refuse(code, message, { path, hint });
}
/** The commonest no: something is not what it must be. @example mustBe('on', 'a day').message // 'on must be a day.' */
export function mustBe<Code extends string = 'badInput'>(path: string, expected = 'given and possible', code: Code = 'badInput' as Code): Refused<Code> {
  return refuse(code, `${path || 'The input'} must be ${expected}.`, { path, hint: `Send ${expected}.` });
}
