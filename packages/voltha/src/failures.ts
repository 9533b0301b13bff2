import { VendorError, type VendorErrorKind } from '../../../core/src/index.ts';

export const VENDOR = 'voltha';

/** What rw_core's gRPC codes mean here (access reference 1.5). */
const CODES: Readonly<Record<number, { readonly name: string; readonly kind: VendorErrorKind; readonly hint: string }>> = {
  1: { name: 'CANCELLED', kind: 'unavailable', hint: 'The call was cut short on its way.' },
  2: { name: 'UNKNOWN', kind: 'unexpectedReply', hint: 'VOLTHA refused without a code of its own; the message says why.' },
  3: { name: 'INVALID_ARGUMENT', kind: 'rejectedInput', hint: 'VOLTHA did not accept an argument.' },
  4: { name: 'DEADLINE_EXCEEDED', kind: 'timedOut', hint: 'No answer within the deadline.' },
  5: { name: 'NOT_FOUND', kind: 'notFound', hint: 'VOLTHA does not know the device, or could not load it from its store: list the devices before treating it as gone.' },
  6: { name: 'ALREADY_EXISTS', kind: 'conflict', hint: 'It exists already.' },
  7: { name: 'PERMISSION_DENIED', kind: 'unauthorised', hint: 'The proxy in front of VOLTHA refused the credentials.' },
  8: { name: 'RESOURCE_EXHAUSTED', kind: 'unexpectedReply', hint: 'The reply was larger than the receive limit, or VOLTHA is out of resources.' },
  9: { name: 'FAILED_PRECONDITION', kind: 'conflict', hint: 'The device is not in a state that allows this; read its state first.' },
  10: { name: 'ABORTED', kind: 'unavailable', hint: 'VOLTHA gave up on the call; read the device back.' },
  12: { name: 'UNIMPLEMENTED', kind: 'unexpectedReply', hint: 'Is this the address of the VOLTHA northbound API (rw_core)?' },
  13: { name: 'INTERNAL', kind: 'unexpectedReply', hint: 'An adapter failed; read the device back.' },
  14: { name: 'UNAVAILABLE', kind: 'unavailable', hint: 'VOLTHA or one of its adapters is not reachable; the northbound port opens only once all adapters are up.' },
  15: { name: 'DATA_LOSS', kind: 'unexpectedReply', hint: 'VOLTHA lost data; read the device back.' },
  16: { name: 'UNAUTHENTICATED', kind: 'unauthorised', hint: 'The proxy in front of VOLTHA wants credentials.' },
};

export interface GrpcFailure {
  readonly code: number;
  readonly details: string;
}

/**
 * A gRPC failure as the one failure class. A write that may have reached the core (deadline, cut connection, internal failure) has an
 * unknown outcome; one that never found a connection has not happened.
 * @example volthaError('RebootDevice', { code: 4, details: '' }, 'voltha:55555', true).outcome // 'unknown'
 */
export function volthaError(operation: string, failure: GrpcFailure, address: string, write: boolean): VendorError {
  const known = CODES[failure.code] ?? { name: String(failure.code), kind: 'unexpectedReply' as const, hint: 'VOLTHA answered with a code this client does not know.' };
  const neverSent = failure.code === 14 && /^(No connection established|Name resolution failed)/.test(failure.details);
  const unknown = write && !neverSent && [1, 4, 10, 13, 14, 15].includes(failure.code);
  return new VendorError({
    vendor: VENDOR,
    operation,
    kind: known.kind,
    status: failure.code,
    outcome: unknown ? 'unknown' : 'notApplied',
    message: `VOLTHA at ${address} answered ${operation} with ${known.name}${failure.details ? `: ${failure.details}` : ''}.`,
    hint: unknown ? 'It may have been carried out. Read the device back before repeating it.' : known.hint,
    detail: { grpc: known.name, details: failure.details },
  });
}
