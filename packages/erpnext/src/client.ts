import { VendorError, type Clock, type JsonObject, type Send } from '../../../core/src/index.ts';
import { amend } from './amend.ts';
import { assign, type AssignOptions, type Assigned } from './assign.ts';
import { ensureCreditNote, type Credited, type CreditNoteOptions } from './creditNote.ts';
import type { Doc, Fields, Filter } from './doc.ts';
import { doctor, type Finding, type Masters } from './doctor.ts';
import * as documents from './documents.ts';
import { download, type Downloaded } from './download.ts';
import { ensure, type Ensured, type EnsureOptions } from './ensure.ts';
import { featuresOf, type Features } from './features.ts';
import { attachments, upload, type Upload, type Uploaded } from './files.ts';
import { find, type FindOptions } from './find.ts';
import { forms, type DoctypeFields } from './forms.ts';
import { insertMany, type Inserted, type Keyed } from './insertMany.ts';
import { invoiceBalance, type InvoiceBalance } from './invoiceBalance.ts';
import { printPdf, type Printed, type PrintOptions } from './printPdf.ts';
import { reconcile, type ReconcileQuery, type Watermark } from './reconcile.ts';
import { runReport, type ReportResult } from './reports.ts';
import { resolve } from './resolve.ts';
import { searchDoctypes } from './searchDoctypes.ts';
import { setTag } from './tags.ts';
import { applyWorkflow, comment } from './talk.ts';
import { count, get, list, listAll, type ListQuery } from './read.ts';
import { ensureWebhook, isWebhook, removeWebhook, type WebhookChange, type WebhookWanted } from './webhooks.ts';
import { payload, wire, type WireOptions } from './wire.ts';

export interface ErpNext {
  readonly documents: {
    get(doctype: string, name: string): Promise<Doc>;
    list(doctype: string, query?: ListQuery): Promise<readonly JsonObject[]>;
    /** The one that matches; undefined when there is none. */
    find(doctype: string, filters: readonly Filter[], options?: FindOptions): Promise<Doc | undefined>;
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
    /** Many by key, 200 to a transaction; those that are there are passed over. */
    insertMany(doctype: string, rows: readonly Keyed[], keyField?: string): Promise<readonly Inserted[]>;
    /** By name, or by key when it was renamed. */
    resolve(doctype: string, name: string, key: string, keyField?: string): Promise<{ readonly doc: Doc; readonly renamed: boolean }>;
    /** What was saved since the last poll, each save once. */
    reconcile(query: ReconcileQuery): Promise<{ readonly rows: readonly JsonObject[]; readonly next: Watermark }>;
    /** Moves a document along its workflow, as its button would; refused when the user may not. */
    applyWorkflow(doctype: string, name: string, action: string): Promise<Doc>;
    /** A comment on a document, once: the same text by the same user is found again. */
    comment(doctype: string, name: string, text: string): Promise<{ readonly name: string; readonly created: boolean }>;
    /** Onto the lists of users, once each. */
    assign(doctype: string, name: string, users: readonly string[], options?: AssignOptions): Promise<readonly Assigned[]>;
    /** Puts a tag on or takes it off; gives the tags it has then. */
    setTag(doctype: string, name: string, tag: string, on: boolean): Promise<readonly string[]>;
    /** Printed as PDF. */
    print(doctype: string, name: string, options?: PrintOptions): Promise<Printed>;
  };
  readonly invoices: {
    /** What it charged, what was credited and what is left to pay, in minor units. */
    balance(name: string): Promise<InvoiceBalance>;
    /** Exactly one credit note per key, agreed to the cent. */
    credit(key: string, against: string, fields: Fields, options: CreditNoteOptions): Promise<Credited>;
  };
  readonly files: {
    upload(file: Upload): Promise<Uploaded>;
    list(doctype: string, name: string): Promise<readonly Uploaded[]>;
    /** By the address or the name of the File document; private ones as well. */
    download(file: string, options?: { readonly maxBytes?: number }): Promise<Downloaded>;
  };
  /** Doctypes by a part of their name, without System Manager. */
  doctypes(text: string, limit?: number): Promise<readonly string[]>;
  /** Webhook documents, which only a System Manager may see. */
  readonly webhooks: {
    /** Makes one, or puts it right; the secret is then this one. */
    ensure(wanted: WebhookWanted): Promise<{ readonly name: string; readonly change: WebhookChange }>;
    /** Whether it is there, enabled, and calls that address for that doctype and event. */
    isThere(wanted: Omit<WebhookWanted, 'secret'>): Promise<boolean>;
    remove(name: string): Promise<{ readonly deleted: boolean }>;
  };
  /** The rows of a report by field name. */
  report(name: string, filters?: Fields): Promise<ReportResult>;
  /** Where the releases differ, read from the forms. */
  features(): Promise<Features>;
  /** A whitelisted method by its dotted path. POST unless `read` is set; only then is it repeated after a failure. */
  call(method: string, args?: Fields, options?: { readonly read?: boolean }): Promise<unknown>;
  /** Whether a Frappe site answers there at all; needs no key. */
  ping(): Promise<'pong'>;
  /** The user behind the key: the credential test. */
  whoami(): Promise<string>;
  /** The zone the site writes its times in. */
  zone(): Promise<string>;
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
  const read = forms(w);
  return {
    documents: {
      get: (doctype, name) => get(w, doctype, name),
      list: (doctype, query) => list(w, doctype, query),
      find: (doctype, filters, more) => find(w, doctype, filters, more),
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
      insertMany: (doctype, rows, keyField) => insertMany(w, doctype, rows, keyField),
      resolve: (doctype, name, key, keyField) => resolve(w, doctype, name, key, keyField),
      reconcile: (query) => reconcile(w, query),
      applyWorkflow: (doctype, name, action) => applyWorkflow(w, doctype, name, action),
      comment: (doctype, name, text) => comment(w, doctype, name, text),
      assign: (doctype, name, users, more) => assign(w, doctype, name, users, more),
      setTag: (doctype, name, tag, on) => setTag(w, doctype, name, tag, on),
      print: (doctype, name, more) => printPdf(w, doctype, name, more),
    },
    invoices: { balance: (name) => invoiceBalance(w, name), credit: (key, against, fields, more) => ensureCreditNote(w, key, against, fields, more) },
    files: { upload: (file) => upload(w, file), list: (doctype, name) => attachments(w, doctype, name), download: (file, more) => download(w, file, more) },
    doctypes: (text, limit) => searchDoctypes(w, text, limit),
    webhooks: { ensure: (wanted) => ensureWebhook(w, wanted), isThere: (wanted) => isWebhook(w, wanted), remove: (name) => removeWebhook(w, name) },
    report: (name, filters) => runReport(w, name, filters),
    async features() {
      const form = async (doctype: string) => (await read(doctype))[0]?.fields ?? [];
      return featuresOf({ Task: await form('Task'), Lead: await form('Lead'), Customer: await form('Customer'), Issue: await form('Issue') });
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
    async zone() {
      const told = (await ask('frappe.client.get_time_zone')) as JsonObject | null;
      if (typeof told?.['time_zone'] !== 'string') throw odd('zone');
      return told['time_zone'];
    },
    fields: read,
    doctor: (masters) => doctor(w, masters),
    async versions() {
      const apps = await ask('frappe.utils.change_log.get_versions');
      if (typeof apps !== 'object' || apps === null) throw odd('versions');
      return Object.fromEntries(Object.entries(apps as Record<string, JsonObject>).map(([app, about]) => [app, String(about['version'] ?? '')]));
    },
  };
}
