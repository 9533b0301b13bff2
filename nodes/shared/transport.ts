import { NodeOperationError, type IExecuteFunctions, type IHookFunctions, type IHttpRequestOptions, type ILoadOptionsFunctions, type IN8nHttpFullResponse, type IPollFunctions } from 'n8n-workflow';
import { SendFailure, type HttpReply, type HttpRequest, type Send } from '../../core/src/index.ts';

export type Requester = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions | IPollFunctions;

const BEFORE_SENDING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * `Send` over n8n's own HTTP helper: n8n signs the request with the credential, honours its proxy and its limits. Every status is a
 * reply with its reason phrase and undecoded body; redirects are not followed, since a login page is not an answer.
 * @throws SendFailure (by the returned function) when no reply came.
 * @example const client = netbox(await sendWith(this, 'leadlightNetBoxApi', index), clock);
 */
export async function sendWith(context: Requester, credential: string, itemIndex = 0): Promise<Send> {
  const { baseUrl } = await context.getCredentials<{ baseUrl: string }>(credential, itemIndex);
  const base = String(baseUrl ?? '').trim().replace(/\/+$/, '');
  if (!/^https?:\/\/[^/\s]/.test(base)) {
    throw new NodeOperationError(context.getNode(), "The 'Base URL' of the credential must start with http:// or https://", {
      itemIndex,
      description: 'Open the credential and fill in the address under which n8n reaches the system.',
    });
  }
  return async (request) => {
    let reply: IN8nHttpFullResponse;
    try {
      reply = (await context.helpers.httpRequestWithAuthentication.call(context, credential, toOptions(base, request))) as IN8nHttpFullResponse;
    } catch (error) {
      return noReply(error);
    }
    return toReply(reply);
  };
}

function toOptions(base: string, request: HttpRequest): IHttpRequestOptions {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(request.query ?? {})) if (value !== undefined) query.set(key, String(value));
  const json = typeof request.body === 'object' && !(request.body instanceof Uint8Array);
  return {
    method: request.method,
    url: `${base}${request.path}${query.size > 0 ? `?${query.toString()}` : ''}`,
    headers: { accept: 'application/json', ...(json ? { 'content-type': 'application/json' } : {}), ...request.headers },
    // As text: n8n leaves out an empty object, and a command without arguments is one.
    ...(request.body === undefined ? {} : { body: json ? JSON.stringify(request.body) : request.body }),
    encoding: request.want === 'bytes' ? 'arraybuffer' : 'text',
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
    disableFollowRedirect: true,
    timeout: request.timeoutMs ?? 30_000,
  };
}

function toReply(reply: IN8nHttpFullResponse): HttpReply {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(reply.headers ?? {})) if (value !== undefined && value !== null) headers[name.toLowerCase()] = String(value);
  const body: unknown = reply.body;
  if (ArrayBuffer.isView(body)) {
    const bytes = body as Uint8Array;
    return { status: reply.statusCode, reason: reply.statusMessage ?? '', headers, text: /json|text|html|xml/i.test(headers['content-type'] ?? '') ? new TextDecoder().decode(bytes) : '', bytes };
  }
  return { status: reply.statusCode, reason: reply.statusMessage ?? '', headers, text: typeof body === 'string' ? body : body === undefined || body === null ? '' : JSON.stringify(body) };
}

/** The network's own code is somewhere below what n8n wrapped around it. */
function noReply(error: unknown): never {
  const { code, message } = networkCode(error);
  if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') throw new SendFailure('timeout', 'maybe', 'no answer within the time limit');
  if (BEFORE_SENDING.has(code)) throw new SendFailure(code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'unresolved' : 'refused', 'no', code);
  if (/CERT|SSL|TLS|SELF_SIGNED|EPROTO/.test(code)) throw new SendFailure('tls', 'no', code);
  if (/^E[A-Z_]+$/.test(code)) throw new SendFailure('reset', 'maybe', code);
  // Not the network: a missing credential, a blocked host. n8n's own words are the best there are.
  throw error instanceof Error ? error : new SendFailure('reset', 'maybe', message);
}

function networkCode(error: unknown): { readonly code: string; readonly message: string } {
  let message = '';
  let at = error as { code?: unknown; httpCode?: unknown; message?: unknown; cause?: unknown } | undefined;
  for (let depth = 0; at && depth < 5; depth++) {
    message ||= String(at.message ?? '');
    for (const code of [at.code, at.httpCode]) if (typeof code === 'string' && /^[A-Z][A-Z_]+$/.test(code)) return { code, message };
    at = at.cause as typeof at;
  }
  const named = /\b(ECONN\w+|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE|ERR_[A-Z_]+)\b/.exec(message);
  return { code: named?.[1] ?? '', message };
}
