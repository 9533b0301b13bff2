// axios: pooled sockets, proxies, TLS options and timeouts people already know how to configure.
import axios, { type AxiosError, type AxiosRequestConfig } from 'axios';
import http from 'node:http';
import https from 'node:https';
import { SendFailure, type Clock, type HttpReply, type HttpRequest, type Send } from '../../../core/src/index.ts';

export interface SendOptions {
  /** With or without a path prefix, with or without a trailing slash. */
  readonly baseUrl: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly axios?: AxiosRequestConfig;
}

const BEFORE_SENDING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * `Send` over axios: no redirects followed, no cookies kept, every status is a reply.
 * @throws SendFailure when no reply came; `arrived` says whether the server may have seen the request.
 * @example const send = axiosSend({ baseUrl: 'http://127.0.0.1:7557' });
 */
export function axiosSend(options: SendOptions): Send {
  const base = options.baseUrl.replace(/\/+$/, '');
  const client = axios.create({
    maxRedirects: 0,
    validateStatus: () => true,
    transformResponse: (text: unknown) => text,
    responseType: 'text',
    maxContentLength: 64 * 1024 * 1024,
    // A pooled socket that the server has just closed would turn a write into a guess; a new one per request does not.
    httpAgent: new http.Agent({ keepAlive: false }),
    httpsAgent: new https.Agent({ keepAlive: false }),
    ...options.axios,
  });
  return async (request: HttpRequest): Promise<HttpReply> => {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(request.query ?? {})) if (value !== undefined) query.set(key, String(value));
    const url = `${base}${request.path}${query.size > 0 ? `?${query}` : ''}`;
    const json = typeof request.body === 'object' && !(request.body instanceof Uint8Array);
    try {
      const reply = await client.request({
        method: request.method,
        url,
        headers: { accept: 'application/json', ...(json ? { 'content-type': 'application/json' } : {}), ...options.headers, ...request.headers },
        data: json ? JSON.stringify(request.body) : request.body instanceof Uint8Array ? Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength) : request.body,
        timeout: request.timeoutMs ?? options.timeoutMs ?? 30_000,
        ...(request.want === 'bytes' ? { responseType: 'arraybuffer' as const } : {}),
      });
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(reply.headers)) if (value != null) headers[name.toLowerCase()] = String(value);
      const bytes = Buffer.isBuffer(reply.data) ? reply.data : undefined;
      const text = typeof reply.data === 'string' ? reply.data : bytes && /json|text|html|xml/i.test(headers['content-type'] ?? '') ? bytes.toString('utf8') : '';
      return { status: reply.status, reason: reply.statusText ?? '', headers, text, ...(bytes ? { bytes } : {}) };
    } catch (error) {
      const { code = '', message } = error as AxiosError;
      if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') throw new SendFailure('timeout', 'maybe', `no answer within the time limit`);
      if (BEFORE_SENDING.has(code)) throw new SendFailure(code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'unresolved' : 'refused', 'no', code);
      if (/CERT|SSL|TLS|SELF_SIGNED/.test(code)) throw new SendFailure('tls', 'no', code);
      throw new SendFailure('reset', 'maybe', code || message);
    }
  };
}

/** The machine's own clock, for programs; tests pass a virtual one. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
