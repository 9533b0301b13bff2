import { SendFailure, type HttpRequest, type Send } from '../../../core/src/index.ts';

type Kind = 'resetBefore' | 'resetAfter' | 'hangAfter' | 'html' | 'htmlAfter' | 'truncate';
const PAGE = '<html><body>502 Bad Gateway</body></html>';

/** A `Send` that meets planted faults on the way, so that the server behind it may be the sandbox or a real one. */
export function planted(inner: Send) {
  let fault: { readonly path: RegExp; readonly kind: Kind } | undefined;
  const sent: HttpRequest[] = [];
  const page = (status: number) => ({ status, reason: '', headers: { 'content-type': 'text/html' }, text: PAGE });
  const send: Send = async (request) => {
    sent.push(request);
    const kind = fault?.path.test(`${request.method} ${request.path}`) ? fault.kind : undefined;
    if (!kind) return inner(request);
    fault = undefined;
    if (kind === 'resetBefore') throw new SendFailure('reset', 'maybe', 'ECONNRESET');
    if (kind === 'html') return page(502);
    const reply = await inner(request);
    if (kind === 'resetAfter') throw new SendFailure('reset', 'maybe', 'ECONNRESET');
    if (kind === 'hangAfter') throw new SendFailure('timeout', 'maybe', 'no answer');
    return kind === 'htmlAfter' ? page(502) : { ...reply, text: reply.text.slice(0, Math.floor(reply.text.length / 2)) };
  };
  return { send, sent, plant: (path: RegExp, kind: Kind): void => void (fault = { path, kind }), count: (path: RegExp): number => sent.filter((one) => path.test(`${one.method} ${one.path}`)).length };
}
