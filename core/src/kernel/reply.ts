import type { HttpReply, SendFailure } from './port.ts';
import { VendorError } from './vendorError.ts';

/**
 * What a missing reply means for the caller: a read, or a write that never arrived, is `unavailable` and safe to repeat; a write that
 * may have arrived is `timedOut` with outcome `unknown`: observe before repeating.
 * @example fromSendFailure(new SendFailure('reset', 'maybe', 'socket hang up'), 'NetBox', 'ips.allocate', true).outcome // 'unknown'
 */
export function fromSendFailure(failure: SendFailure, vendor: string, operation: string, write: boolean): VendorError {
  const unknown = write && failure.arrived === 'maybe';
  return new VendorError({
    vendor,
    operation,
    kind: unknown || failure.reason === 'timeout' ? 'timedOut' : 'unavailable',
    outcome: unknown ? 'unknown' : 'notApplied',
    message: `${vendor} did not answer (${failure.reason}) to ${operation}.`,
    hint: unknown
      ? 'The request may have been carried out. Read the object back before repeating it.'
      : `Check that ${vendor} is reachable from here and that the base URL is right.`,
  });
}

/**
 * Reads a JSON reply. A web page or cut JSON becomes a failure, never a parse crash: `unavailable` where it passes by itself (a gateway's
 * 502-504, JSON cut off on its way), else `unexpectedReply`.
 * @throws VendorError
 * @example readJson({ status: 200, reason: 'OK', headers: {}, text: '{"a":1}' }, 'ERPNext', 'get') // { a: 1 }
 */
export function readJson(reply: HttpReply, vendor: string, operation: string, write = false): unknown {
  try {
    return JSON.parse(reply.text);
  } catch {
    const html = /^\s*</.test(reply.text);
    const cut = /^\s*[[{]/.test(reply.text);
    throw new VendorError({
      vendor,
      operation,
      kind: cut || [502, 503, 504].includes(reply.status) ? 'unavailable' : 'unexpectedReply',
      status: reply.status,
      // A page with a 4xx is a proxy's refusal; with anything else the work may have been done behind it.
      outcome: write && (reply.status < 400 || reply.status >= 500) ? 'unknown' : 'notApplied',
      message: `${vendor} answered ${reply.status} to ${operation} with ${html ? 'a web page' : 'something that is not whole JSON'}.`,
      hint: html ? `Is this the address of ${vendor}'s API? A proxy or a login page answered.` : 'The reply was cut or altered on its way; read the object again.',
    });
  }
}
