// Bulk, files, reports, webhooks, reconciliation, renames, releases and cancellation (erp.md section 8, 30 and 33 to 40).
import { createHmac } from 'node:crypto';
import type { HttpRequest, Send } from '../../../core/src/index.ts';
import { axiosSend } from '../../http/src/send.ts';
import { erpnextKeys } from '../../sandbox/src/erpnext/index.ts';
import { authorization, checkWebhook, erpnext, judgeDelivery } from '../src/index.ts';
import { bench, customer, failure, invoice, onSandbox, person, type Bench } from './site.ts';

let b: Bench;
beforeAll(async () => { b = await bench(); });
afterAll(() => b.close());
beforeEach(() => b.world.clearFaults());
const own: Bench[] = [];
afterEach(async () => { for (const one of own.splice(0)) await one.close(); });
const another = async (options = {}) => { const one = await bench(options); own.push(one); return one; };
const calls = (path: RegExp, method = 'POST') => b.world.calls.filter((call) => call.method === method && path.test(call.path)).length;

describe('many at once', () => {
  const rows = (run: string, count: number, more: object = {}) => Array.from({ length: count }, (_, n) => ({ key: `${run}:${n}`, fields: { ...person(n), ...more } }));
  onSandbox('[erp-30] 450 documents go in three requests; run again, in none', async () => {
    const run = b.key('bulk');
    const before = calls(/insert_many$/);
    const made = await b.erp.documents.insertMany('Customer', rows(run, 450));
    expect([made.length, made.filter(({ created }) => created).length, new Set(made.map(({ name }) => name)).size, calls(/insert_many$/) - before]).toEqual([450, 450, 450, 3]);
    const again = await b.erp.documents.insertMany('Customer', rows(run, 450));
    expect([again.every(({ created }) => !created), again.map(({ name }) => name).join() === made.map(({ name }) => name).join(), calls(/insert_many$/) - before]).toEqual([true, true, 3]);
  }, 30_000);
  onSandbox('[erp-30] a chunk with one bad document leaves none of it, and the run goes on from there', async () => {
    const run = b.key('bulk');
    const all = rows(run, 250);
    all[230] = { key: all[230]!.key, fields: { ...person(1), customer_group: 'No Such Group' } };
    const error = await failure(b.erp.documents.insertMany('Customer', all));
    expect(error).toMatchObject({ kind: 'rejectedInput', detail: { done: 200, from: 200, excType: 'LinkValidationError' } });
    expect(await b.erp.documents.count('Customer', [['leadlight_id', 'like', `${run}:%`]])).toBe(200);
    all[230] = rows(run, 250)[230]!;
    const rest = await b.erp.documents.insertMany('Customer', all);
    expect(rest.filter(({ created }) => created)).toHaveLength(50);
  }, 30_000);
  onSandbox.each([['resetAfter', 1], ['htmlAfter', 1], ['resetBefore', 2], ['html', 2]])('[erp-30] [S1-103] a chunk whose reply is lost (%s) is looked up before it is sent again', async (kind, sent) => {
    const run = b.key('bulk');
    const before = calls(/insert_many$/);
    b.world.inject({ system: 'erpnext', method: 'POST', path: 'insert_many$', kind } as never);
    expect(await b.erp.documents.insertMany('Customer', rows(run, 20))).toHaveLength(20);
    expect([await b.erp.documents.count('Customer', [['leadlight_id', 'like', `${run}:%`]]), calls(/insert_many$/) - before]).toEqual([20, sent]);
  });
  test('[erp-30] two documents of one key are refused before anything is sent', async () => {
    expect(await failure(b.erp.documents.insertMany('Customer', [...rows('twice', 1), ...rows('twice', 1)]))).toMatchObject({ kind: 'rejectedInput' });
  });
});

describe('a webhook', () => {
  const secret = 'whsec_leadlight_demo';
  const bytes = (text: string) => new TextEncoder().encode(text);
  const v15 = String.raw`{"doctype": "Dispatch Job", "name": "DJ-2026-00001", "status": "Completed", "customer": "CUST-2026-00007", "note": "C\u00f4t\u00e9 nord \u2013 2e \u00e9tage", "modified": "2026-04-09 14:03:22.118204", "docstatus": 0}`;
  const v17 = String.raw`{
 "customer": "CUST-2026-00007",
 "docstatus": 0,
 "doctype": "Dispatch Job",
 "modified": "2026-04-09 14:03:22.118204",
 "name": "DJ-2026-00001",
 "note": "C\u00f4t\u00e9 nord \u2013 2e \u00e9tage",
 "status": "Completed"
}`;
  const signatures = { v15: 'TAHhxGL9AFR7J1kI0MjfvQAKfXgNmPp1bKVYiDAr3yg=', v17: 'QC30Ku7yuEz2NEnpqigYyE/jEHU0GYr1x5hBhGG+XHg=' };
  test('[erp-33] is known by its signature in both ways its JSON is written', () => {
    const [old, late] = [checkWebhook(signatures.v15, bytes(v15), secret, 'on_update'), checkWebhook(signatures.v17, bytes(v17), secret, 'on_update')];
    expect(old).toMatchObject({ verdict: 'good', doctype: 'Dispatch Job', name: 'DJ-2026-00001', modified: '2026-04-09 14:03:22.118204', body: { note: 'Côté nord – 2e étage' } });
    expect(late).toMatchObject({ verdict: 'good', deliveryId: old.deliveryId });
  });
  test('[erp-33] one byte, another secret, no header, another signature: refused, and nothing of it given out', () => {
    for (let at = 0; at < v15.length; at += 1) {
      const changed = bytes(v15);
      changed[at]! ^= 1;
      expect(checkWebhook(signatures.v15, changed, secret)).toMatchObject({ verdict: 'wrong', name: '', body: {} });
    }
    expect(checkWebhook(signatures.v15, bytes(v15), 'another').verdict).toBe('wrong');
    expect(checkWebhook(signatures.v17, bytes(v15), secret).verdict).toBe('wrong');
    for (const header of [undefined, '', 'x', `${signatures.v15}=`]) expect(checkWebhook(header, bytes(v15), secret).verdict).toBe('missing');
    expect(checkWebhook(signatures.v15, bytes(v15), '').verdict).toBe('missing');
    for (const body of ['[]', 'null', 'not json', '{"doctype":"X","name":"","modified":"2026-04-09 14:03:22"}', '{"doctype":"X","name":"Y","modified":"yesterday"}']) {
      expect(checkWebhook(createHmac('sha256', secret).update(body).digest('base64'), bytes(body), secret).verdict).toBe('unreadable');
    }
  });
  test('[erp-33] a copy is one action, an older state none', () => {
    const acted = new Map<string, string>();
    const act = (modified: string) => {
      const judged = judgeDelivery(acted.get('DJ-1'), modified);
      if (judged === 'news') acted.set('DJ-1', modified);
      return judged;
    };
    expect(['2026-04-09 14:03:22.118204', '2026-04-09 14:03:22.118204', '2026-04-09 14:03:22.118203', '2026-04-09 14:03:22.118205'].map(act)).toEqual(['news', 'copy', 'older', 'news']);
  });
});

describe('the reconciliation poll', () => {
  const place = { address_line: '1 rue A', city: 'X', connection_type: 'FTTH' };
  const zone = 'America/Toronto';
  onSandbox('[erp-34] finds what no webhook told, each save once', async () => {
    const it = await another();
    const ask = { doctype: 'Service Location', zone, fields: ['city'] };
    const start = it.world.clock.now();
    const one = it.site.put('Service Location', place).name;
    let poll = await it.erp.documents.reconcile({ ...ask, since: start });
    expect(poll.rows.map((row) => row['name'])).toEqual([one]);
    expect((await it.erp.documents.reconcile({ ...ask, since: poll.next })).rows).toEqual([]);
    const again = await it.erp.documents.reconcile({ ...ask, since: poll.next });
    expect(again.rows).toEqual([]);
    it.site.patch('Service Location', one, { city: 'Z' });
    expect((await it.erp.documents.reconcile({ ...ask, since: again.next })).rows).toMatchObject([{ name: one, city: 'Z' }]);
  });
  /** A site whose saves have the wall-clock stamps given, as rows of one list. */
  const stamped = (rows: readonly (readonly [string, string])[], now: string, page: (query: Record<string, unknown>) => void = () => {}) => {
    const send: Send = async (request: HttpRequest) => {
      page(request.query as Record<string, unknown>);
      const [[, , from]] = JSON.parse(String(request.query?.['filters'])) as [[string, string, string]];
      const hits = rows.filter(([, modified]) => modified >= from).sort((a, c) => (a[1] < c[1] ? -1 : 1)).map(([name, modified]) => ({ name, modified }));
      return { status: 200, reason: 'OK', headers: {}, text: JSON.stringify({ data: hits.slice(Number(request.query?.['limit_start'] ?? 0)).slice(0, Number(request.query?.['limit_page_length'])) }) };
    };
    return erpnext(send, { now: () => now, sleep: async () => {} }).documents;
  };
  test('[erp-34] what was stamped before the watermark and committed after it is caught', async () => {
    const first = await stamped([['A', '2026-04-09 10:00:00.000000']], '2026-04-09T14:00:05.000Z').reconcile({ doctype: 'Task', zone, since: '2026-04-09T13:59:00.000Z' });
    const rows = [['A', '2026-04-09 10:00:00.000000'], ['late', '2026-04-09 09:56:00.000000']] as const;
    const { rows: got, next } = await stamped(rows, '2026-04-09T14:01:00.000Z').reconcile({ doctype: 'Task', zone, since: first.next });
    expect([got.map((row) => row['name']), next.modified]).toEqual([['late'], '2026-04-09 10:00:00.000000']);
    expect((await stamped(rows, '2026-04-09T14:02:00.000Z').reconcile({ doctype: 'Task', zone, since: next })).rows).toEqual([]);
  });
  test('[erp-34] in the hour that comes twice nothing is lost and nothing told twice', async () => {
    const before = await stamped([['A', '2026-11-01 01:58:00.000000']], '2026-11-01T05:59:00.000Z').reconcile({ doctype: 'Task', zone, since: '2026-11-01T05:30:00.000Z' });
    expect(before.rows).toHaveLength(1);
    const rows = [['A', '2026-11-01 01:58:00.000000'], ['B', '2026-11-01 01:01:00.000000']] as const;
    const after = await stamped(rows, '2026-11-01T06:06:00.000Z').reconcile({ doctype: 'Task', zone, since: before.next });
    expect(after.rows.map((row) => row['name'])).toEqual(['B']);
    expect((await stamped(rows, '2026-11-01T06:11:00.000Z').reconcile({ doctype: 'Task', zone, since: after.next })).rows).toEqual([]);
  });
  test('[erp-34] more saves than a page, also within one instant, come once each', async () => {
    const rows = Array.from({ length: 1700 }, (_, n) => [`T-${n}`, `2026-04-09 10:00:00.00000${n < 1200 ? 0 : 1}`] as const);
    const { rows: got } = await stamped(rows, '2026-04-09T14:00:30.000Z').reconcile({ doctype: 'Task', zone, since: '2026-04-09T13:59:00.000Z' });
    expect([got.length, new Set(got.map((row) => row['name'])).size]).toEqual([1700, 1700]);
  });
});

describe('names that change', () => {
  onSandbox('[erp-35] a renamed customer is found by its key; a link to the old name is put right', async () => {
    const key = b.key('customer');
    const { name } = await b.erp.documents.ensure('Customer', key, person(1));
    await b.erp.call('frappe.client.rename_doc', { doctype: 'Customer', old_name: name, new_name: `${name}-N` });
    expect(await b.erp.documents.resolve('Customer', name, key)).toMatchObject({ renamed: true, doc: { name: `${name}-N` } });
    expect((await b.erp.documents.resolve('Customer', `${name}-N`, key)).renamed).toBe(false);
    const fields = { customer: name, address_line: '1 rue A', city: 'X', connection_type: 'FTTH' };
    expect(await failure(b.erp.documents.ensure('Service Location', b.key('location'), fields))).toMatchObject({ detail: { excType: 'LinkValidationError' } });
    expect((await b.erp.documents.ensure('Service Location', b.key('location'), fields, { linkKeys: { customer: { doctype: 'Customer', key } } })).doc['customer']).toBe(`${name}-N`);
  });
  onSandbox('[erp-35] one merged into another is said to be gone, not guessed', async () => {
    const [key, target] = [b.key('customer'), await customer(b)];
    const { name } = await b.erp.documents.ensure('Customer', key, person(2));
    await b.erp.call('frappe.client.rename_doc', { doctype: 'Customer', old_name: name, new_name: target, merge: true });
    expect(await failure(b.erp.documents.resolve('Customer', name, key))).toMatchObject({ kind: 'notFound', hint: expect.stringMatching(/merged/) });
  });
});

describe('forms', () => {
  onSandbox('[erp-36] are remembered for five minutes, and come from the newer API where the method is gone', async () => {
    const it = await another();
    const asked = () => it.world.calls.filter(({ path }) => /getdoctype|\/meta$/.test(path)).length;
    await it.erp.fields('Task');
    await it.erp.fields('Task');
    expect(asked()).toBe(1);
    await it.world.clock.sleep(300_001);
    it.world.inject({ system: 'erpnext', method: 'GET', path: 'getdoctype$', kind: 'status', status: 417, body: { exc_type: 'ValidationError' } } as never);
    expect((await it.erp.fields('Task'))[0]?.fields.some((field) => field.fieldname === 'subject')).toBe(true);
    expect(asked()).toBe(3);
    expect(await failure(it.erp.fields('No Such'))).toMatchObject({ kind: 'notFound' });
  });
  onSandbox.each([
    [15, { taskDates: 'date', leadOrigin: 'source', issueDeadline: 'resolution_by', customerTypes: ['Company', 'Individual', 'Proprietorship', 'Partnership'] }],
    [16, { taskDates: 'datetime', leadOrigin: 'utm_source', issueDeadline: 'sla_resolution_by', customerTypes: ['Company', 'Individual', 'Partnership'] }],
  ] as const)('[erp-37] version %i is told by its forms', async (release, features) => {
    const it = await another({ release });
    expect(await it.erp.features()).toEqual(features);
    expect(it.world.calls.some(({ path }) => /get_versions/.test(path))).toBe(false);
  });
});

describe('files', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 255, 45, 45]);
  onSandbox('[erp-39] a file arrives byte for byte, private, attached; the same content again is the same file', async () => {
    const name = await customer(b);
    const file = { doctype: 'Customer', name, fileName: '../côté "nord".png', content: png };
    const first = await b.erp.files.upload(file);
    expect(first).toMatchObject({ fileName: 'côté nord.png', isPrivate: true, bytes: png.length, created: true });
    expect(b.site.docs('File').find((row) => row.name === first.name)).toMatchObject({ attached_to_doctype: 'Customer', attached_to_name: name, is_private: 1 });
    const held = await fetch(`${b.url}${encodeURI(first.url)}`, { headers: { authorization: authorization(erpnextKeys.runtime.key, erpnextKeys.runtime.secret) } });
    expect(new Uint8Array(await held.arrayBuffer())).toEqual(png);
    expect((await fetch(`${b.url}${encodeURI(first.url)}`)).status).toBe(403);
    const posts = calls(/upload_file$/);
    expect(await b.erp.files.upload(file)).toMatchObject({ name: first.name, created: false });
    expect([calls(/upload_file$/) - posts, await b.erp.files.list('Customer', name)]).toEqual([0, [expect.objectContaining({ name: first.name })]]);
  });
  test('[erp-39] what is too large, empty or nameless is refused before anything is sent', async () => {
    const sent = b.sent.length;
    const file = { doctype: 'Customer', name: 'X', fileName: 'a.png', content: png };
    for (const bad of [{ ...file, maxBytes: 8 }, { ...file, content: new Uint8Array() }, { ...file, fileName: '../' }, { ...file, name: '' }]) expect(await failure(b.erp.files.upload(bad))).toMatchObject({ kind: 'rejectedInput', outcome: 'notApplied' });
    expect(b.sent.length).toBe(sent);
  });
  onSandbox('[erp-39] a lost reply is looked up; a document that is not there is told', async () => {
    const name = await customer(b);
    b.world.inject({ system: 'erpnext', method: 'POST', path: 'upload_file$', kind: 'resetAfter' });
    await b.erp.files.upload({ doctype: 'Customer', name, fileName: 'a.png', content: png });
    expect(await b.erp.files.list('Customer', name)).toHaveLength(1);
    b.world.inject({ system: 'erpnext', method: 'POST', path: 'upload_file$', kind: 'resetBefore' });
    expect(await failure(b.erp.files.upload({ doctype: 'Customer', name, fileName: 'b.png', content: new Uint8Array([1]) }))).toMatchObject({ outcome: 'unknown' });
    expect(await failure(b.erp.files.upload({ doctype: 'Customer', name: 'NOBODY', fileName: 'a.png', content: png }))).toMatchObject({ kind: 'notFound' });
  });
});

describe('reports, workflows and comments', () => {
  onSandbox('a report gives rows by field name, its sums apart, and is read by GET', async () => {
    const who = await customer(b);
    await b.erp.documents.ensure('Sales Invoice', b.key('inv'), invoice(who, 99.95), { submit: true });
    const { rows, total, columns } = await b.erp.report('Accounts Receivable', { company: 'Gigafibre', party: [who] });
    expect(rows).toMatchObject([{ party: who, outstanding: 114.92 }]);
    expect(total).toMatchObject({ party: 'Total', outstanding: 114.92 });
    expect(columns[0]).toEqual({ fieldname: 'party', label: 'Customer', fieldtype: 'Link' });
    expect(b.sent.at(-1)).toMatchObject({ method: 'GET' });
    expect(await failure(b.erp.report('No Such'))).toMatchObject({ kind: 'notFound' });
    expect(await failure(b.erp.report('Accounts Receivable'))).toMatchObject({ kind: 'rejectedInput' });
  });
  onSandbox('a document moves along its workflow, or is refused', async () => {
    const it = await another();
    it.site.put('Workflow', { workflow_name: 'Location', document_type: 'Service Location', is_active: 1, workflow_state_field: 'status', transitions: [{ state: 'Pending Install', action: 'Activate', next_state: 'Active', allowed: 'Leadlight Integration' }] });
    const { name } = it.site.put('Service Location', { address_line: '1 rue A', city: 'X', connection_type: 'FTTH' });
    expect((await it.erp.documents.applyWorkflow('Service Location', name, 'Activate'))['status']).toBe('Active');
    expect(await failure(it.erp.documents.applyWorkflow('Service Location', name, 'Activate'))).toMatchObject({ kind: 'rejectedInput', detail: { excType: 'WorkflowTransitionError' } });
  });
  onSandbox('a comment is made once', async () => {
    const name = await customer(b);
    const first = await b.erp.documents.comment('Customer', name, 'Port 0/1/5 <activated> & tested');
    expect([first.created, await b.erp.documents.comment('Customer', name, 'Port 0/1/5 <activated> & tested')]).toEqual([true, { name: first.name, created: false }]);
    expect(await failure(b.erp.documents.comment('Customer', 'NOBODY', 'x'))).toMatchObject({ kind: 'notFound' });
  });
});

describe('cancellation', () => {
  const admin = () => axiosSend({ baseUrl: b.url, headers: { authorization: authorization(erpnextKeys.runtime.key, erpnextKeys.runtime.secret) } });
  onSandbox('[erp-40] a write that was sent ends unknown, a read and one not sent do not; nothing is repeated', async () => {
    const stop = new AbortController();
    let sent = 0;
    const hanging: Send = async (request) => {
      sent += 1;
      if (request.method !== 'POST') return admin()(request);
      stop.abort();
      return new Promise(() => {});
    };
    const erp = erpnext(hanging, b.world.clock, { signal: stop.signal });
    expect(await failure(erp.documents.ensure('Customer', b.key('customer'), person(1)))).toMatchObject({ kind: 'timedOut', outcome: 'unknown', detail: { cancelled: true } });
    expect(sent).toBe(2);
    expect(await failure(erp.documents.create('Customer', person(1)))).toMatchObject({ outcome: 'notApplied', detail: { cancelled: true } });
    expect(sent).toBe(2);
    const reading = new AbortController();
    const read = erpnext(async () => (reading.abort(), new Promise(() => {})), b.world.clock, { signal: reading.signal });
    expect(await failure(read.whoami())).toMatchObject({ outcome: 'notApplied', detail: { cancelled: true } });
  });
  onSandbox('[erp-40] a wait between two attempts is cut short', async () => {
    const stop = new AbortController();
    b.world.inject({ system: 'erpnext', method: 'GET', path: '/Item', kind: 'status', status: 429, body: { exc_type: 'TooManyRequestsError' }, times: 9 } as never);
    const erp = erpnext(admin(), { now: b.world.clock.now.bind(b.world.clock), sleep: () => (stop.abort(), new Promise(() => {})) }, { signal: stop.signal });
    expect(await failure(erp.documents.list('Item'))).toMatchObject({ detail: { cancelled: true } });
  });
});
