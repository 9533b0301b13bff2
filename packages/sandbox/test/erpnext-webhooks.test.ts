// Webhooks out of the simulated site (erp.md 1.9).
import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { erpnextSite, type ErpnextSite } from '../src/erpnext/index.ts';
import { evaluate, render } from '../src/erpnext/template.ts';
import { World } from '../src/world.ts';

let world: World;
let site: ErpnextSite;
let receiver: http.Server;
let url: string;
let got: { readonly headers: http.IncomingHttpHeaders; readonly body: string; readonly at: number }[];
let answer: (reply: http.ServerResponse) => void;
beforeEach(async () => {
  world = new World('2026-04-09T18:00:00.000Z');
  site = erpnextSite(world);
  got = [];
  answer = (reply) => void reply.end('ok');
  receiver = http.createServer(async (request, reply) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    got.push({ headers: request.headers, body, at: world.clock.ms });
    answer(reply);
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
});
afterEach(() => {
  site.close();
  receiver.closeAllConnections();
  receiver.close();
});

const hook = (fields: object = {}) => site.put('Webhook', { name: 'W', webhook_doctype: 'Issue', webhook_docevent: 'after_insert', request_url: url, request_structure: 'JSON', webhook_json: '{"name": "{{ doc.name }}", "subject": {{ doc.subject | tojson }}}', ...fields });
const issue = (fields: object = {}) => site.put('Issue', { subject: 'Été', status: 'Open', ...fields }).name;
/** Lets what is due happen, also what becomes due by it. */
async function flush(ms = 0): Promise<void> {
  world.clock.advance(ms);
  await site.flush();
}

test('one is signed over bytes as Python writes them, with the headers given and no Content-Type of its own', async () => {
  hook({ enable_security: 1, webhook_secret: 's', webhook_headers: [{ key: 'X-A', value: 'b' }] });
  const name = issue();
  await flush();
  const [{ headers, body }] = got as [(typeof got)[0]];
  expect(body).toBe(`{"name": "${name}", "subject": "\\u00c9t\\u00e9"}`);
  expect([headers['x-frappe-webhook-signature'], headers['x-a'], headers['content-type']]).toEqual([createHmac('sha256', 's').update(body).digest('base64'), 'b', undefined]);
});

test('fires once per document and transaction with its last state; not when disabled, for another event or without its condition', async () => {
  hook({ webhook_docevent: 'on_update', condition: 'doc.status == "Open" and not doc.customer' });
  hook({ name: 'off', enabled: 0 });
  hook({ name: 'other', webhook_docevent: 'on_trash' });
  const [name] = [issue(), issue({ status: 'Closed' })];
  await flush();
  expect(got.map(({ body }) => (JSON.parse(body) as { name: string }).name)).toEqual([name]);
});

test('three tries, after one and four seconds, then it is lost; a receiver too slow is called again at once', async () => {
  answer = (reply) => void reply.writeHead(500).end();
  hook();
  issue();
  for (const ms of [0, 999, 1, 3_999, 1, 600_000]) await flush(ms);
  expect(got.map(({ at }) => at - got[0]!.at)).toEqual([0, 1_000, 5_000]);
  got = [];
  answer = () => undefined;
  site.put('Webhook', { name: 'slow', webhook_doctype: 'Lead', webhook_docevent: 'after_insert', request_url: url, timeout: 1 });
  site.put('Lead', { first_name: 'A' });
  await flush();
  expect(got.map(({ at, body }) => [at - got[0]!.at, body])).toEqual([[0, '{}'], [0, '{}'], [0, '{}']]);
}, 15_000);

test('one deleted before its turn calls nobody; nothing leaves this machine; a body that is no JSON is not sent', async () => {
  hook();
  site.put('Webhook', { name: 'away', webhook_doctype: 'Issue', webhook_docevent: 'after_insert', request_url: 'https://n8n.example.ca/webhook' });
  site.put('Webhook', { name: 'broken', webhook_doctype: 'Issue', webhook_docevent: 'after_insert', request_url: url, webhook_json: '{"a": {{ doc.subject }}}' });
  const deleted = site.handler({ method: 'DELETE', rawPath: '/api/resource/Webhook/W', query: new URLSearchParams(), headers: { authorization: 'token sandbox-admin:sandbox-admin-secret' }, text: '', bytes: Buffer.alloc(0) });
  issue();
  expect((await deleted).status).toBe(202);
  await flush();
  expect(got).toEqual([]);
});

test('submit and cancel are events of submittable doctypes only', () => {
  expect(() => hook({ webhook_docevent: 'on_submit' })).toThrow(/Submittable/);
});

test.each([
  ['{% for r in doc.rows %}{{ "," if not loop.first else "" }}{{ r.n }}{% endfor %}', '1,2'], ['{{ (doc.none or "") | tojson }}', '""'], ["{{ 'a\"b' | tojson }}", '"a\\"b"'], ['{{ doc.none }}', 'None'], ['{% for r in doc.empty %}x{{ r.y.z }}{% endfor %}-', '-'],
])('its Jinja: %s', (template, text) => {
  expect(render(template, { doc: { rows: [{ n: 1 }, { n: 2 }], none: null, empty: [] } })).toBe(text);
});
test('its Python: what it cannot read it refuses', () => {
  expect(evaluate("doc.a in ['x', 'y'] and doc.n != 2 or False", { doc: { a: 'y', n: 1 } })).toBe(true);
  for (const bad of ['doc.a ==', 'doc.a; 1', '(doc.a', 'doc.a | nope', '']) expect(() => evaluate(bad, { doc: {} })).toThrow();
});
