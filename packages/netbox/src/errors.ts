import { VendorError, type HttpReply, type JsonObject } from '../../../core/src/index.ts';

export const VENDOR = 'netbox';

/** Refused before anything was sent. @example throw rejected('journal.add', 'A journal entry needs words.', 'Say what was done.') */
export function rejected(operation: string, message: string, hint: string, detail?: JsonObject): VendorError {
  return new VendorError({ vendor: VENDOR, operation, kind: 'rejectedInput', message, hint, ...(detail ? { detail } : {}) });
}

/**
 * One NetBox reply that is not a success. Fields of a 400 arrive as paths (`custom_fields.leadlight_key`, `[1].address` in bulk); a 403
 * may be a bad token as well as a missing permission, so NetBox' own sentence is kept (access.md 2.1). `detail.requestId` is the number
 * NetBox logs the request under.
 * @example fromReply({ status: 412, reason: '', headers: {}, text: '{}' }, 'objects.update', true).kind // 'conflict'
 */
export function fromReply(reply: HttpReply, operation: string, write: boolean): VendorError {
  const { status } = reply;
  const body = parse(reply.text);
  const html = /^\s*</.test(reply.text);
  const says = typeof body?.['detail'] === 'string' ? body['detail'] : typeof body?.['error'] === 'string' ? body['error'] : '';
  const requestId = reply.headers['x-request-id'];
  const make = (kind: VendorError['kind'], message: string, hint: string, { detail, ...more }: { detail?: JsonObject; outcome?: 'unknown'; retryAfterMs?: number } = {}) =>
    new VendorError({ vendor: VENDOR, operation, kind, status, message, hint, ...more, ...(detail || requestId ? { detail: { ...detail, ...(requestId ? { requestId } : {}) } } : {}) });

  if (status === 400 || status === 422) {
    const fields = complaints(JSON.parse(body ? reply.text : '{}') as unknown);
    const first = fields[0];
    if (fields.some(({ path, message }) => /(^|\.)address$/.test(path) && !/valid|required|format/i.test(message)) || fields.some(({ message }) => /duplicate ip/i.test(message))) {
      return make('conflict', `The address is in use already (${operation}).`, 'Take the next free address of a prefix instead of naming one.', { detail: { reason: 'addressInUse', fields: asDetail(fields) } });
    }
    return make('rejectedInput', first ? `NetBox refuses ${first.path || 'the input'}: ${first.message}` : `NetBox refused the input of ${operation}.`, first?.path.startsWith('custom_fields') ? 'Create the custom field in NetBox first (see the README of this client), or correct its name.' : 'Correct the field named in the message.', { detail: { fields: asDetail(fields) } });
  }
  if (status === 401 || status === 403) return make('unauthorised', `NetBox refused access (${status})${says ? `: ${says}` : ''}.`, /permission/i.test(says) ? 'Give the token\'s user the permission, or use a token with write access.' : 'Check the token: v2 tokens start with nbt_ and have a dot in the middle.');
  if (status === 404) return make('notFound', html ? `NetBox has no page at the path of ${operation}.` : `NetBox: ${says || 'not found'}`, html ? 'Check the base URL; it may end in /api or not, but must be NetBox itself.' : 'Check the id, and that the token may see the object.');
  if (status === 409) {
    const full = /insufficient resources/i.test(says) || /\.allocate$/.test(operation);
    return full
      ? make('exhausted', 'No free address or number is left in this pool.', 'Add a prefix or range, or release what is no longer used.')
      : make('conflict', `NetBox: ${says || 'the object is in use'}`, 'Remove what depends on the object first.');
  }
  if (status === 412) return make('conflict', 'The object was changed by someone else meanwhile.', 'Read it again and decide anew.', { detail: { reason: 'changedMeanwhile' } });
  if (status === 429) return make('rateLimited', 'A proxy in front of NetBox asks to slow down.', 'Fewer requests at a time.', { retryAfterMs: (Number(reply.headers['retry-after']) || 5) * 1_000 });
  // Two at once, held apart by the database: this one was rolled back.
  if (status === 500 && body?.['exception'] === 'IntegrityError') return make('conflict', 'Another change of the same kind was made at the same moment.', 'Look for what it made, then decide anew.', { detail: { reason: 'collided' } });
  if (status >= 500) return make('unavailable', `NetBox answered ${status} to ${operation}${html ? ' with a web page' : says ? `: ${says.slice(0, 200)}` : ''}.`, write ? 'The change may have been made; read it back before repeating.' : 'Try again; see the NetBox log if it lasts.', write ? { outcome: 'unknown' } : {});
  return make('unexpectedReply', `NetBox answered ${status} to ${operation}.`, status >= 300 && status < 400 ? 'The base URL redirects; use the final https address.' : 'Is this a NetBox?', write && status < 300 ? { outcome: 'unknown' } : {});
}

interface Complaint { readonly path: string; readonly message: string }

const asDetail = (fields: readonly Complaint[]): JsonObject[] => fields.map(({ path, message }) => ({ path, message }));

/** DRF error bodies, nested or in bulk, as a flat list. */
function complaints(body: unknown, path = ''): Complaint[] {
  if (typeof body === 'string') return [{ path, message: body.slice(0, 300) }];
  if (Array.isArray(body)) return body.flatMap((one, i) => (typeof one === 'string' ? complaints(one, path) : complaints(one, `${path}[${i}]`)));
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, one]) => complaints(one, ['__all__', 'non_field_errors', 'detail'].includes(key) ? path : path ? `${path}.${key}` : key));
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
