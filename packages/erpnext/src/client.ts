import { VendorError, type Clock, type JsonObject, type Send } from '../../../core/src/index.ts';
import { amend } from './amend.ts';
import type { Doc, Fields, Filter } from './doc.ts';
import { doctor, type Finding, type Masters } from './doctor.ts';
import * as documents from './documents.ts';
import { ensure, type Ensured, type EnsureOptions } from './ensure.ts';
import type { SchemaField } from './schema.ts';
import { count, get, list, listAll, type ListQuery } from './read.ts';
import { payload, wire, type WireOptions } from './wire.ts';

/** A doctype's form: the first is the doctype itself, its child tables follow. */
export interface DoctypeFields {
  readonly name: string;
  readonly fields: readonly SchemaField[];
}
export interface ErpNext {
  readonly documents: {
    get(doctype: string, name: string): Promise<Doc>;
    list(doctype: string, query?: ListQuery): Promise<readonly JsonObject[]>;
    /** Every row exactly once, by keyset. */
    listAll(doctype: string, query?: Omit<ListQuery, 'orderBy' | 'start'>): AsyncGenerator<JsonObject>;
    count(doctype: string, filters?: readonly Filter[]): Promise<number>;
    create(doctype: string, fields: Fields, options?: documents.WriteOptions): Promise<documents.Written>;
    update(doctype: string, name: string, fields: Fields, options?: documents.UpdateOptions): Promise<documents.Written>;
    updateWithRetry(doctype: string, name: string, change: (doc: Doc) => Fields | null, options?: documents.WriteOptions): Promise<documents.Written>;
    updateRows(doctype: string, name: string, table: string, edit: (rows: readonly JsonObject[]) => readonly JsonObject[]): Promise<documents.Written>;
    /** Exactly one document per key. */
    ensure(doctype: string, key: string, fields: Fields, options?: EnsureOptions): Promise<Ensured>;
    submit(doctype: string, name: string): Promise<Doc>;
    cancel(doctype: string, name: string): Promise<Doc>;
    /** A corrected copy of a cancelled document under a new key. */
    amend(doctype: string, name: string, key: string, changes: Fields, options?: EnsureOptions & { readonly noCopy?: readonly string[] }): Promise<Ensured>;
    delete(doctype: string, name: string, options?: { readonly missing?: 'accept' | 'refuse' }): Promise<{ readonly deleted: boolean }>;
    run(doctype: string, name: string, method: string, args?: Fields): Promise<unknown>;
  };
  /** A whitelisted method by its dotted path. POST unless `read` is set; only then is it repeated after a failure. */
  call(method: string, args?: Fields, options?: { readonly read?: boolean }): Promise<unknown>;
  /** Whether a Frappe site answers there at all; needs no key. */
  ping(): Promise<'pong'>;
  /** The user behind the key: the credential test. */
  whoami(): Promise<string>;
  /** Fields of a doctype and of its child tables, readable without System Manager. */
  fields(doctype: string): Promise<readonly DoctypeFields[]>;
  /** What to put right on the site before the first order; empty when it is fit. */
  doctor(masters?: Masters): Promise<readonly Finding[]>;
  /** Application → version, e.g. `{ frappe: '15.44.0', erpnext: '15.22.0' }`. */
  versions(): Promise<Readonly<Record<string, string>>>;
}

/**
 * ERPNext over Frappe's REST v1. `send` carries the base URL and the Authorization header (`authorization`) and keeps no cookies.
 * Every failure is a `VendorError`; writes with `outcome: 'unknown'` are observed, never guessed.
 * @example
 * const erp = erpnext(axiosSend({ baseUrl, headers: { authorization: authorization(key, secret) } }), systemClock);
 * const { name } = await erp.documents.ensure('Customer', 'ord_1:customer', { customer_name: 'Jean Tremblay', customer_type: 'Individual' });
 */
export function erpnext(send: Send, clock: Clock, options: WireOptions = {}): ErpNext {
  const w = wire(send, clock, options);
  const call: ErpNext['call'] = async (method, args = {}, { read = false } = {}) => {
    if (!/^\w+(\.\w+)*$/.test(method)) throw new VendorError({ vendor: 'ERPNext', operation: 'call', kind: 'rejectedInput', message: 'A method is a dotted path of words.', hint: 'For example frappe.auth.get_logged_user.' });
    const answer = await w.ask({ method: 'POST', path: `/api/method/${method}`, body: args, operation: `call ${method}`, safety: read ? 'read' : 'once' });
    return answer.body['message'];
  };
  const ask = async (method: string): Promise<unknown> =>
    payload(await w.ask({ method: 'GET', path: `/api/method/${method}`, operation: `call ${method}`, safety: 'read' }), 'message', `call ${method}`, false);
  const odd = (operation: string) => new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', message: `ERPNext answered ${operation} in an unknown shape.`, hint: 'Is this a Frappe site of version 15 or later?' });
  return {
    documents: {
      get: (doctype, name) => get(w, doctype, name),
      list: (doctype, query) => list(w, doctype, query),
      listAll: (doctype, query) => listAll(w, doctype, query),
      count: (doctype, filters) => count(w, doctype, filters),
      create: (doctype, fields, more) => documents.create(w, doctype, fields, { strict: more?.strict ?? false }),
      update: (doctype, name, fields, more) => documents.update(w, doctype, name, fields, more),
      updateWithRetry: (doctype, name, change, more) => documents.updateWithRetry(w, doctype, name, change, more),
      updateRows: (doctype, name, table, edit) => documents.updateRows(w, doctype, name, table, edit),
      ensure: (doctype, key, fields, more) => ensure(w, doctype, key, fields, more),
      submit: (doctype, name) => documents.submit(w, doctype, name),
      cancel: (doctype, name) => documents.cancel(w, doctype, name),
      amend: (doctype, name, key, changes, more) => amend(w, doctype, name, key, changes, more),
      delete: (doctype, name, more) => documents.remove(w, doctype, name, more),
      run: (doctype, name, method, args) => documents.run(w, doctype, name, method, args),
    },
    call,
    async ping() {
      if ((await ask('ping')) !== 'pong') throw odd('ping');
      return 'pong';
    },
    async whoami() {
      const user = await ask('frappe.auth.get_logged_user');
      if (typeof user !== 'string') throw odd('whoami');
      return user;
    },
    async fields(doctype) {
      const { body } = await w.ask({ method: 'GET', path: '/api/method/frappe.desk.form.load.getdoctype', query: { doctype }, operation: `read the fields of ${doctype}`, safety: 'read' });
      if (!Array.isArray(body['docs'])) throw odd('fields');
      return body['docs'] as unknown as DoctypeFields[];
    },
    doctor: (masters) => doctor(w, masters),
    async versions() {
      const apps = await ask('frappe.utils.change_log.get_versions');
      if (typeof apps !== 'object' || apps === null) throw odd('versions');
      return Object.fromEntries(Object.entries(apps as Record<string, JsonObject>).map(([app, about]) => [app, String(about['version'] ?? '')]));
    },
  };
}
