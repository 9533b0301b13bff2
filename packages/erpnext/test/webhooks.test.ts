import { webhookCondition, webhookJson, type Filter } from '../src/index.ts';
import { bench, failure, onSandbox, type Bench } from './site.ts';

let b: Bench;
beforeAll(async () => void (b = await bench()));
afterAll(() => b.close());

const wanted = (more: object = {}) => ({ name: 'n8n 1 on_update', url: 'http://127.0.0.1:1/webhook', doctype: 'Issue', event: 'on_update' as const, secret: 's1', json: webhookJson('on_update', [], []), ...more });
const writes = () => b.sent.filter(({ method, path }) => method !== 'GET' && path.includes('Webhook')).map(({ method }) => method);

onSandbox('a webhook is made once, put right, made anew when it listens to something else, deleted; each time read back', async () => {
  const { webhooks } = b.client({ key: 'admin' });
  expect(await webhooks.isThere(wanted())).toBe(false);
  expect(await webhooks.ensure(wanted())).toEqual({ name: 'n8n 1 on_update', change: 'created' });
  expect(await webhooks.isThere(wanted())).toBe(true);
  // A header somebody added stays; the secret is ours from now on.
  b.site.patch('Webhook', 'n8n 1 on_update', { webhook_headers: [{ name: 'h1', key: 'X-Proxy', value: '1' }, { name: 'h2', key: 'content-type', value: 'text/plain' }] });
  expect(await webhooks.isThere(wanted())).toBe(false);
  expect(await webhooks.ensure(wanted({ secret: 's2' }))).toMatchObject({ change: 'updated' });
  expect(b.site.doc('Webhook', 'n8n 1 on_update')['webhook_headers']).toMatchObject([{ key: 'X-Proxy' }, { key: 'Content-Type', value: 'application/json' }]);
  expect(b.site.secret('Webhook', 'n8n 1 on_update', 'webhook_secret')).toBe('s2');
  for (const other of [{ url: 'http://127.0.0.1:2/' }, { condition: 'doc.status == "Open"' }, { json: '{}' }, { doctype: 'Lead' }, { event: 'after_insert' as const }]) expect({ other, there: await webhooks.isThere(wanted(other)) }).toEqual({ other, there: false });
  expect(await webhooks.ensure(wanted({ doctype: 'Lead' }))).toMatchObject({ change: 'replaced' });
  expect(b.site.docs('Webhook').map((one) => one['webhook_doctype'])).toEqual(['Lead']);
  expect([await webhooks.remove('n8n 1 on_update'), await webhooks.remove('n8n 1 on_update')]).toEqual([{ deleted: true }, { deleted: false }]);
});

onSandbox('after silence it is looked for before it is made again; a right that lacks is said as such', async () => {
  const { webhooks } = b.client({ key: 'admin' });
  const before = writes().length;
  b.world.inject({ system: 'erpnext', method: 'POST', path: 'Webhook$', kind: 'resetAfter' });
  expect(await webhooks.ensure(wanted({ name: 'lost' }))).toMatchObject({ name: 'lost' });
  expect(writes().slice(before)).toEqual(['POST', 'PUT']);
  b.world.inject({ system: 'erpnext', method: 'POST', path: 'Webhook$', kind: 'resetBefore' });
  expect(await failure(webhooks.ensure(wanted({ name: 'never' })))).toMatchObject({ outcome: 'unknown' });
  expect(b.site.docs('Webhook').map((one) => one.name)).toEqual(['lost']);
  expect(await failure(b.erp.webhooks.ensure(wanted({ name: 'mine' })))).toMatchObject({ kind: 'unauthorised', detail: { permission: true } });
});

onSandbox('the zone is read without System Manager', async () => {
  expect(await b.erp.zone()).toBe('America/Toronto');
});

test('a body names only fields there are, and those with one value', () => {
  const fields = [{ fieldname: 'status', fieldtype: 'Select', label: '' }, { fieldname: 'rows', fieldtype: 'Table', label: '' }, { fieldname: 'pin', fieldtype: 'Password', label: '' }];
  expect(webhookJson('on_submit', ['status', 'docstatus', 'status'], fields)).toBe('{"doctype": {{ doc.doctype | tojson }}, "name": {{ doc.name | string | tojson }}, "event": "on_submit", "modified": {{ doc.modified | string | tojson }}, "doc": {"status": {{ (doc.status | string | tojson) if doc.status else "null" }}, "docstatus": {{ doc.docstatus or 0 }}}}');
  for (const bad of ['rows', 'pin', 'nope', 'status }}']) expect(() => webhookJson('on_submit', [bad], fields)).toThrow(bad);
});

test('filters become a condition where both mean the same, and are refused where they do not', () => {
  expect(webhookCondition([['status', '=', 'O"pen'], ['docstatus', 'not in', [1, 2]]])).toBe('(doc.status or "") == "O\\"pen" and (doc.docstatus or 0) not in [1, 2]');
  for (const bad of [['status', 'like', 'O%'], ['modified', '>', '2026'], ['Issue', 'status', '=', 'Open'], ['a or True', '=', 1]]) expect(() => webhookCondition([bad as unknown as Filter])).toThrow(/cannot be given/);
});
