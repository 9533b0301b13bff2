import { VendorError, type HttpReply, type VendorErrorKind } from '../../../core/src/index.ts';
import { redactText } from './redact.ts';

export const VENDOR = 'genieacs';

/** A request that would crash or mislead the NBI is refused here, before anything is sent. */
export function rejected(operation: string, message: string, hint: string): VendorError {
  return new VendorError({ vendor: VENDOR, operation, kind: 'rejectedInput', message, hint });
}

const KINDS: Readonly<Record<number, VendorErrorKind>> = {
  400: 'rejectedInput', 401: 'unauthorised', 403: 'unauthorised', 404: 'notFound', 405: 'rejectedInput', 407: 'unauthorised', 409: 'conflict',
  413: 'rejectedInput', 429: 'rateLimited', 431: 'rejectedInput', 500: 'unavailable', 502: 'unavailable', 503: 'unavailable', 504: 'unavailable',
};

/** The NBI's errors are plain text; a proxy's are web pages. Either becomes one short sentence without secrets. */
export function fromReply(reply: HttpReply, operation: string): VendorError {
  const html = /^\s*</.test(reply.text);
  const said = html ? 'a web page' : redactText(reply.text.trim().slice(0, 200));
  const busy = reply.status === 503 && /in session/i.test(reply.text);
  const gone = reply.status === 404 && !/No such device|not found/i.test(reply.text);
  return new VendorError({
    vendor: VENDOR,
    operation,
    kind: busy ? 'conflict' : (KINDS[reply.status] ?? 'unexpectedReply'),
    status: reply.status,
    ...(busy ? { retryAfterMs: 2_000, detail: { reason: 'inSession' } } : {}),
    message: busy ? `The device is in a session with GenieACS just now (${operation}).` : `GenieACS answered ${reply.status} to ${operation}${said ? `: ${said}` : ''}.`,
    hint: busy
      ? 'Sessions are short; try again in a few seconds.'
      : html || gone
        ? 'Does the base URL point at the NBI (port 7557), with its path prefix if a proxy adds one?'
        : reply.status === 401 || reply.status === 403
          ? 'The NBI itself has no login; check the credentials of the proxy in front of it.'
          : reply.status === 404
            ? 'Check the id. In paths GenieACS ids are encoded twice; this client does that itself.'
            : 'See the genieacs-nbi log.',
  });
}
