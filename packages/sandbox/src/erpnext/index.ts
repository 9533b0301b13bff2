// A Frappe 15 site with ERPNext and the Leadlight schema, in memory: what `reference/erp.md` says the real one does, traps included.
import { serve, type Running, type SimHandler, type SimReply, type SimRequest } from '../http.ts';
import type { World } from '../world.ts';
import { authenticate, type ApiKey } from './auth.ts';
import { insert, load, remove, save, setDirectly } from './documents.ts';
import { FrappeFault, faultReply, page, serverMessages } from './fault.ts';
import { describe } from './describe.ts';
import { download, uploadFile } from './files.ts';
import { readManifest } from './meta.ts';
import { callMethod } from './methods.ts';
import { downloadPdf } from './printPdf.ts';
import { list } from './query.ts';
import { seed, type SeedOptions } from './seed.ts';
import { demand, newSite, type Site } from './site.ts';
import type { Row } from './store.ts';
import { outgoingWebhooks, type ErpnextSaved } from './webhooks.ts';

export interface ErpnextOptions extends SeedOptions {
  /** Major version the site answers as. Default 15. */
  readonly release?: 15 | 16;
  readonly zone?: string;
  readonly keys?: readonly ApiKey[];
}
export type { ErpnextSaved };

/** The installer's key (System Manager) and the one a running Leadlight holds. Not secrets: they open nothing but this sandbox. */
export const erpnextKeys: { readonly admin: ApiKey; readonly runtime: ApiKey } = {
  admin: { key: 'sandbox-admin', secret: 'sandbox-admin-secret', user: 'admin@gigafibre.example', roles: ['System Manager', 'Leadlight Integration'] },
  runtime: { key: 'sandbox-leadlight', secret: 'sandbox-leadlight-secret', user: 'leadlight@gigafibre.example', roles: ['Leadlight Integration'] },
};

export interface ErpnextSite {
  readonly handler: SimHandler;
  /** Every document of a doctype, for assertions from outside. */
  docs(doctype: string): readonly Row[];
  doc(doctype: string, name: string): Row;
  /** Inserts behind the API, as a colleague in Desk would; returns the document. */
  put(doctype: string, fields: Readonly<Record<string, unknown>>): Row;
  /** Changes behind the API (bumps `modified`, fires no event). */
  patch(doctype: string, name: string, fields: Readonly<Record<string, unknown>>): void;
  /** A setting of a single, e.g. `('System Settings', 'rounding_method', "Banker's Rounding")`. */
  configure(single: string, field: string, value: unknown): void;
  /** What a Password field holds. */
  secret(doctype: string, name: string, field: string): string | undefined;
  /** Calls the webhooks that are due on the world's clock. */
  flush(): Promise<void>;
  close(): void;
}

/** @example const erp = erpnextSite(world); const { url } = await serve(world, 'erpnext', erp.handler); */
export function erpnextSite(world: World, options: ErpnextOptions = {}): ErpnextSite {
  const keys = options.keys ?? [erpnextKeys.admin, erpnextKeys.runtime];
  let events: ErpnextSaved[] = [];
  const take = (): readonly ErpnextSaved[] => {
    const taken = events;
    events = [];
    return taken;
  };
  const site = newSite(world, options.zone ?? 'America/Toronto', 'GF', (doctype, event, row) => void events.push({ doctype, name: row.name, event, doc: row }), options.bare ? undefined : readManifest(), options.release);
  const asAdministrator = <T>(work: () => T): T => {
    Object.assign(site, { user: 'Administrator', roles: ['System Manager'] });
    return site.store.transaction(true, work);
  };
  asAdministrator(() => {
    describe(site, options.bare ? undefined : readManifest());
    seed(site, options);
    for (const { user, roles } of keys) insert(site, 'User', { email: user, first_name: user.split('@')[0], send_welcome_email: 0, language: 'en', roles: roles.filter((role) => site.store.find('Role', role)).map((role) => ({ role })) });
  });
  take();
  const webhooks = outgoingWebhooks(site);
  return {
    async handler(request) {
      const reply = respond(site, keys, request);
      const saved = take();
      const fired = reply.status < 300 && request.method !== 'GET' ? saved : [];
      webhooks.saved(fired);
      for (const event of fired) await world.emit<ErpnextSaved>('erpnext.saved', event);
      return reply;
    },
    docs: (doctype) => (site.meta(doctype), [...site.store.rows(doctype).values()].map((row) => structuredClone(row))),
    doc: (doctype, name) => load(site, doctype, name),
    put(doctype, fields) {
      const row = asAdministrator(() => insert(site, doctype, fields));
      webhooks.saved(take());
      return row;
    },
    patch: (doctype, name, fields) => asAdministrator(() => setDirectly(site, doctype, name, fields)),
    configure: (single, field, value) => asAdministrator(() => setDirectly(site, single, single, { [field]: value })),
    secret: (doctype, name, field) => site.store.secret(`${doctype}/${name}/${field}`),
    flush: () => webhooks.flush(),
    close: () => webhooks.close(),
  };
}

/** The site on loopback. @example const erp = await startErpnext(world); erp.url; await erp.close(); */
export async function startErpnext(world: World, port = 0, options: ErpnextOptions = {}): Promise<Running & { readonly site: ErpnextSite }> {
  const site = erpnextSite(world, options);
  const running = await serve(world, 'erpnext', site.handler, port);
  return {
    ...running,
    site,
    close: async () => {
      site.close();
      await running.close();
    },
  };
}

function respond(site: Site, keys: readonly ApiKey[], request: SimRequest): SimReply {
  site.notices.length = 0;
  try {
    const [, api = '', ...rest] = request.rawPath.split('/');
    if (api === 'files' || (api === 'private' && rest[0] === 'files')) {
      Object.assign(site, authenticate(keys, request.headers, request.method));
      return download(site, decodeURIComponent(request.rawPath));
    }
    if (api !== 'api') return page(404, 'Not Found');
    const parts = rest[0] === 'v1' ? rest.slice(1) : rest;
    const { user, roles } = authenticate(keys, request.headers, request.method);
    Object.assign(site, { user, roles });
    // Only writing verbs commit: a GET with run_method answers 200 and saves nothing.
    return site.store.transaction(request.method !== 'GET', () => route(site, request, parts));
  } catch (error) {
    if (error instanceof FrappeFault) return faultReply(error, site.setting('System Settings', 'allow_error_traceback') !== 0);
    throw error;
  }
}

function route(site: Site, request: SimRequest, [kind = '', ...path]: readonly string[]): SimReply {
  const form = formOf(request);
  const segment = (text: string) => { try { return decodeURIComponent(text); } catch { throw new FrappeFault(404, 'DoesNotExistError', 'Not found'); } };
  if (kind === 'v2' && path[0] === 'doctype' && path[2] === 'meta') return ok(site, { data: site.meta(segment(path[1] ?? '')) });
  if (kind === 'method' && path.join('/') === 'upload_file' && request.method === 'POST') return ok(site, { message: uploadFile(site, request) });
  if (kind === 'method' && path.join('/') === 'frappe.utils.print_format.download_pdf') return downloadPdf(site, form);
  if (kind === 'method') return request.method === 'GET' || request.method === 'POST' || request.method === 'PUT' || request.method === 'DELETE' ? ok(site, callMethod(site, path.map(segment).join('/'), form, request.method)) : page(405, 'Method Not Allowed');
  if (kind !== 'resource' || path.length === 0) return page(404, 'Not Found');
  const doctype = segment(path[0]!);
  if (path.length === 1) {
    if (request.method === 'GET') {
      const rows = list(site, { ...form, doctype });
      return ok(site, { data: ['0', 'false'].includes(String(form['as_dict'])) ? rows.map((row) => Object.values(row)) : rows });
    }
    if (request.method === 'POST') return ok(site, { data: insert(site, doctype, documentOf(form)) });
    return page(405, 'Method Not Allowed');
  }
  const name = segment(path.slice(1).join('/'));
  const data = (row: Row) => ok(site, { data: row });
  if (typeof form['run_method'] === 'string' && (request.method === 'GET' || request.method === 'POST')) return data(runMethod(site, doctype, name, form['run_method']));
  switch (request.method) {
    case 'GET': demand(site, doctype, 'read'); return data(load(site, doctype, name));
    case 'PUT': return data(save(site, doctype, name, documentOf(form)));
    case 'DELETE': remove(site, doctype, name); return { ...ok(site, { data: 'ok' }), status: 202 };
    default: return page(405, 'Method Not Allowed');
  }
}

function runMethod(site: Site, doctype: string, name: string, method: string): Row {
  const to = { submit: 1, cancel: 2 }[method];
  if (to === undefined) throw new FrappeFault(403, 'PermissionError', `Method ${method} is not whitelisted`);
  return save(site, doctype, name, { docstatus: to });
}

function ok(site: Site, body: Record<string, unknown>): SimReply {
  return { status: 200, body: site.notices.length > 0 ? { ...body, _server_messages: serverMessages(site.notices, false) } : body };
}

// A body hides the query string: Frappe reads the one or the other.
function formOf(request: SimRequest): Record<string, unknown> {
  const query = Object.fromEntries(request.query);
  if (request.text.trim() === '') return query;
  if (/application\/x-www-form-urlencoded/.test(request.headers['content-type'] ?? '')) return { ...query, ...Object.fromEntries(new URLSearchParams(request.text)) };
  let body: unknown;
  try {
    body = JSON.parse(request.text);
  } catch {
    return query;
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new FrappeFault(417, 'ValidationError', 'Invalid request arguments');
  return Object.keys(body).length === 0 ? query : { ...body };
}

function documentOf(form: Record<string, unknown>): Record<string, unknown> {
  const given = typeof form['data'] === 'string' && form['data'].trim().startsWith('{') ? (JSON.parse(form['data']) as Record<string, unknown>) : form;
  const { doctype: _dropped, ...rest } = given;
  return rest;
}
