// NetBox 4.4 and 4.6 as far as an access network goes: access.md 2.1-2.5.
import type { SimHandler, SimReply, SimRequest } from '../http.ts';
import { available } from './available.ts';
import type { Cause, Events } from './events.ts';
import { KINDS, type Kind } from './kinds.ts';
import { list } from './list.ts';
import { etagOf, type renderer } from './render.ts';
import type { Row, Store } from './store.ts';
import { tracePath } from './trace.ts';
import { validate } from './validate.ts';

export interface Token { readonly value: string; readonly readOnly?: boolean; readonly user?: string }
type Body = Record<string, unknown>;
const PAGE_404: SimReply = { status: 404, headers: { 'content-type': 'text/html' }, body: '<!doctype html><html><body><h1>Page Not Found</h1></body></html>' };
const denied = (detail: string): SimReply => ({ status: 403, body: { detail } });
const missing = (kind: Kind): SimReply => ({ status: 404, body: { detail: `No ${kind.label.replace(/(^| )./g, (c) => c.trim().toUpperCase())} matches the given query.` } });
const refused = (method: string): SimReply => ({ status: 405, body: { detail: `Method "${method}" not allowed.` } });

/** @example serve(world, 'netbox', api(data, renderer(data), events, [{ value: SANDBOX_TOKEN }], '4.6.8')) */
export function api(data: Store, { render, brief }: ReturnType<typeof renderer>, events: Events, tokens: readonly Token[], version: string): SimHandler {
  let requests = 0;
  const etag = (row: Row): Record<string, string> => (data.atLeast(4, 6) ? { etag: etagOf(row) } : {});
  return (request) => {
    requests += 1;
    const requestId = `00000000-0000-4000-8000-${String(requests).padStart(12, '0')}`;
    const reply = answer(request, requestId);
    return { ...reply, headers: { 'X-Request-ID': requestId, 'API-Version': version.split('.').slice(0, 2).join('.'), ...reply.headers } };
  };
  function answer(request: SimRequest, requestId: string): SimReply {
    const { method, rawPath } = request;
    if (!rawPath.startsWith('/api/')) return PAGE_404;
    if (!rawPath.endsWith('/')) return method === 'GET' ? { status: 301, headers: { location: `${rawPath}/` } } : PAGE_404;
    const token = authorise(tokens, request.headers.authorization, data.atLeast(4, 5));
    if ('status' in token) return token;
    if (token.readOnly && method !== 'GET') return denied('You do not have permission to perform this action.');
    const user = token.user ?? 'leadlight';
    const path = rawPath.slice(5, -1);
    if (path === 'status') return { status: 200, body: { 'django-version': '5.2.9', 'installed-apps': {}, 'netbox-version': version, plugins: {}, 'python-version': '3.12.3', 'rq-workers-running': 1 } };
    if (path === 'authentication-check' && data.atLeast(4, 5)) return { status: 200, body: { id: 1, display: user, username: user } };
    const body = parseBody(request);
    if (body instanceof Error) return { status: 400, body: { detail: `JSON parse error - ${body.message}` } };
    const cause: Cause = { requestId, user, method, path: rawPath };
    const slot = /^ipam\/(prefixes|vlan-groups)\/(\d+)\/(available-[a-z]+)$/.exec(path);
    if (slot) return available(data, { render, brief }, slot[1]!, Number(slot[2]), slot[3]!, request, body, (where, row, message) => events.changed('create', where, row, null, message, cause)) ?? PAGE_404;
    const trace = /^dcim\/interfaces\/(\d+)\/trace$/.exec(path);
    if (trace) return traced(Number(trace[1]));
    const paths = /^(dcim\/(?:front|rear)-ports)\/(\d+)\/paths$/.exec(path);
    if (paths) return pathsOf(paths[1]!, Number(paths[2]));
    const one = /^([a-z]+\/[a-z-]+)\/(\d+)$/.exec(path);
    if (one && KINDS[one[1]!]) return detail(one[1]!, KINDS[one[1]!]!, Number(one[2]), request, body as Body, cause);
    return KINDS[path] ? collection(path, KINDS[path], request, body, cause) : PAGE_404;
  }

  function traced(id: number): SimReply {
    const row = data.get('dcim/interfaces', id);
    if (!row) return missing(KINDS['dcim/interfaces']!);
    const cable = (one: Row) => ({ id: one.id, url: `/api/dcim/cables/${one.id}/`, type: one['type'], status: one['status'], label: one['label'], length: one['length'], length_unit: one['length_unit'] });
    return { status: 200, body: tracePath(data, row).hops.map((hop) => [hop.near.map(brief), hop.cable ? cable(hop.cable) : [], hop.far.map(brief)]) };
  }
  function pathsOf(path: string, id: number): SimReply {
    const row = data.get(path, id);
    if (!row) return missing(KINDS[path]!);
    const through = data.all('dcim/interfaces').map((origin) => tracePath(data, origin)).filter(({ hops }) => hops.some(({ near, far }) => [...near, ...far].includes(row)));
    return { status: 200, body: through.map(({ hops, active, complete, split }, i) => ({ id: i + 1, path: hops.flatMap(({ near, cable, far }) => [near.map(brief), cable ? [brief(cable)] : [], far.map(brief)]), is_active: active, is_complete: complete, is_split: split })) };
  }

  function detail(path: string, kind: Kind, id: number, request: SimRequest, body: Body, cause: Cause): SimReply {
    const row = data.get(path, id);
    if (!row) return missing(kind);
    const match = data.atLeast(4, 6) ? request.headers['if-match'] : undefined;
    if (path === 'core/object-changes' && request.method !== 'GET') return refused(request.method);
    if (request.method !== 'GET' && match !== undefined && match !== etagOf(row)) return { status: 412, headers: etag(row), body: { detail: 'Precondition failed.' } };
    switch (request.method) {
      case 'GET': return { status: 200, headers: etag(row), body: render(path, row) };
      case 'PATCH': case 'PUT': return change(path, kind, row, body, cause);
      case 'DELETE': return remove(path, kind, [row], [body['changelog_message']], cause);
      default: return refused(request.method);
    }
  }

  function change(path: string, kind: Kind, row: Row, body: Body, cause: Cause): SimReply {
    const checked = validate(data, path, kind, body, row);
    // A delta with a tag that does not exist is not caught by the serializer.
    const delta = 'errors' in checked && (checked.errors['add_tags'] ?? checked.errors['remove_tags']);
    if (delta) return { status: 500, body: { error: JSON.stringify(delta), exception: 'ValidationError', netbox_version: version, python_version: '3.12.3' } };
    if ('errors' in checked) return { status: 400, body: checked.errors };
    const before = render(path, row);
    Object.assign(row, checked.row);
    data.touch(row);
    events.changed('update', path, row, before, body['changelog_message'], cause);
    return { status: 200, headers: etag(row), body: render(path, row) };
  }

  /** All or none; what goes with a row (ports, their cables) goes too. */
  function remove(path: string, kind: Kind, rows: readonly Row[], messages: readonly unknown[], cause: Cause): SimReply {
    for (const row of rows) {
      const held = (kind.protects ?? []).flatMap(([where, field]) => data.all(where).filter((other) => other[field] === row.id));
      if (held.length > 0) return { status: 409, body: { detail: `Unable to delete object. ${held.length} dependent objects were found: ${held.map((one) => `${String(one['name'] ?? one['prefix'] ?? one['address'])} (${one.id})`).join(', ')}` } };
    }
    rows.forEach((row, i) => {
      const before = render(path, row);
      for (const [where, field] of kind.cascades ?? []) for (const child of data.all(where).filter((other) => other[field] === row.id)) {
        const cable = data.cableAt(child);
        if (cable) data.rows.get('dcim/cables')!.delete(cable.id);
        data.rows.get(where)!.delete(child.id);
      }
      if (path === 'ipam/ip-addresses') for (const device of data.all('dcim/devices')) for (const field of ['primary_ip4', 'primary_ip6']) if (device[field] === row.id) device[field] = null;
      data.rows.get(path)!.delete(row.id);
      events.changed('delete', path, row, before, messages[i], cause);
    });
    return { status: 204 };
  }

  function collection(path: string, kind: Kind, { method, query }: SimRequest, body: unknown, cause: Cause): SimReply {
    if (method === 'GET') return list(data, path, kind, query, render);
    if (path === 'core/object-changes') return refused(method);
    if (method === 'POST') return create(path, kind, body, cause);
    if (!['PATCH', 'PUT', 'DELETE'].includes(method) || !Array.isArray(body)) return { status: 400, body: { non_field_errors: ['Expected a list of items but got type "dict".'] } };
    // Bulk: ids that do not exist are dropped in silence.
    const rows = (body as Body[]).flatMap((one) => data.get(path, Number(one['id'])) ?? []);
    const of = (row: Row): Body => (body as Body[]).find((one) => one['id'] === row.id)!;
    if (method === 'DELETE') return remove(path, kind, rows, rows.map((row) => of(row)['changelog_message']), cause);
    const bad = rows.map((row) => validate(data, path, kind, of(row), row)).find((one) => 'errors' in one);
    if (bad && 'errors' in bad) return { status: 400, body: bad.errors };
    return { status: 200, body: rows.map((row) => change(path, kind, row, of(row), cause).body) };
  }

  function create(path: string, kind: Kind, body: unknown, cause: Cause): SimReply {
    const many = (Array.isArray(body) ? body : [body]) as Body[];
    const checks = many.map((one) => validate(data, path, kind, one));
    const errors = checks.map((one) => ('errors' in one ? one.errors : {}));
    if (checks.some((one) => 'errors' in one)) return { status: 400, body: Array.isArray(body) ? errors : errors[0] };
    const made = checks.map((one) => data.insert(path, (one as { row: Body }).row));
    made.forEach((row, i) => events.changed('create', path, row, null, many[i]!['changelog_message'], cause));
    const shown = made.map((row) => render(path, row));
    return { status: 201, body: Array.isArray(body) ? shown : shown[0], ...(Array.isArray(body) ? {} : { headers: etag(made[0]!) }) };
  }
}

function authorise(tokens: readonly Token[], header: string | undefined, v2: boolean): SimReply | Token {
  const [keyword = '', value = ''] = (header ?? '').split(/\s+(.*)/s);
  if (!/^(token|bearer)$/i.test(keyword) || (!v2 && /^bearer$/i.test(keyword))) return denied('Authentication credentials were not provided.');
  return tokens.find((one) => one.value === value) ?? denied(v2 ? (value.startsWith('nbt_') ? 'Invalid v2 token' : 'Invalid v1 token') : 'Invalid token');
}

function parseBody({ method, text }: SimRequest): unknown {
  if (method === 'GET' || text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return error as Error;
  }
}
