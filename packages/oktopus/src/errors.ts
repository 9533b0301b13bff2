import { VendorError, type HttpReply, type JsonObject, type Outcome, type VendorErrorKind } from '../../../core/src/index.ts';

export const VENDOR = 'oktopus';

/** Why a call did not work, for programs to branch on; stands in the error's `detail.reason`. */
export type Reason =
  | 'offline' | 'associating' | 'notConnected' | 'connectionRequest' | 'busy' | 'timeout' | 'backend' | 'noMtp' | 'foreignReply' | 'uspError' | 'cwmpFault' | 'notApplied';

interface Said { readonly kind: VendorErrorKind; readonly message: string; readonly hint: string; readonly reason?: Reason; readonly outcome?: Outcome; readonly status?: number; readonly detail?: JsonObject }

/** One failure of this vendor. @example throw failure('usp.get', { kind: 'deviceSilent', reason: 'offline', message: 'The device is offline.', hint: 'Wait.' }); */
export function failure(operation: string, { reason, detail, ...said }: Said): VendorError {
  return new VendorError({ vendor: VENDOR, operation, ...said, ...(reason || detail ? { detail: { ...(reason ? { reason } : {}), ...detail } } : {}) });
}

/** Refused before anything was sent: Oktopus would hand malformed requests to the device as empty ones. */
export function rejected(operation: string, message: string, hint: string): VendorError {
  return failure(operation, { kind: 'rejectedInput', message, hint });
}

/** The reason a failure of this client carries, if any. @example reasonOf(failure('x', { kind: 'conflict', reason: 'busy', message: '', hint: '' })) // 'busy' */
export function reasonOf(error: VendorError): Reason | undefined {
  return error.detail?.['reason'] as Reason | undefined;
}

/**
 * What a reply that is no success means. Oktopus says most of it in JSON strings; a proxy in pages. The words of the connection request
 * are not repeated: they hold the device's address.
 */
export function fromReply(reply: HttpReply, operation: string, write: boolean): VendorError {
  const { status } = reply;
  const html = /^\s*</.test(reply.text);
  const said = html ? '' : sentence(reply.text);
  const cwmp = operation.startsWith('cwmp.');
  const make = (kind: VendorErrorKind, reason: Reason | undefined, message: string, hint: string, outcome: Outcome = 'notApplied') => failure(operation, { kind, message, hint, outcome, status, ...(reason ? { reason } : {}) });
  const afterWrite: Outcome = write ? 'unknown' : 'notApplied';

  if (status === 401 || status === 403) return make('unauthorised', undefined, `Oktopus refused access to ${operation} (${status}).`, status === 403 ? 'This needs an administrator of Oktopus.' : 'Check e-mail and password; a proxy in front may want a login of its own.');
  if (html) return make(status >= 500 ? 'unavailable' : 'unexpectedReply', undefined, `A web page came instead of Oktopus (${status}, ${operation}).`, 'Does the base URL point at the controller (port 8000), or at the proxy in front of it without /api?', status >= 500 ? afterWrite : 'notApplied');
  if (status === 404 && /device not found/i.test(said)) {
    return cwmp
      ? make('deviceSilent', 'notConnected', 'The device has not informed Oktopus since the ACS started, or has been silent too long.', 'Oktopus keeps no queue: repeat when the device informs (event device.online).')
      : make('notFound', undefined, 'Oktopus knows no device of this serial number.', 'A device is known from its first connection on; check the serial as the device reports it.');
  }
  if (status === 404) return make('notFound', undefined, `There is nothing at the address of ${operation}.`, 'Check the base URL: without /api at its end.');
  if (status === 409 && cwmp) return make('conflict', 'busy', 'The device is busy with another request of Oktopus.', 'Sessions are short; try again in a few seconds.');
  if (status === 408) return make('timedOut', 'timeout', 'The device took longer than Oktopus waits for.', 'The request may have been carried out. Read the device before repeating it.', afterWrite);
  if (status === 400 && cwmp && said !== '') return make('deviceSilent', 'connectionRequest', `The connection request did not reach the device${why(said)}.`, 'Check that Oktopus reaches the device and that its connection request user and password are those of Oktopus (CONN_RQ_USER).');
  // Anything else with a 400 on CWMP is what the device answered, which Oktopus could not read.
  if (status === 400 && cwmp) return make('unexpectedReply', undefined, 'Oktopus could not read what the device answered.', 'The request may have been carried out. Read the device before repeating it.', afterWrite);
  if (status === 503 && /associating/i.test(said)) return make('deviceSilent', 'associating', 'The device is still associating.', 'Try again in a few seconds.');
  if (status === 503 && /offline|device status/i.test(said)) return make('deviceSilent', 'offline', 'The device is offline.', 'Oktopus keeps no queue: repeat when it is back (event device.online).');
  if (status === 504) return make('timedOut', 'timeout', 'The device did not answer within the ten seconds Oktopus waits.', 'The request may have been carried out, and its answer may reach the next caller. Read the device before repeating it.', afterWrite);
  if (status === 500 && /nats/i.test(said)) {
    const answerLost = cwmp && /timeout/i.test(said);
    return make('unavailable', 'backend', 'A service behind the Oktopus controller does not answer.', answerLost ? 'The request may have been carried out. Read the device before repeating it.' : 'Are the services adapter, acs and NATS of Oktopus running? A serial with a dot or a space cannot be addressed at all.', answerLost ? afterWrite : 'notApplied');
  }
  if (status >= 500 && status !== 501) return make('unavailable', undefined, `Oktopus failed at ${operation} (${status}).`, 'See the log of the controller.', afterWrite);
  if (status >= 400) return make('rejectedInput', undefined, `Oktopus refused ${operation} (${status})${/^[\w ',:.-]{1,80}$/.test(said) ? `: ${said}` : ''}.`, 'Correct the input and try again.');
  return make('unexpectedReply', undefined, `Oktopus answered ${status} to ${operation}.`, status >= 300 && status < 400 ? 'The base URL redirects; use the final address.' : 'Is this an Oktopus controller?', afterWrite);
}

function sentence(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'string' ? body : '';
  } catch {
    return text.trim().slice(0, 200);
  }
}

function why(said: string): string {
  if (/authentication/i.test(said)) return ': the device refused the credentials';
  if (/refused/i.test(said)) return ': the device refused the connection';
  if (/timeout|deadline/i.test(said)) return ': no answer within a second';
  if (/protocol scheme|missing|invalid|no host/i.test(said)) return ': Oktopus has no usable address of the device';
  return '';
}
