import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { isVendorError, refuse, VendorError, type Refused, type VendorErrorKind } from '../../../core/src/index.ts';

const REFUSAL_STATUS: Readonly<Record<string, number>> = { badInput: 400, dropUnknown: 404, runUnknown: 404, serialUnknown: 404, addressMismatch: 422, cardDataRefused: 422 };
const VENDOR_STATUS: Readonly<Record<VendorErrorKind, number>> = {
  unauthorised: 502, notFound: 404, conflict: 409, exhausted: 409, rejectedInput: 422, rateLimited: 429, unavailable: 503, timedOut: 504, unexpectedReply: 502, deviceSilent: 504,
};
/** The name of the hub in its own failures. */
export const HUB = 'leadlight-hub';

/** Sends an answer; a refusal takes its own 4xx status (409 unless its code has another) and stays data. */
export function answer<T>(reply: FastifyReply, value: T): T {
  const { type, code } = (value ?? {}) as Partial<Refused>;
  if (type === 'refused') reply.code(REFUSAL_STATUS[code ?? ''] ?? 409);
  return value;
}

/** A failure of the hub itself towards its caller (no key, no such order, too fast), in the shape of every other failure. */
export function hubError(kind: VendorErrorKind, operation: string, message: string, hint: string, retryAfterMs?: number): VendorError {
  return new VendorError({ vendor: HUB, operation, kind, message, hint, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

/** `/services/1/sku` → `services[1].sku`. */
function dotted(pointer: string): string {
  return pointer.split('/').slice(1).map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~')).reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path ? `${path}.${part}` : part), '');
}

function fromValidation(error: FastifyError): Refused<'badInput'> {
  const { instancePath = '', params = {}, keyword, message } = (error.validation?.[0] ?? {}) as { instancePath?: string; params?: Record<string, unknown>; keyword?: string; message?: string };
  const extra = params['missingProperty'] ?? params['additionalProperty'];
  const path = [dotted(instancePath), typeof extra === 'string' ? extra : ''].filter(Boolean).join('.');
  const where = path || (error.validationContext === 'body' ? 'The body' : 'The request');
  if (keyword === 'required') return refuse('badInput', `${where} is missing.`, { path, hint: `Send ${path}.` });
  if (keyword === 'additionalProperties') return refuse('badInput', `${where} is not known here.`, { path, hint: 'Leave it out, or check its spelling.' });
  const choices = Array.isArray(params['allowedValues']) ? `: ${params['allowedValues'].join(', ')}` : '';
  return refuse('badInput', `${where} ${message ?? 'is not valid'}${choices}.`, { path, hint: 'The accepted shape is in /docs.' });
}

const BODY_FAULTS: Readonly<Record<string, readonly [number, string, string, string]>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'badInput', 'The body is not whole JSON.', 'Send one JSON object.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'badInput', 'The body is empty.', 'Send one JSON object.'],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'bodyTooLarge', 'The body is too large.', 'Send at most 1 MiB.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'badInput', 'The body is of a kind that is not read here.', 'Send application/json.'],
};

/** Turns anything thrown in a route into the two shapes callers know. What was sent is never repeated in the answer or the log. */
export function errorHandler(log: (line: string) => void) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): unknown => {
    const { code = '', statusCode = 500, validation } = error as FastifyError;
    if (validation) return reply.code(400).send(fromValidation(error as FastifyError));
    if (isVendorError(error)) {
      const status = error.vendor === HUB && error.kind === 'unauthorised' ? (error.operation === 'forbidden' ? 403 : 401) : VENDOR_STATUS[error.kind];
      if (error.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(error.retryAfterMs / 1000));
      return reply.code(status).send({ ...error.toJSON(), code: error.kind });
    }
    const fault = BODY_FAULTS[code] ?? (error instanceof SyntaxError ? BODY_FAULTS['FST_ERR_CTP_INVALID_JSON_BODY'] : undefined);
    if (fault) return reply.code(fault[0]).send(refuse(fault[1], fault[2], { path: '', hint: fault[3] }));
    if (statusCode >= 400 && statusCode < 500) return reply.code(statusCode).send(refuse('badInput', 'The request cannot be read.', { path: '', hint: 'The accepted shape is in /docs.' }));
    log(`${request.id} ${request.method} ${request.routeOptions.url ?? ''} failed: ${error.name} ${(error.stack ?? '').split('\n')[1]?.trim() ?? ''}`);
    const unknown = request.method !== 'GET' ? 'unknown' : 'notApplied';
    return reply.code(500).send({
      ...new VendorError({ vendor: HUB, operation: request.routeOptions.url ?? request.method, kind: 'unavailable', outcome: unknown, message: 'The hub met a fault of its own.', hint: `Look for request ${request.id} in the hub's log.` }).toJSON(),
      code: 'unavailable',
    });
  };
}
