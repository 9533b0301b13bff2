import { isVendorError, VendorError, type HttpReply, type Json, type JsonObject, type Outcome, type VendorErrorKind } from '../../../core/src/index.ts';
import { isRows } from './doc.ts';
import { personalValues, redact } from './redact.ts';

const vendor = 'ERPNext';
/** Server failures that pass by themselves; Frappe rolled the request back. */
const PASSING = new Set(['QueryDeadlockError', 'QueryTimeoutError', 'DocumentLockedError']);

/**
 * The sentences of a reply. `_server_messages` is a JSON text of a list of JSON texts, with HTML inside; whatever is malformed is kept
 * as it came, nothing is thrown. Also present on 200 replies, as warnings.
 * @example serverMessages({ _server_messages: '["{\\"message\\":\\"<b>Non</b> trouvé\\"}"]' }) // ['Non trouvé']
 */
export function serverMessages(body: JsonObject): readonly string[] {
  const raw = body['_server_messages'];
  if (typeof raw !== 'string') return [];
  let list: unknown;
  try {
    list = JSON.parse(raw);
  } catch {
    return [plain(raw)];
  }
  return (Array.isArray(list) ? list : [list]).map((entry) => {
    let one: unknown = entry;
    try {
      if (typeof entry === 'string') one = JSON.parse(entry);
    } catch {
      return plain(String(entry));
    }
    const message = typeof one === 'object' && one !== null ? (one as JsonObject)['message'] : one;
    return plain(typeof message === 'string' ? message : JSON.stringify(message ?? one));
  }).filter((sentence) => sentence !== '');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", nbsp: ' ' };
function plain(html: string): string {
  return html.replace(/<br\s*\/?>|<\/(p|div|li|tr)>/gi, ' ').replace(/<[^>]*>/g, '').replace(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all).replace(/\s+/g, ' ').trim();
}

interface Sorted {
  readonly kind: VendorErrorKind;
  readonly hint: string;
  readonly outcome?: Outcome;
  readonly flags?: Record<string, Json>;
}

// Status and exc_type only: sentences are translated to the user's language, `exception` vanishes when tracebacks are off.
function sort(status: number, excType: string, json: boolean, write: boolean): Sorted {
  if (status >= 300 && status < 400) return { kind: 'unexpectedReply', hint: 'The site lives elsewhere: set that address as the base URL. The request was not repeated there.' };
  if (!json) {
    if (status === 502 || status === 504 || status === 508) return { kind: 'unavailable', outcome: write ? 'unknown' : 'notApplied', hint: write ? 'A proxy answered in its place; the write may have happened. Read the document back before repeating.' : 'A proxy answered in its place; try again shortly.' };
    if (status === 503) return { kind: 'unavailable', hint: 'The site is in maintenance or its proxy has no server; try again later.' };
    if (status === 413) return { kind: 'rejectedInput', hint: 'The request is larger than the proxy or the site allows.' };
    if (status === 429) return { kind: 'rateLimited', hint: 'The proxy limits requests; slow down.' };
    if (status === 401 || status === 403) return { kind: 'unauthorised', hint: 'A proxy or login page refused the request before Frappe saw it.' };
    return { kind: 'unexpectedReply', outcome: write && status < 400 ? 'unknown' : 'notApplied', hint: 'Is this the address of a Frappe site? A proxy or another site answered.' };
  }
  if (status === 401) return { kind: 'unauthorised', hint: 'Check the API key and secret; generating keys again makes the old secret invalid.' };
  if (status === 403) return { kind: 'unauthorised', hint: 'Give the integration user a role that may do this (a missing Authorization header, cut by a proxy, reads the same).', flags: { permission: true } };
  if (excType === 'CSRFTokenError') return { kind: 'unauthorised', hint: 'A cookie was sent along with the API key; send none.' };
  if (status === 404) return { kind: 'notFound', hint: 'The document or the doctype does not exist on this site; is the Leadlight schema installed?' };
  if (status === 409 || excType === 'UniqueValidationError') return { kind: 'conflict', hint: 'Another document holds this name or a unique field; read it before deciding.', flags: { duplicate: true } };
  if (excType === 'TimestampMismatchError') return { kind: 'conflict', hint: 'Somebody saved it in between; reload, apply the change again, save.', flags: { stale: true } };
  if (PASSING.has(excType)) return { kind: 'unavailable', hint: 'The database was busy with the same rows; nothing was saved. Try again.', flags: { passing: true } };
  if (status === 417 || status === 400 || status === 413) return { kind: 'rejectedInput', hint: HINTS[excType] ?? 'Correct the fields the messages name.' };
  if (status === 429) return { kind: 'rateLimited', hint: 'The site’s budget of server time is used up; wait.' };
  if (status === 503) return { kind: 'unavailable', hint: 'The site is in maintenance, read-only or overloaded; try again later.', flags: { passing: true } };
  if (status === 501) return { kind: 'unavailable', hint: 'The site cannot send e-mail; check its outgoing account.' };
  return { kind: 'unexpectedReply', hint: 'The server failed; see its Error Log. Frappe rolls a failed request back.' };
}
// Files are served past the API: what is missing or not allowed comes as a page.
const PAGES: Readonly<Record<number, Sorted>> = {
  401: { kind: 'unauthorised', hint: 'Check the API key and secret; a proxy may cut the Authorization header from addresses of files.' },
  403: { kind: 'unauthorised', hint: 'Give the integration user a role that may read the document the file is attached to.', flags: { permission: true } },
  404: { kind: 'notFound', hint: 'Its File document may still be there, but the content is gone from the disk of the site.' },
};
const HINTS: Readonly<Record<string, string>> = {
  MandatoryError: 'Send the missing fields.',
  LinkValidationError: 'Create the linked document first, or correct its name (accents and case count).',
  LinkExistsError: 'Other documents point at it; cancel or unlink those first.',
  DocstatusTransitionError: 'A draft is submitted before it is cancelled; a cancelled document is amended, not edited.',
  UpdateAfterSubmitError: 'This field cannot change after submission; cancel and amend.',
  CannotChangeConstantError: 'This field is set once, at creation.',
  InvalidDates: 'The dates leave those of the project or are in the wrong order.',
};

/** What the request was, for the error and for taking people's data out of it. */
export interface Asked {
  readonly operation: string;
  readonly write: boolean;
  readonly sent?: unknown;
  /** Whether it was for a file's content. */
  readonly file?: boolean;
}

/**
 * A refused or broken reply as `VendorError`, sorted by status and `exc_type` alone. `detail` holds `excType`, the decoded `messages`
 * without people's data, `fields` (mandatory ones), `missingLinks` (which sent value was not found), `duplicate`, `stale`.
 */
export function fromReply(reply: HttpReply, body: JsonObject | undefined, asked: Asked): VendorError {
  const { status } = reply;
  const excType = typeof body?.['exc_type'] === 'string' ? body['exc_type'] : '';
  const { kind, hint, outcome, flags } = (asked.file && !body ? PAGES[status] : undefined) ?? sort(status, excType, body !== undefined, asked.write);
  const hide = personalValues(asked.sent);
  const raw = body ? serverMessages(body) : [];
  const messages = raw.map((sentence) => redact(sentence, hide)).slice(0, 10);
  const detail: Record<string, Json> = { ...(excType ? { excType } : {}), ...(messages.length > 0 ? { messages } : {}), ...flags };
  if (excType === 'MandatoryError') {
    const named = /\]: ([\w, ]+)$/.exec(typeof body?.['exception'] === 'string' ? body['exception'] : '');
    if (named) detail['fields'] = named[1]!.split(',').map((field) => field.trim());
  }
  if (excType === 'LinkValidationError') detail['missingLinks'] = sentLinks(asked.sent, raw.join('\n')).map(({ path, value }) => ({ path, value: redact(value, hide) }));
  const location = status >= 300 && status < 400 ? reply.headers['location']?.replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//') : undefined;
  if (location) detail['location'] = location;
  const wait = Number(reply.headers['retry-after']);
  const said = messages[0] ? `: ${messages[0]}` : location ? `: redirected to ${location}` : '';
  return new VendorError({
    vendor, operation: asked.operation, kind, hint, status, detail,
    message: `${vendor} answered ${status}${excType ? ` ${excType}` : body ? '' : ' with something that is not JSON'} to ${asked.operation}${said}`,
    outcome: outcome ?? 'notApplied',
    ...(Number.isFinite(wait) && wait > 0 && (kind === 'rateLimited' || kind === 'unavailable') ? { retryAfterMs: wait * 1000 } : {}),
  });
}

// Language-independent: which of the values we sent does the server's sentence quote?
function sentLinks(sent: unknown, sentences: string, path = ''): { path: string; value: string }[] {
  if (typeof sent !== 'object' || sent === null) return [];
  return Object.entries(sent).flatMap(([key, value]) => {
    const at = path ? `${path}.${key}` : key;
    if (isRows(value)) return value.flatMap((row, index) => sentLinks(row, sentences, `${at}[${index}]`));
    return typeof value === 'string' && value.length > 1 && new RegExp(`(^|[\\s:"'])${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}($|[\\s,"'.])`, 'm').test(sentences) ? [{ path: at, value }] : [];
  });
}

/** Whether a unique value is taken, in either of its two shapes (409, or 417 UniqueValidationError). */
export function isDuplicate(error: unknown): error is VendorError {
  return isVendorError(error) && error.kind === 'conflict' && error.detail?.['duplicate'] === true;
}
/** Whether somebody saved the document since it was read (417 TimestampMismatchError). */
export function isStale(error: unknown): error is VendorError {
  return isVendorError(error) && error.kind === 'conflict' && error.detail?.['stale'] === true;
}
