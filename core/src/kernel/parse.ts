import { isCivilDate } from './civil.ts';
import { refuse, type Refused } from './decision.ts';

/** Thrown inside `parse` only: carries one complaint with its path out to the boundary. */
class Complaint extends Error {
  readonly refusal: Refused<'badInput'>;
  constructor(path: string, expected: string, got: unknown) {
    super(expected);
    const seen = got === undefined ? 'nothing' : got === null ? 'null' : Array.isArray(got) ? 'a list' : `a ${typeof got}`;
    this.refusal = refuse('badInput', `${path || 'The input'} must be ${expected}; got ${seen}.`, { path, hint: `Send ${expected}.` });
  }
}

/** A reader takes an unknown value and where it stands, and gives it back typed. */
export type Reader<T> = (value: unknown, path: string) => T;

const complain = (path: string, expected: string, got: unknown): never => {
  throw new Complaint(path, expected, got);
};

/** Runs a reader over untrusted input. The first complaint comes back as a refusal that names the path; nothing is thrown. */
export function parse<T>(read: Reader<T>, input: unknown, path = ''): T | Refused<'badInput'> {
  try {
    return read(input, path);
  } catch (error) {
    if (error instanceof Complaint) return error.refusal;
    throw error;
  }
}

/** A text of 1 to `max` characters after trimming; control characters are refused. */
export const text = (max = 200): Reader<string> => (value, path) => {
  if (typeof value !== 'string') return complain(path, 'a text', value);
  const trimmed = value.trim();
  if (trimmed === '' || trimmed.length > max) return complain(path, `a text of 1 to ${max} characters`, value);
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(trimmed)) return complain(path, 'a text without control characters', value);
  return trimmed;
};
export const whole = (min: number, max: number): Reader<number> => (value, path) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max ? value : complain(path, `a whole number from ${min} to ${max}`, value);
export const decimal = (min: number, max: number): Reader<number> => (value, path) =>
  typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max ? value : complain(path, `a number from ${min} to ${max}`, value);
export const flag: Reader<boolean> = (value, path) => (typeof value === 'boolean' ? value : complain(path, 'true or false', value));
export const civilDate: Reader<string> = (value, path) => (isCivilDate(value) ? value : complain(path, 'a day written YYYY-MM-DD', value));
export const matching = (pattern: RegExp, expected: string): Reader<string> => (value, path) =>
  typeof value === 'string' && pattern.test(value) ? value : complain(path, expected, value);
export const oneOf = <const T extends string>(...choices: readonly T[]): Reader<T> => (value, path) =>
  choices.includes(value as T) ? (value as T) : complain(path, `one of ${choices.join(', ')}`, value);
export const optional = <T>(read: Reader<T>): Reader<T | undefined> => (value, path) => (value === undefined || value === null ? undefined : read(value, path));
export const list = <T>(read: Reader<T>, min = 0, max = 100): Reader<readonly T[]> => (value, path) => {
  if (!Array.isArray(value) || value.length < min || value.length > max) return complain(path, `a list of ${min} to ${max} entries`, value);
  return value.map((entry, index) => read(entry, `${path}[${index}]`));
};
export const record = <S extends Readonly<Record<string, Reader<unknown>>>>(shape: S): Reader<{ readonly [K in keyof S]: ReturnType<S[K]> }> => (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return complain(path, 'an object', value);
  const from = value as Record<string, unknown>;
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(shape)) {
    const got = shape[key]!(from[key], path ? `${path}.${key}` : key);
    if (got !== undefined) out[key] = got;
  }
  return out as never;
};
