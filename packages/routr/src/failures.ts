import { VendorError, type VendorErrorKind } from '../../../core/src/index.ts';

export const VENDOR = 'Routr';

/** `shown`: the server's own sentence may be repeated. Of the others it may hold the whole request, the password included. */
const CODES: Readonly<Record<number, { readonly name: string; readonly kind: VendorErrorKind; readonly hint: string; readonly shown?: true }>> = {
  1: { name: 'CANCELLED', kind: 'unavailable', hint: 'The call was cut short on its way.' },
  2: { name: 'UNKNOWN', kind: 'unexpectedReply', hint: 'Its database refused the request; the log of Routr says why.' },
  3: { name: 'INVALID_ARGUMENT', kind: 'rejectedInput', hint: 'Routr did not accept a name, a user or a domain.', shown: true },
  4: { name: 'DEADLINE_EXCEEDED', kind: 'timedOut', hint: 'No answer within the deadline.' },
  5: { name: 'NOT_FOUND', kind: 'notFound', hint: 'Routr does not know it.', shown: true },
  6: { name: 'ALREADY_EXISTS', kind: 'conflict', hint: 'It exists already.', shown: true },
  7: { name: 'PERMISSION_DENIED', kind: 'unauthorised', hint: 'The proxy in front of Routr refused the credentials.' },
  12: { name: 'UNIMPLEMENTED', kind: 'unexpectedReply', hint: 'This server takes no writes (simpledata), or it is not Routr’s Connect API (port 51908 of pgdata).' },
  13: { name: 'INTERNAL', kind: 'unexpectedReply', hint: 'Routr failed inside; the account is looked at again.' },
  14: { name: 'UNAVAILABLE', kind: 'unavailable', hint: 'Routr or its database is not reachable.' },
  16: { name: 'UNAUTHENTICATED', kind: 'unauthorised', hint: 'The proxy in front of Routr wants credentials: check LEADLIGHT_ROUTR_AUTHORIZATION.' },
};

/**
 * A gRPC failure as the one failure class. A write that may have reached Routr (deadline, cut connection, failure inside) has an unknown
 * outcome; one that never found a connection has not happened.
 * @example routrError('Agents.Create', { code: 4, details: '' }, 'routr:51908', true).outcome // 'unknown'
 */
export function routrError(operation: string, failure: { readonly code: number; readonly details: string }, address: string, write: boolean): VendorError {
  const known = CODES[failure.code] ?? { name: String(failure.code), kind: 'unexpectedReply' as const, hint: 'Routr answered with a code this client does not know.' };
  const neverSent = failure.code === 14 && /^(No connection established|Name resolution failed)/.test(failure.details);
  const unknown = write && !neverSent && [1, 2, 4, 13, 14].includes(failure.code);
  const details = 'shown' in known ? failure.details.slice(0, 200) : '';
  return new VendorError({
    vendor: VENDOR,
    operation,
    kind: known.kind,
    status: failure.code,
    outcome: unknown ? 'unknown' : 'notApplied',
    message: `Routr at ${address} answered ${operation} with ${known.name}${details ? `: ${details}` : ''}.`,
    hint: unknown ? 'It may have been carried out. Read the account before repeating it.' : known.hint,
    detail: { grpc: known.name, details },
  });
}

type Told = Omit<ConstructorParameters<typeof VendorError>[0], 'vendor' | 'operation' | 'detail'> & { readonly cause: string };
/** A failure in this client's words. @example throw failed('accounts.get', { cause: 'noAccount', kind: 'notFound', message: '…', hint: '…' }); */
export const failed = (operation: string, { cause, ...told }: Told): VendorError => new VendorError({ vendor: VENDOR, operation, ...told, detail: { cause } });
