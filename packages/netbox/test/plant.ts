import { SendFailure, type HttpReply, type HttpRequest, type Send } from '../../../core/src/index.ts';

/** A fault on the way between client and server: the server behind it may be the sandbox or a real one. */
export interface Planted {
  readonly method?: HttpRequest['method'];
  readonly path?: RegExp;
  readonly kind: 'hangBefore' | 'hangAfter' | 'resetBefore' | 'resetAfter' | 'html' | 'htmlAfter' | 'truncate' | 'reply' | 'meanwhile';
  readonly status?: number;
  readonly body?: unknown;
  /** Of `meanwhile`: what somebody else does just before the request arrives. */
  readonly act?: () => Promise<unknown>;
  readonly times?: number;
}
const PAGE = '<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>';

/** A `Send` that meets planted faults, and keeps what was sent. @example const { send, plant, sent } = planted(axiosSend({ baseUrl })); */
export function planted(inner: Send) {
  let faults: { readonly fault: Planted; left: number }[] = [];
  const sent: HttpRequest[] = [];
  const html = (status: number): HttpReply => ({ status, reason: 'Bad Gateway', headers: { 'content-type': 'text/html' }, text: PAGE });
  const send: Send = async (request) => {
    sent.push(request);
    const hit = faults.find(({ fault, left }) => left > 0 && (!fault.method || fault.method === request.method) && (!fault.path || fault.path.test(request.path)));
    if (!hit) return inner(request);
    hit.left -= 1;
    const { kind, status = 502, body, act } = hit.fault;
    if (kind === 'hangBefore') throw new SendFailure('timeout', 'maybe', 'no answer');
    if (kind === 'resetBefore') throw new SendFailure('reset', 'maybe', 'ECONNRESET');
    if (kind === 'html') return html(status);
    if (kind === 'reply') return { status, reason: '', headers: { 'content-type': 'application/json' }, text: typeof body === 'string' ? body : JSON.stringify(body) };
    if (kind === 'meanwhile') await act!();
    const reply = await inner(request);
    if (kind === 'hangAfter') throw new SendFailure('timeout', 'maybe', 'no answer');
    if (kind === 'resetAfter') throw new SendFailure('reset', 'maybe', 'ECONNRESET');
    if (kind === 'htmlAfter') return html(status);
    return kind === 'truncate' ? { ...reply, text: reply.text.slice(0, Math.floor(reply.text.length / 2)) } : reply;
  };
  return {
    send,
    sent,
    writes: () => sent.filter(({ method }) => method !== 'GET'),
    plant: (fault: Planted): void => void faults.push({ fault, left: fault.times ?? 1 }),
    clear: (): void => void (faults = []),
  };
}
