// NetBox 4.6 as far as the lead-to-live path goes: access.md 2.1-2.3.
import type { SimHandler, SimReply, SimRequest } from '../http.ts';
import { allocate, freeAddresses, freeVlans } from './allocate.ts';
import { KINDS, type Kind } from './kinds.ts';
import { list } from './list.ts';
import { etagOf, render } from './render.ts';
import type { Row, Store } from './store.ts';
import { validate } from './validate.ts';

export interface Token { readonly value: string; readonly readOnly?: boolean }
const PAGE_404: SimReply = { status: 404, headers: { 'content-type': 'text/html' }, body: '<!doctype html><html><body><h1>Page Not Found</h1></body></html>' };
const denied = (detail: string): SimReply => ({ status: 403, body: { detail } });

/** @example serve(world, 'netbox', api(data, [{ value: SANDBOX_TOKEN }], '4.6.8')) */
export function api(data: Store, tokens: readonly Token[], version: string): SimHandler {
  let requests = 0;
  return (request) => {
    requests += 1;
    const reply = answer(request);
    return { ...reply, headers: { 'X-Request-ID': `00000000-0000-4000-8000-${String(requests).padStart(12, '0')}`, 'API-Version': version.split('.').slice(0, 2).join('.'), ...reply.headers } };
  };

  function answer(request: SimRequest): SimReply {
    const { method, rawPath } = request;
    if (!rawPath.startsWith('/api/')) return PAGE_404;
    if (!rawPath.endsWith('/')) return method === 'GET' ? { status: 301, headers: { location: `${rawPath}/` } } : PAGE_404;
    const refusal = authorise(tokens, request.headers.authorization, method);
    if (refusal) return refusal;
    const path = rawPath.slice(5, -1);
    if (path === 'status') return { status: 200, body: { 'django-version': '5.2.9', 'installed-apps': {}, 'netbox-version': version, plugins: {}, 'python-version': '3.12.3', 'rq-workers-running': 1 } };
    const body = parseBody(request);
    if (body instanceof Error) return { status: 400, body: { detail: `JSON parse error - ${body.message}` } };
    const slot = /^ipam\/(prefixes|vlan-groups)\/(\d+)\/(available-ips|available-vlans)$/.exec(path);
    if (slot) return available(slot[1]!, Number(slot[2]), slot[3]!, method, body, request.query);
    const one = /^([a-z]+\/[a-z-]+)\/(\d+)$/.exec(path);
    if (one && KINDS[one[1]!]) return detail(one[1]!, KINDS[one[1]!]!, Number(one[2]), request, body);
    const kind = KINDS[path];
    return kind ? collection(path, kind, request, body) : PAGE_404;
  }

  function available(parent: string, id: number, what: string, method: string, body: unknown, query: URLSearchParams): SimReply {
    const row = data.get(`ipam/${parent}`, id);
    if (!row) return { status: 404, body: { detail: `No ${parent === 'prefixes' ? 'Prefix' : 'VLANGroup'} matches the given query.` } };
    if (what === 'available-ips' && parent === 'prefixes') {
      if (method === 'POST') return allocate(data, 'ipam/ip-addresses', map(freeAddresses(data, row), (address) => ({ address, vrf: row['vrf'] })), body);
      const limit = Math.min(Number(query.get('limit')) || 50, 1_000);
      const free: object[] = [];
      for (const address of freeAddresses(data, row)) if (free.push({ family: 4, address, vrf: null }) >= limit) break;
      return method === 'GET' ? { status: 200, body: free } : { status: 405, body: { detail: `Method "${method}" not allowed.` } };
    }
    if (what === 'available-vlans' && parent === 'vlan-groups' && method === 'POST') return allocate(data, 'ipam/vlans', freeVlans(data, row), body);
    return PAGE_404;
  }

  function detail(path: string, kind: Kind, id: number, request: SimRequest, body: unknown): SimReply {
    const row = data.get(path, id);
    if (!row) return { status: 404, body: { detail: `No ${kind.label.replace(/^./, (c) => c.toUpperCase())} matches the given query.` } };
    const match = request.headers['if-match'];
    if (request.method !== 'GET' && match !== undefined && match !== etagOf(row)) return { status: 412, headers: { etag: etagOf(row) }, body: { detail: 'Precondition failed: the object has been modified.' } };
    switch (request.method) {
      case 'GET': return { status: 200, headers: { etag: etagOf(row) }, body: render(data, path, kind, row) };
      case 'PATCH': case 'PUT': return change(path, kind, row, body as Record<string, unknown>);
      case 'DELETE': {
        const depend = dependents(path, id);
        if (depend > 0) return { status: 409, body: { detail: `Unable to delete object. ${depend} dependent objects were found` } };
        data.rows.get(path)!.delete(id);
        return { status: 204 };
      }
      default: return { status: 405, body: { detail: `Method "${request.method}" not allowed.` } };
    }
  }

  function change(path: string, kind: Kind, row: Row, body: Record<string, unknown>): SimReply {
    const checked = validate(data, path, kind, body, row);
    if ('errors' in checked) return { status: 400, body: checked.errors };
    Object.assign(row, checked.row);
    data.touch(row);
    return { status: 200, headers: { etag: etagOf(row) }, body: render(data, path, kind, row) };
  }

  function collection(path: string, kind: Kind, { method, query }: SimRequest, body: unknown): SimReply {
    if (method === 'GET') return list(data, path, kind, query);
    if (method === 'POST') {
      const many = (Array.isArray(body) ? body : [body]) as Record<string, unknown>[];
      const checks = many.map((one) => validate(data, path, kind, one));
      const errors = checks.map((one) => ('errors' in one ? one.errors : {}));
      if (checks.some((one) => 'errors' in one)) return { status: 400, body: Array.isArray(body) ? errors : errors[0] };
      const made = checks.map((one) => data.insert(path, (one as { row: Record<string, unknown> }).row));
      const shown = made.map((row) => render(data, path, kind, row));
      return { status: 201, body: Array.isArray(body) ? shown : shown[0], ...(Array.isArray(body) ? {} : { headers: { etag: etagOf(made[0]!) } }) };
    }
    if (!Array.isArray(body)) return { status: 400, body: { non_field_errors: ['Expected a list of items.'] } };
    // Bulk changes drop ids that do not exist, without a word.
    const rows = (body as Row[]).flatMap((one) => data.get(path, one.id) ?? []);
    if (method === 'DELETE') {
      for (const row of rows) data.rows.get(path)!.delete(row.id);
      return { status: 204 };
    }
    const replies = rows.map((row) => change(path, kind, row, (body as Row[]).find((one) => one.id === row.id)!));
    return { status: 200, body: replies.map((one) => one.body) };
  }

  function dependents(path: string, id: number): number {
    return path === 'tenancy/tenants' ? data.all('ipam/ip-addresses').filter((row) => row['tenant'] === id).length : 0;
  }
}

function authorise(tokens: readonly Token[], header: string | undefined, method: string): SimReply | null {
  if (!header) return denied('Authentication credentials were not provided.');
  const [keyword = '', value = ''] = header.split(/\s+(.*)/s);
  if (!/^(token|bearer)$/i.test(keyword)) return denied('Authentication credentials were not provided.');
  const token = tokens.find((one) => one.value === value);
  if (!token) return denied(value.startsWith('nbt_') ? 'Invalid v2 token' : 'Invalid v1 token');
  return token.readOnly && method !== 'GET' ? denied('You do not have permission to perform this action.') : null;
}

function parseBody({ method, text }: SimRequest): unknown {
  if (method === 'GET' || text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return error as Error;
  }
}

function* map<A, B>(items: Iterable<A>, to: (item: A) => B): Generator<B> {
  for (const item of items) yield to(item);
}
