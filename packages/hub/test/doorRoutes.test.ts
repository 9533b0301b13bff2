// Walks every route there is, those added later included: nobody has to remember to describe, guard or record one.
import { createHmac } from 'node:crypto';
import type { AuditRecord } from '../src/api.ts';
import type { DoorRoute } from '../src/auth.ts';
import { ACS, KEY, testHub, type TestHub } from './hub.ts';
import { sample } from './sample.ts';

const ONLY_AUDIT = 'only-audit-0123456789';
const TWILIO = { accountSid: 'AC1', authToken: 'twilio-token-0123', from: '+15145550100', baseUrl: 'http://127.0.0.1:9' };
interface Spoken { readonly tags?: string[]; readonly summary?: string; readonly security?: Record<string, string[]>[]; readonly parameters?: { name: string; in: string; required?: boolean; schema: Record<string, unknown> }[]; readonly requestBody?: { content: Record<string, { schema: Record<string, unknown> }> }; readonly responses?: Record<string, { description: string; content?: Record<string, unknown> }> }

let hub: TestHub;
let document: { paths: Record<string, Record<string, Spoken>> };
beforeAll(async () => {
  hub = await testHub({ twilio: TWILIO, scopedKeys: [{ name: 'auditor', key: ONLY_AUDIT, scopes: ['audit:read'] }] }, { publicPerMinute: 10_000 });
  document = (await hub.ask('GET', '/docs/json', { key: null })).body as never;
}, 60_000);
afterAll(async () => hub.close());

/** Every route but the preflight of browsers and the HEAD that comes with each GET. */
const routes = (): readonly DoorRoute[] => hub.routes.filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS');
const spoken = ({ method, url }: DoorRoute): Spoken | undefined => document.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
const keyOf = (route: DoorRoute): string => (route.auth === 'acs' ? ACS : KEY);
const title = ({ method, url }: DoorRoute): string => `${method} ${url}`;

/** An address and a body that the schema of the route takes. */
function request(route: DoorRoute): { path: string; body?: unknown } {
  const { parameters = [], requestBody } = spoken(route)!;
  const value = (name: string): string => encodeURIComponent(String(sample(parameters.find((one) => one.name === name)?.schema ?? {}, `${title(route)} ${name}`)));
  const query = parameters.filter((one) => one.in === 'query' && one.required).map(({ name }) => `${name}=${value(name)}`).join('&');
  const schema = requestBody?.content['application/json']?.schema;
  return { path: route.url.replace(/:(\w+)/g, (_all, name: string) => value(name)) + (query && `?${query}`), ...(schema ? { body: sample(schema, title(route)) } : route.method === 'GET' ? {} : { body: {} }) };
}
const records = async (): Promise<readonly AuditRecord[]> => (await hub.client.audit.list({ limit: 1000 })).records;

/** POSTs that change nothing. */
const READS: ReadonlySet<string> = new Set(['/v1/availability/qualify', '/v1/acs-migration/plan', '/v1/radius/subscribers/:username/test-login']);

test('every route is in the OpenAPI document with a tag, a summary, its answers, who may call it and the scope that takes', () => {
  expect(routes().length).toBeGreaterThan(40);
  expect(hub.routes.filter(({ hidden }) => hidden).map(title)).toEqual(['OPTIONS /v1/availability/*']);
  for (const route of routes()) {
    const { tags = [], summary = '', security, responses = {} } = spoken(route) ?? {};
    const key = { key: [route.scope] };
    expect({ route: title(route), tags, summary, answers: Object.values(responses).map(({ description }) => description), security }).toEqual({
      route: title(route), tags: [expect.stringMatching(/^[a-z][A-Za-z-]+$/)], summary: expect.stringMatching(/^[A-Z].{8,200}$/), answers: expect.not.arrayContaining(['Default Response', '']),
      security: { key: [key], keyOrQuery: [key, { queryKey: [route.scope] }], acs: [{ acs: [] }], keyOrAcs: [key, { acs: [] }], public: [] }[route.auth],
    });
    expect(Object.keys(responses).length).toBeGreaterThan(0);
    expect(route.scope).toBe(`${tags[0]}:${route.method === 'GET' || READS.has(route.url) ? 'read' : 'write'}`);
  }
});

test('what is open to anyone is a short list; everything else answers 401 without a key', async () => {
  expect(routes().filter(({ auth }) => auth === 'public').map(title).sort()).toEqual(['GET /health', 'GET /v1/availability/page', 'GET /v1/availability/search', 'GET /v1/drops/leases/page', 'POST /v1/availability/qualify', 'POST /v1/marketplace/webhook', 'POST /v1/notices/status/twilio', 'POST /v1/payments/webhooks/paypal', 'POST /v1/payments/webhooks/stripe']);
  for (const route of routes().filter(({ auth }) => auth !== 'public')) {
    const { path, body } = request(route);
    const { status, body: answer } = await hub.ask(route.method, path, { body, key: null });
    expect({ route: title(route), status, kind: answer['kind'] }).toEqual({ route: title(route), status: 401, kind: 'unauthorised' });
  }
});

test('a key without its scope answers 403 on every route and says which scope is missing; nothing is done', async () => {
  const before = await records();
  for (const route of routes().filter(({ auth, scope }) => auth !== 'public' && auth !== 'acs' && scope !== 'audit:read')) {
    const { path, body } = request(route);
    const reply = await hub.ask(route.method, path, { body, key: ONLY_AUDIT });
    expect({ route: title(route), status: reply.status, body: reply.body }).toEqual({
      route: title(route), status: 403, body: expect.objectContaining({ type: 'vendorError', code: 'unauthorised', message: `The key "auditor" lacks the scope ${route.scope}.`, hint: expect.stringContaining(route.scope), detail: { missingScope: route.scope } }),
    });
    expect(reply.text).not.toContain(ONLY_AUDIT);
  }
  expect((await hub.ask('GET', '/v1/audit', { key: ONLY_AUDIT })).status).toBe(200);
  expect(await records()).toEqual(before);
});

test('every write that reaches its handler leaves one record: who, when, what, and what became of it; reads and strangers leave none', async () => {
  const outcomes = new Set<string>();
  let recorded = 0;
  for (const route of routes()) {
    if (Object.values(spoken(route)!.responses!).some(({ content }) => content?.['text/event-stream'])) continue;
    const { path, body } = request(route);
    const seen = new Set((await records()).map(({ id }) => id));
    const requestId = `walk-${routes().indexOf(route)}`;
    const reply = await hub.ask(route.method, path, { body, key: keyOf(route), headers: { 'x-request-id': requestId } });
    const made = (await records()).filter(({ id }) => !seen.has(id));
    if (route.scope.endsWith(':read') || route.auth === 'public') {
      expect({ route: title(route), made }).toEqual({ route: title(route), made: [] });
      continue;
    }
    const params = Object.fromEntries([...route.url.matchAll(/:(\w+)/g)].map(([, name]) => [name, expect.any(String)]));
    expect({ route: title(route), answer: reply.text.slice(0, 300), made }).toEqual({
      route: title(route), answer: expect.any(String), made: [{ id: expect.any(Number), at: hub.clock.now(), who: 'key1', method: route.method, route: route.url, params, status: reply.status, outcome: reply.status < 400 ? 'done' : expect.stringMatching(/^(refused|notApplied|unknown)$/), code: (reply.status < 400 ? reply.body['type'] : reply.body['code']) ?? null, requestId }],
    });
    expect({ route: title(route), status: reply.status }).not.toMatchObject({ status: 500 });
    outcomes.add(made[0]!.outcome);
    recorded += 1;
  }
  expect(recorded).toBeGreaterThan(20);
  expect([...outcomes].sort()).toEqual(expect.arrayContaining(['done', 'notApplied', 'refused']));
});

test('a signed report of Twilio is recorded as public; an unsigned one is not', async () => {
  const path = '/v1/notices/status/twilio?notice=ntc_0123456789abcdef01234567';
  const form = { MessageSid: 'SM1', MessageStatus: 'delivered' };
  const signature = createHmac('sha1', TWILIO.authToken).update(`http://hub.test${path}${Object.entries(form).flat().join('')}`).digest('base64');
  const send = (headers: Record<string, string>) => hub.ask('POST', path, { key: null, body: new URLSearchParams(form).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } });
  const before = (await records()).length;
  expect((await send({})).status).toBe(403);
  expect((await send({ 'x-twilio-signature': signature })).status).toBe(200);
  const now = await records();
  expect(now.length).toBe(before + 1);
  expect(now[0]).toMatchObject({ who: 'public', route: '/v1/notices/status/twilio', params: {}, status: 200, outcome: 'done', code: 'received' });
});
