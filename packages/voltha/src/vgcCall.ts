import { fromSendFailure, isSendFailure, readJson, VendorError, type HttpReply, type HttpRequest, type Send } from '../../../core/src/index.ts';

export const VGC = 'vgc';

/** One call to the VOLTHA Go controller. Its errors are plain text and its 200 says only that it listened (access reference 1.6). */
export interface VgcCall {
  /** @throws VendorError for a missing reply and for any status outside `expected` (default 200 and 202). */
  send(operation: string, request: HttpRequest, expected?: readonly number[]): Promise<HttpReply>;
  json<T>(operation: string, path: string): Promise<T>;
}

/** @example const call = vgcCall(axiosSend({ baseUrl: 'http://127.0.0.1:8181/vgc/v1' })); */
export function vgcCall(send: Send): VgcCall {
  async function exchange(operation: string, request: HttpRequest, expected: readonly number[] = [200, 202]): Promise<HttpReply> {
    const write = request.method !== 'GET';
    let reply: HttpReply;
    try {
      reply = await send(request);
    } catch (error) {
      if (isSendFailure(error)) throw fromSendFailure(error, VGC, operation, write);
      throw error;
    }
    const page = /^\s*<(!doctype|html)/i.test(reply.text);
    if (expected.includes(reply.status) && !page) return reply;
    // Never parsed: Go's http.Error writes sentences.
    const said = page ? 'a web page' : reply.text.trim().slice(0, 200) || 'an empty reply';
    throw new VendorError({
      vendor: VGC,
      operation,
      kind: reply.status >= 500 ? 'unavailable' : page ? 'unexpectedReply' : reply.status === 401 || reply.status === 403 ? 'unauthorised' : reply.status === 409 ? 'conflict' : reply.status === 404 ? 'notFound' : 'rejectedInput',
      outcome: write && (reply.status >= 500 || page) ? 'unknown' : 'notApplied',
      status: reply.status,
      message: `The VOLTHA controller answered ${reply.status} to ${operation}: ${said}.`,
      hint: page ? 'Is this the address of the controller’s REST API (…:8181/vgc/v1)? A proxy answered.' : 'Read the profile or the service back before repeating.',
      detail: { said },
    });
  }
  return {
    send: exchange,
    async json<T>(operation: string, path: string): Promise<T> {
      return readJson(await exchange(operation, { method: 'GET', path }, [200]), VGC, operation) as T;
    },
  };
}
