import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IHookFunctions, ILoadOptionsFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { ErpNextTrigger } from '../../../nodes/ErpNextTrigger/ErpNextTrigger.node.ts';
import { judge, lastTold, note, nothingTold, type Told } from '../../../nodes/ErpNextTrigger/told.ts';
import { erpnextKeys, startErpnext, type ErpnextSite } from '../../../packages/sandbox/src/erpnext/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context, failed, pick } from '../support/n8n.ts';

const node = new ErpNextTrigger();
const { default: methods } = node.webhookMethods;
interface Delivery { readonly headers: http.IncomingHttpHeaders; readonly raw: Buffer }
type Memory = Record<string, unknown>;
const MINUTE = 60_000;

let world: World;
let server: Awaited<ReturnType<typeof startErpnext>>;
let site: ErpnextSite;
let receiver: http.Server;
let url: string;
let deliveries: Delivery[];
let answers: number[];
beforeAll(async () => {
  receiver = http.createServer(async (request, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    deliveries.push({ headers: request.headers, raw: Buffer.concat(chunks) });
    reply.writeHead(answers.shift() ?? 200).end('ok');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhook/x`;
});
afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
});
beforeEach(async () => {
  // The node reads the machine's clock; an hour behind it every save is old enough for the poll.
  world = new World(undefined, true);
  world.clock.advance(-60 * MINUTE);
  server = await startErpnext(world);
  site = server.site;
  [deliveries, answers] = [[], []];
});
afterEach(() => server.close());

const around = (parameters: object, key: 'admin' | 'runtime' = 'admin', baseUrl = server.url) => {
  const asked = { docType: pick('name', 'Issue'), events: ['after_insert'], ...parameters };
  return context(node, { items: [asked as never], credentials: { baseUrl, apiKey: erpnextKeys[key].key, apiSecret: erpnextKeys[key].secret } });
};
const hooks = (parameters: object, memory: Memory, at = url, key: 'admin' | 'runtime' = 'admin'): IHookFunctions => Object.assign(around(parameters, key), { getWorkflowStaticData: () => memory, getNodeWebhookUrl: () => at }) as never;

/** A delivery as n8n hands it over, and what was answered. */
async function receive(parameters: object, memory: Memory, { headers, raw }: Delivery): Promise<{ readonly item?: Record<string, unknown> | undefined; readonly status?: number; readonly code?: string }> {
  const answered: { status?: number; code?: string } = {};
  const reply = { status: (status: number) => ((answered.status = status), reply), json: ({ code }: { code: string }) => void (answered.code = code) };
  const self = Object.assign(around(parameters), { getWorkflowStaticData: () => memory, getHeaderData: () => headers, getRequestObject: () => ({ rawBody: raw }), getResponseObject: () => reply }) as unknown as IWebhookFunctions;
  const { workflowData, noWebhookResponse } = await node.webhook.call(self);
  expect(noWebhookResponse ?? false).toBe(workflowData === undefined);
  return { ...answered, ...(workflowData ? { item: workflowData[0]![0]!.json } : {}) };
}
async function poll(parameters: object, memory: Memory, more: { mode?: string; key?: 'admin' | 'runtime'; baseUrl?: string } = {}): Promise<unknown> {
  const self = Object.assign(around(parameters, more.key, more.baseUrl), { getWorkflowStaticData: () => memory, getMode: () => more.mode ?? 'trigger' }) as unknown as IPollFunctions;
  const out = await node.poll.call(self);
  return out?.[0]!.map(({ json }) => [json['event'], json['name']]) ?? null;
}
async function delivered(): Promise<readonly Delivery[]> {
  await site.flush();
  return deliveries.splice(0);
}
const issue = (subject: string): string => site.put('Issue', { subject, status: 'Open' }).name;
/** A colleague saves it in Desk. */
async function save(doctype: string, name: string, fields: object): Promise<void> {
  const { key, secret } = erpnextKeys.admin;
  expect((await fetch(`${server.url}/api/resource/${doctype}/${name}`, { method: 'PUT', headers: { authorization: `token ${key}:${secret}`, 'content-type': 'application/json' }, body: JSON.stringify(fields) })).status).toBe(200);
}
const signed = (raw: Buffer | string, secret: unknown): Delivery => ({ headers: { 'x-frappe-webhook-signature': createHmac('sha256', String(secret)).update(raw).digest('base64') }, raw: Buffer.from(raw) });
const webhookDocs = () => site.docs('Webhook');

describe('its webhooks in ERPNext', () => {
  test('are made on activation, one per event, and deleted on deactivation', async () => {
    const memory: Memory = {};
    const self = hooks({ events: ['after_insert', 'on_update'], fields: 'subject, status' }, memory);
    expect(await methods.checkExists.call(self)).toBe(false);
    expect(await methods.create.call(self)).toBe(true);
    expect(webhookDocs().map((one) => [one['webhook_doctype'], one['webhook_docevent'], one['request_url'], one['enabled'], one['enable_security'], (one['webhook_headers'] as object[])[0]])).toEqual(['after_insert', 'on_update'].map((event) => ['Issue', event, url, 1, 1, expect.objectContaining({ key: 'Content-Type', value: 'application/json' })]));
    for (const one of webhookDocs()) expect(site.secret('Webhook', one.name, 'webhook_secret')).toBe(memory['secret']);
    expect(memory['secret']).toMatch(/^[0-9a-f]{64}$/);
    expect(await methods.checkExists.call(self)).toBe(true);
    expect(await methods.delete.call(self)).toBe(true);
    expect(await methods.delete.call(self)).toBe(true);
    expect([webhookDocs(), memory]).toEqual([[], {}]);
  });

  test('are made anew when anything about them is no longer so', async () => {
    const memory: Memory = {};
    const self = hooks({}, memory);
    await methods.create.call(self);
    const { name } = webhookDocs()[0]!;
    for (const other of [{ events: ['on_update'] }, { events: ['after_insert', 'on_update'] }, { docType: pick('name', 'Lead') }, { fields: 'status' }, { options: { filters: '[["status", "=", "Open"]]' } }]) expect({ other, there: await methods.checkExists.call(hooks(other, memory)) }).toEqual({ other, there: false });
    expect(await methods.checkExists.call(hooks({}, memory, `${url}/moved`))).toBe(false);
    site.patch('Webhook', name, { enabled: 0 });
    expect(await methods.checkExists.call(self)).toBe(false);
    await methods.create.call(self);
    expect([webhookDocs().map((one) => [one.name, one['enabled']]), await methods.checkExists.call(self)]).toEqual([[[name, 1]], true]);
    // What it listens to is set once: another doctype is another document.
    await methods.create.call(hooks({ docType: pick('name', 'Lead') }, memory));
    expect(webhookDocs().map((one) => [one.name, one['webhook_doctype']])).toEqual([[name, 'Lead']]);
    await methods.create.call(hooks({ events: ['on_update'] }, memory));
    expect(webhookDocs().map((one) => one['webhook_docevent'])).toEqual(['on_update']);
  });

  test('deleted by somebody are missed, and made again', async () => {
    const memory: Memory = {};
    const self = hooks({}, memory);
    await methods.create.call(self);
    const before = memory['secret'];
    await fetch(`${server.url}/api/resource/Webhook/${encodeURIComponent(webhookDocs()[0]!.name)}`, { method: 'DELETE', headers: { authorization: 'token sandbox-admin:sandbox-admin-secret' } });
    expect(await methods.checkExists.call(self)).toBe(false);
    await methods.create.call(self);
    issue('Cable on the ground');
    expect((await receive({}, memory, (await delivered())[0]!)).item).toMatchObject({ event: 'after_insert' });
    expect(memory['secret']).not.toBe(before);
  });

  test('are one also when the answer to their making was lost; none when the activation failed', async () => {
    world.inject({ system: 'erpnext', method: 'POST', path: 'Webhook$', kind: 'resetAfter' });
    const memory: Memory = {};
    await methods.create.call(hooks({}, memory));
    expect(webhookDocs()).toHaveLength(1);
    await methods.delete.call(hooks({}, memory));
    world.inject({ system: 'erpnext', method: 'POST', path: 'Webhook$', skip: 1, kind: 'status', status: 417, body: { exc_type: 'ValidationError' } });
    expect(await failed(methods.create.call(hooks({ events: ['after_insert', 'on_update'] }, memory)))).toMatchObject({ name: 'NodeApiError' });
    expect([webhookDocs(), memory]).toEqual([[], {}]);
  });

  test('need a System Manager: whoever is none is told of polling, and nothing was made', async () => {
    const memory: Memory = {};
    const error = await failed(methods.create.call(hooks({}, memory, url, 'runtime')));
    expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '403', message: expect.stringMatching(/only a System Manager.*'Every So Often by Polling'.*right to read/) });
    expect([webhookDocs(), memory]).toEqual([[], {}]);
    expect(await poll({ notice: 'polling' }, memory, { key: 'runtime' })).toBeNull();
    const name = issue('No light');
    expect(await poll({ notice: 'polling' }, memory, { key: 'runtime' })).toEqual([['after_insert', name]]);
  });

  test('are asked for by words ERPNext knows; what it does not know is named before anything is made', async () => {
    const wrong = (parameters: object) => failed(methods.create.call(hooks(parameters, {})));
    expect(await wrong({ docType: pick('list', '') })).toMatchObject({ name: 'NodeOperationError', message: expect.stringContaining("'DocType'") });
    expect(await wrong({ events: [] })).toMatchObject({ message: expect.stringContaining("'Events'") });
    expect(await wrong({ fields: 'subject, colour' })).toMatchObject({ message: expect.stringContaining('"colour"') });
    expect(await wrong({ docType: pick('name', 'Sales Invoice'), fields: 'items' })).toMatchObject({ message: expect.stringContaining('"items"') });
    expect(await wrong({ docType: pick('name', 'No Such') })).toMatchObject({ httpCode: '404' });
    expect(await wrong({ options: { filters: '{' } })).toMatchObject({ message: expect.stringContaining("'Filters'") });
    expect(await wrong({ options: { filters: '[["opening_date", ">", "2026-01-01"]]' } })).toMatchObject({ description: expect.stringContaining('polling') });
    expect(await wrong({ events: ['on_submit'] })).toMatchObject({ message: expect.stringContaining('Submittable') });
    expect(await wrong({ notice: 'polling', events: ['on_trash'] })).toMatchObject({ message: expect.stringContaining('Polling') });
    expect(webhookDocs()).toEqual([]);
  });

  test('choose their DocType from a list that every user may see', async () => {
    const names = (await node.methods.listSearch.searchDocTypes.call(around({}, 'runtime') as ILoadOptionsFunctions, 'invoice')).results.map(({ value }) => value);
    expect(names).toContain('Sales Invoice');
    expect(names).not.toContain('Sales Invoice Item');
  });
});

describe('a delivery', () => {
  const asked = { events: ['after_insert', 'on_update'], fields: 'subject, status, opening_date, docstatus' };

  test('[erp-33] becomes an item; altered, unsigned, with another secret or written again it is 401', async () => {
    const memory: Memory = {};
    await methods.create.call(hooks(asked, memory));
    const subject = 'Côté "nord"\n\\ {{ 7 * 7 }}';
    const name = issue(subject);
    const [made, saved] = await delivered();
    expect(made!.headers['content-type']).toBe('application/json');
    expect(made!.raw.toString()).toContain('C\\u00f4t\\u00e9');
    for (const bad of [
      { ...made!, headers: {} }, { ...made!, headers: { 'x-frappe-webhook-signature': ['a', 'b'] as never } }, signed(made!.raw, 'another secret'), { ...made!, raw: Buffer.from(JSON.stringify(JSON.parse(made!.raw.toString()))) },
      ...[0, 40, made!.raw.length - 1].map((at) => ({ ...made!, raw: Buffer.from(made!.raw.map((byte, index) => (index === at ? byte ^ 1 : byte))) })),
    ]) expect(await receive(asked, memory, bad)).toEqual({ status: 401, code: 'badSignature' });
    expect(await receive(asked, {}, made!)).toEqual({ status: 401, code: 'badSignature' });
    const document = { subject, status: 'Open', opening_date: expect.stringMatching(/^\d{4}-/), docstatus: 0 };
    expect(await receive(asked, memory, made!)).toEqual({ item: { doctype: 'Issue', name, event: 'after_insert', modified: site.doc('Issue', name)['modified'], found: 'webhook', doc: document } });
    expect((await receive(asked, memory, saved!)).item).toMatchObject({ event: 'on_update', name });
  });

  test('[erp-33] once for the same event, never for a state overtaken on the way; a body without Content-Type and one of version 17 count, too', async () => {
    const memory: Memory = {};
    await methods.create.call(hooks(asked, memory));
    const name = issue('Slow');
    const [made, saved] = await delivered();
    await save('Issue', name, { status: 'Replied' });
    const [again] = await delivered();
    expect((await receive(asked, memory, { ...again!, headers: { 'x-frappe-webhook-signature': again!.headers['x-frappe-webhook-signature'] } })).item).toMatchObject({ doc: { status: 'Replied' } });
    expect(await receive(asked, memory, again!)).toEqual({ status: 200, code: 'replayed' });
    expect(await receive(asked, memory, saved!)).toEqual({ status: 200, code: 'overtaken' });
    // That it was made is no state: late, it is still news; once.
    expect((await receive(asked, memory, made!)).item).toMatchObject({ event: 'after_insert' });
    expect(await receive(asked, memory, made!)).toEqual({ status: 200, code: 'replayed' });
    // Version 17 sorts and indents.
    const body = JSON.parse(again!.raw.toString()) as Record<string, unknown>;
    const late = JSON.stringify(Object.fromEntries(Object.entries({ ...body, modified: '2099-01-01 00:00:00.000000' }).sort()), null, 1);
    expect((await receive(asked, memory, signed(late, memory['secret']))).item).toMatchObject({ modified: '2099-01-01 00:00:00.000000' });
  });

  test('of something else is answered as done; one event cannot be sent again as another', async () => {
    const memory: Memory = {};
    await methods.create.call(hooks(asked, memory));
    issue('x');
    const [made] = await delivered();
    for (const other of [{ ...asked, events: ['on_update'] }, { ...asked, docType: pick('name', 'Lead') }]) expect(await receive(other, memory, made!)).toEqual({ status: 200, code: 'notAsked' });
    expect(await receive(asked, memory, { ...made!, raw: Buffer.from(made!.raw.toString().replace('after_insert', 'on_update')) })).toEqual({ status: 401, code: 'badSignature' });
  });

  test('comes only for documents that fit the filters, and for no event but those asked for', async () => {
    const memory: Memory = {};
    await methods.create.call(hooks({ events: ['on_submit', 'on_cancel'], docType: pick('name', 'Sales Invoice'), fields: 'grand_total, status', options: { filters: '[["status", "in", ["Unpaid", "Cancelled"]]]' } }, memory));
    const customer = site.put('Customer', { customer_name: 'J', customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' }).name;
    const draft = site.put('Sales Invoice', { customer, items: [{ item_code: 'FTTH25', qty: 1 }] }).name;
    expect(await delivered()).toEqual([]);
    await save('Sales Invoice', draft, { docstatus: 1 });
    await site.flush();
    await save('Sales Invoice', draft, { docstatus: 2 });
    const bodies = (await delivered()).map(({ raw }) => JSON.parse(raw.toString()) as { event: string; doc: { grand_total: number } });
    expect(bodies.map(({ event }) => event)).toEqual(['on_submit', 'on_cancel']);
    expect(bodies[0]!.doc.grand_total).toBeGreaterThan(0);
  });
});

describe('the poll beside webhooks', () => {
  const asked = { events: ['after_insert', 'on_update'] };
  /** n8n gives webhook and poll two copies of what it keeps, and the newest of either is in its database. */
  const activated = async (): Promise<{ readonly hook: Memory; readonly polled: Memory }> => {
    const polled: Memory = {};
    await methods.create.call(hooks(asked, polled));
    expect(await poll(asked, polled)).toBeNull();
    return { hook: JSON.parse(JSON.stringify(polled)) as Memory, polled };
  };

  test('[erp-34] finds what a webhook lost, once; what a webhook told is not told again', async () => {
    issue('before it was activated');
    const { hook, polled } = await activated();
    await delivered();
    const told = issue('told');
    for (const one of await delivered()) expect((await receive(asked, hook, one)).item).toMatchObject({ name: told });
    expect(await poll(asked, polled)).toBeNull();
    answers = Array.from({ length: 6 }, () => 503);
    const lost = issue('lost');
    for (const ms of [0, 1_000, 4_000, 60_000]) {
      world.clock.advance(ms);
      await site.flush();
    }
    const tries = deliveries.splice(0);
    expect(tries).toHaveLength(6);
    expect(await poll(asked, polled)).toEqual([['after_insert', lost]]);
    expect(await poll(asked, polled)).toBeNull();
    // It was only late.
    for (const late of tries) expect((await receive(asked, hook, late)).status ?? 0).toBe(200);
    // A payment moves an invoice, a script a field: no event, but a save.
    site.patch('Issue', told, { status: 'Closed' });
    expect(await poll(asked, polled)).toEqual([['saved', told]]);
  });

  test('[erp-34] catches what was stamped before the last look and written after it', async () => {
    const { polled } = await activated();
    const hidden = issue('slow transaction');
    world.clock.advance(4 * MINUTE);
    const seen = issue('quick transaction');
    const { modified, creation } = site.doc('Issue', seen);
    world.inject({ system: 'erpnext', method: 'GET', path: '/api/resource/Issue$', kind: 'status', status: 200, body: { data: [{ name: seen, modified, creation, docstatus: 0 }] } });
    expect(await poll(asked, polled)).toEqual([['after_insert', seen]]);
    expect(await poll(asked, polled)).toEqual([['after_insert', hidden]]);
    expect(await poll(asked, polled)).toBeNull();
  });

  test('leaves the first minute to the webhooks; can be switched off; remembers over a restart', async () => {
    const { hook, polled } = await activated();
    await delivered();
    world.clock.advance(60 * MINUTE);
    const fresh = issue('a second ago');
    expect(await poll(asked, polled)).toBeNull();
    for (const one of await delivered()) await receive(asked, hook, one);
    // What n8n had written last is all there is after a restart.
    const restarted = JSON.parse(JSON.stringify({ ...polled, ...hook, name: 'n8n 000000000000' })) as Memory;
    expect(judge(restarted['told'] as Told, fresh, 'on_update', String(site.doc('Issue', fresh)['modified']))).toBe('copy');
    expect(await poll({ ...asked, options: { reconcile: false } }, polled)).toBeNull();
  });
});

describe('polling alone', () => {
  const asked = { notice: 'polling', events: ['after_insert'], fields: 'subject' };
  /** What n8n keeps goes through its database. */
  const kept = () => {
    let memory: Memory = {};
    return async (parameters: object) => {
      memory = JSON.parse(JSON.stringify(memory)) as Memory;
      return poll(parameters, memory, { key: 'runtime' });
    };
  };

  test('opens no address and makes no webhook; the first poll is silent, then each new document comes once', async () => {
    const [{ httpMethod }] = node.description.webhooks as unknown as [{ httpMethod: string }];
    expect(httpMethod).toBe('={{$parameter["notice"] === "polling" ? "" : "POST"}}');
    issue('old');
    const look = kept();
    expect(await look(asked)).toBeNull();
    const name = issue('new');
    expect(await look(asked)).toEqual([['after_insert', name]]);
    await save('Issue', name, { status: 'Replied' });
    expect(await look(asked)).toBeNull();
    expect(webhookDocs()).toEqual([]);
  });

  test('sees states: an invoice when it is submitted, not its draft; the filters hold', async () => {
    const invoices = { ...asked, docType: pick('name', 'Sales Invoice'), fields: 'status', events: ['on_submit'] };
    const customer = site.put('Customer', { customer_name: 'J', customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' }).name;
    const look = kept();
    const looking = kept();
    const high = { ...asked, events: ['on_update'], options: { filters: [['priority', '=', 'High']] } };
    expect([await look(invoices), await looking(high)]).toEqual([null, null]);
    const name = site.put('Sales Invoice', { customer, items: [{ item_code: 'FTTH25', qty: 1 }] }).name;
    expect(await look(invoices)).toBeNull();
    await save('Sales Invoice', name, { docstatus: 1 });
    expect(await look(invoices)).toEqual([['saved', name]]);
    expect(await look(invoices)).toBeNull();
    issue('whenever');
    const urgent = site.put('Issue', { subject: 'now', status: 'Open', priority: 'High' }).name;
    expect(await looking(high)).toEqual([['saved', urgent]]);
  });

  test('another question starts anew and silent; a test run shows the newest and remembers nothing; a site that is away keeps the memory', async () => {
    const memory: Memory = {};
    const first = issue('one');
    expect(await poll(asked, memory, { mode: 'manual' })).toEqual([['saved', first]]);
    expect(memory).toEqual({});
    await poll(asked, memory);
    issue('two');
    expect(await poll({ ...asked, docType: pick('name', 'Lead') }, memory)).toBeNull();
    expect(await poll(asked, memory)).toBeNull();
    const before = JSON.stringify(memory);
    expect(await failed(poll(asked, memory, { baseUrl: 'http://127.0.0.1:1' }))).toMatchObject({ name: 'NodeApiError' });
    expect(JSON.stringify(memory)).toBe(before);
  });
});

test('what is too old to be remembered is never news again', () => {
  const stamp = (n: number): string => `2026-04-09 10:00:00.${String(n).padStart(6, '0')}`;
  let told = nothingTold;
  for (let n = 1; n <= 1_101; n++) told = note(told, `D-${n}`, 'after_insert', stamp(n));
  expect(Object.keys(told.docs).length).toBeLessThanOrEqual(1_000);
  expect([judge(told, 'D-1', 'after_insert', stamp(1)), judge(told, 'D-1101', 'after_insert', stamp(1_101)), judge(told, 'D-1102', 'after_insert', stamp(1_102))]).toEqual(['older', 'copy', 'news']);
  expect([lastTold(told, 'D-1'), lastTold(told, 'D-1101')]).toEqual([undefined, stamp(1_101)]);
});

test.each([
  ['a state overtaken by another event', { on_submit: '2' }, 'on_update', '1', 'older'], ['another event of the same save', { on_submit: '2' }, 'on_update', '2', 'news'], ['what happens once, however late', { on_update: '2' }, 'on_submit', '1', 'news'],
  ['a save the poll told', { saved: '2' }, 'on_update', '2', 'copy'], ['what happens once, in a save the poll told', { saved: '2' }, 'on_submit', '2', 'news'], ['made anew under the old name', { after_insert: '1', on_trash: '2' }, 'after_insert', '3', 'news'],
] as const)('%s', (_title, before, event, modified, verdict) => {
  expect(judge({ floor: '', docs: { D: before } }, 'D', event, modified)).toBe(verdict);
});
