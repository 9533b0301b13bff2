import type { SimReply } from '../http.ts';

/** A Python exception on its way out: status and `exc_type` as Frappe gives them, the sentence a user would see. */
export class FrappeFault extends Error {
  readonly status: number;
  readonly excType: string;
  /** Text of `exception` when it differs from the sentence (MandatoryError names the fields only there). */
  readonly exception: string;
  constructor(status: number, excType: string, sentence: string, exception = sentence) {
    super(sentence);
    this.status = status;
    this.excType = excType;
    this.exception = exception;
  }
}

export const invalid = (sentence: string, excType = 'ValidationError') => new FrappeFault(417, excType, sentence);
export const missing = (doctype: string, name: string) => new FrappeFault(404, 'DoesNotExistError', `${doctype} ${name} not found`);
export const forbidden = (sentence = 'Not permitted') => new FrappeFault(403, 'PermissionError', sentence);

/** `_server_messages`: a JSON text of a list of JSON texts, the sentence in HTML as Desk would show it. */
export function serverMessages(sentences: readonly string[], raised = true): string {
  return JSON.stringify(sentences.map((message) => JSON.stringify({ message, title: 'Message', indicator: raised ? 'red' : 'orange', ...(raised ? { raise_exception: 1 } : {}) })));
}

/** The v1 error envelope. `tracebacks` is System Settings `allow_error_traceback`; a 404 and a 401 never carry one. */
export function faultReply(fault: FrappeFault, tracebacks: boolean): SimReply {
  const exception = `frappe.exceptions.${fault.excType}: ${fault.exception}`;
  return {
    status: fault.status,
    ...(fault.status === 417 ? { reason: 'EXPECTATION FAILED' } : {}),
    body: {
      ...(tracebacks && fault.status !== 404 && fault.status !== 401 ? { exception, exc: JSON.stringify([`Traceback (most recent call last):\n  File "apps/frappe/frappe/app.py"\n${exception}\n`]) } : {}),
      exc_type: fault.excType,
      ...(fault.message ? { _server_messages: serverMessages([fault.message]) } : {}),
    },
  };
}

/** What a werkzeug or proxy page looks like: no Frappe envelope at all. */
export function page(status: number, title: string): SimReply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n` };
}
