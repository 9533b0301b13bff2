import { readJson, type HttpReply, type VendorErrorKind } from '../../../core/src/index.ts';
import { failure, VENDOR } from './errors.ts';

export interface Complaint { readonly path: string; readonly code: number; readonly message: string }
type Raw = Readonly<Record<string, unknown>>;

export const list = (value: unknown): readonly Raw[] => (Array.isArray(value) ? (value as Raw[]) : []);
export const record = (value: unknown): Raw => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** TR-369's words. The device's own are not repeated: some devices echo the value they refuse, which may be a password. */
const WORDS: Readonly<Record<number, string>> = {
  7000: 'message failed', 7001: 'message not supported', 7002: 'request denied', 7003: 'internal error', 7004: 'invalid arguments', 7005: 'resources exceeded', 7006: 'permission denied', 7007: 'invalid configuration', 7008: 'invalid path syntax', 7009: 'parameter action failed', 7010: 'unsupported parameter',
  7011: 'invalid type', 7012: 'invalid value', 7013: 'parameter is read-only', 7014: 'value conflict', 7015: 'operation error', 7016: 'object does not exist', 7017: 'object could not be created', 7018: 'object is not a table', 7019: 'object cannot be created', 7020: 'object could not be updated', 7021: 'required parameter failed',
  7022: 'command failure', 7023: 'command cancelled', 7024: 'delete failure', 7025: 'object with the same key exists', 7026: 'invalid path', 7027: 'invalid command arguments',
};

/** The error code of a path, in TR-369's words. Zero values are left out by Oktopus. */
export const complaint = (path: string, raw: Raw): Complaint => {
  const code = Number(raw['err_code'] ?? 0);
  return { path, code, message: WORDS[code] ?? 'device error' };
};

/** Errors of single parameters below an object. @example paramErrors('Device.X.1.', [{ param: 'Enable', err_code: 7012 }]) */
export const paramErrors = (object: string, value: unknown): readonly Complaint[] => list(value).map((one) => complaint(`${object}${text(one['param'])}`, one));

/** The kind of a USP error code (TR-369, 7000 to 7031). */
export function kindOf(code: number): VendorErrorKind {
  if ([7002, 7006].includes(code)) return 'unauthorised';
  if ([7010, 7016, 7026].includes(code)) return 'notFound';
  if ([7014, 7025, 7029].includes(code)) return 'conflict';
  if (code === 7005) return 'exhausted';
  if (code === 7003) return 'unavailable';
  return 'rejectedInput';
}

/**
 * The body of a USP answer of the expected kind. Oktopus answers 200 to everything the agent says: an Error message becomes a failure
 * with the device's code and parameters, an empty body means that no USP transport of the device is online, and anything of another kind
 * is somebody else's answer (replies are matched by serial alone).
 * @throws VendorError
 */
export function readUsp(reply: HttpReply, operation: string, member: string, write: boolean): readonly Raw[] {
  if (reply.text.trim() === '') throw failure(operation, { kind: 'rejectedInput', reason: 'noMtp', status: 200, message: 'No USP transport of this device is online; it may be a CWMP device.', hint: 'Use CWMP, or the protocol auto, which chooses.' });
  const body = readJson(reply, VENDOR, operation, write);
  const raw = record(body);
  if (raw['err_code'] !== undefined || raw['err_msg'] !== undefined) throw uspError(operation, raw);
  if (Array.isArray(raw[member])) return raw[member] as Raw[];
  throw foreign(operation, write);
}

function uspError(operation: string, raw: Raw) {
  const code = Number(raw['err_code'] ?? 0);
  const parameters = list(raw['param_errs']).map((one) => complaint(text(one['param_path']), one));
  const first = parameters[0];
  const kinds = new Set((code === 7004 && first ? parameters.map((one) => one.code) : [code]).map(kindOf));
  return failure(operation, {
    kind: kinds.size === 1 ? [...kinds][0]! : 'rejectedInput', reason: 'uspError', status: 200,
    message: `The device refused the request (USP ${code}, ${complaint('', raw).message})${first ? `: ${first.path} (${first.code}, ${first.message})` : ''}.`,
    hint: parameters.length > 0 ? 'Correct the parameters named in the details; nothing was changed.' : 'Nothing was changed. The number is the error code of TR-369.',
    detail: { code, parameters: parameters.map((one) => ({ ...one })) },
  });
}

/** An answer to another request than ours. After a write nobody knows yet what became of ours. */
export function foreign(operation: string, write: boolean) {
  return failure(operation, {
    kind: 'unexpectedReply', reason: 'foreignReply', status: 200, outcome: write ? 'unknown' : 'notApplied',
    message: 'Oktopus gave the answer to another request of this device.',
    hint: 'Somebody else speaks to the device at the same time, or an answer came late. Read the device before repeating a write.',
  });
}

/** Refuses an answer about other paths than those asked for. @throws VendorError unexpectedReply */
export function sameRequest(operation: string, asked: readonly string[], answered: readonly string[], write: boolean): void {
  const plain = (path: string): string => path.replace(/\.$/, '');
  const wanted = new Set(asked.map(plain));
  const got = new Set(answered.map(plain));
  if (wanted.size !== got.size || [...got].some((path) => !wanted.has(path))) throw foreign(operation, write);
}
