// One document per key, whatever the network does (erp.md 1.11; section 8, 11 to 14 and 22 to 27).
import { serverMessages } from '../src/index.ts';
import { bench, customer, failure, onSandbox, person, type Bench } from './site.ts';

let b: Bench;
beforeAll(async () => { b = await bench(); });
afterAll(() => b.close());
beforeEach(() => b.world.clearFaults());
const fault = (more: object) => b.world.inject({ system: 'erpnext', method: 'POST', path: '/Customer$', kind: 'status', ...more } as never);
const posts = () => b.world.calls.filter((call) => call.method === 'POST' && call.path.endsWith('/Customer')).length;
const held = (key: string) => b.erp.documents.count('Customer', [['leadlight_id', '=', key]]);
const refusal = (exc_type: string, message = 'no') => ({ exc_type, _server_messages: JSON.stringify([JSON.stringify({ message })]) });

describe('ensure', () => {
  test('[erp-11] [S1-103] twice, and ten times at once, is one document', async () => {
    const key = b.key('customer');
    const first = await b.erp.documents.ensure('Customer', key, person(1));
    const again = await b.erp.documents.ensure('Customer', key, person(1));
    expect([first.created, again.created, again.name]).toEqual([true, false, first.name]);
    const other = b.key('customer');
    const all = await Promise.all(Array.from({ length: 10 }, () => b.erp.documents.ensure('Customer', other, person(2))));
    expect(new Set(all.map((one) => one.name)).size).toBe(1);
    expect(all.filter((one) => one.created)).toHaveLength(1);
    expect(await held(other)).toBe(1);
  });
  onSandbox.each([['resetAfter'], ['htmlAfter'], ['truncate'], ['hangAfter']])('[erp-12] [S1-103] the reply is lost after the commit (%s): the document is found, not made again', async (kind) => {
    const key = b.key('customer');
    const before = posts();
    fault({ kind });
    const { name } = await b.client({ timeoutMs: 300 }).documents.ensure('Customer', key, person(3));
    expect([name, await held(key), posts() - before]).toEqual([expect.stringMatching(/^CUST-/), 1, 1]);
  });
  onSandbox.each([['resetBefore'], ['html'], ['hangBefore']])('[erp-13] [S1-103] the request was lost before (%s): looked for, then made once', async (kind) => {
    const key = b.key('customer');
    const before = posts();
    fault({ kind });
    await b.client({ timeoutMs: 300 }).documents.ensure('Customer', key, person(4));
    expect([await held(key), posts() - before]).toEqual([1, 2]);
  });
  onSandbox('[erp-13] lost twice: given up with the outcome unknown, not repeated for ever', async () => {
    const key = b.key('customer');
    const before = posts();
    fault({ kind: 'resetBefore', times: 9 });
    expect(await failure(b.erp.documents.ensure('Customer', key, person(4)))).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    expect(posts() - before).toBe(2);
  });
  onSandbox('[erp-13] a plain create is never repeated by itself', async () => {
    const before = posts();
    fault({ kind: 'resetAfter' });
    expect(await failure(b.erp.documents.create('Customer', person(5)))).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    expect(posts() - before).toBe(1);
  });
  test('[erp-14] the same key with another customer is drift: named, nothing overwritten', async () => {
    const [one, two] = [await customer(b), await customer(b)];
    const key = b.key('location');
    const fields = { address_line: '1 rue A', city: 'X', connection_type: 'FTTH' };
    const { name } = await b.erp.documents.ensure('Service Location', key, { ...fields, customer: one });
    expect(await failure(b.erp.documents.ensure('Service Location', key, { ...fields, customer: two }))).toMatchObject({ kind: 'conflict', outcome: 'notApplied', detail: { name, drift: ['customer'] } });
    expect((await b.erp.documents.get('Service Location', name))['customer']).toBe(one);
    expect((await b.erp.documents.ensure('Service Location', key, { ...fields, city: 'Y', customer: one })).doc['city']).toBe('X');
    expect(await failure(b.erp.documents.ensure('Service Location', key, { ...fields, city: 'Y', customer: one }, { critical: ['city'] }))).toMatchObject({ detail: { drift: ['city'] } });
  });
  test('[erp-10] an e-mail that is taken is surfaced, or the lead that has it reused', async () => {
    const email_id = `${b.key('x').replace(/\W/g, '')}@example.ca`;
    const lead = { first_name: 'Marie', last_name: 'Roy', email_id, interest: 'Fibre Waitlist', city: 'Ormstown' };
    const { name } = await b.erp.documents.ensure('Lead', b.key('wl'), lead);
    const second = b.key('wl');
    expect(await failure(b.erp.documents.ensure('Lead', second, lead))).toMatchObject({ kind: 'conflict', status: 409 });
    expect(await b.erp.documents.ensure('Lead', second, lead, { reuse: [['email_id', '=', email_id]] })).toMatchObject({ name, created: false });
  });
  test('a business request is an Issue that points at its Lead', async () => {
    const { name } = await b.erp.documents.ensure('Lead', b.key('lead'), { company_name: 'Atelier X', interest: 'Business Fibre', market_segment: null });
    const issue = await b.erp.documents.ensure('Issue', b.key('issue'), { subject: 'Soumission fibre entreprise - 12 rue X', lead: name, priority: 'High' });
    expect(issue.doc).toMatchObject({ status: 'Open', lead: name });
  });
});

describe('refusals and repeats', () => {
  test('[erp-22] messages are decoded twice and freed of HTML; what is malformed is kept', () => {
    const wrapped = (...list: unknown[]) => ({ _server_messages: JSON.stringify(list) });
    expect(serverMessages(wrapped(JSON.stringify({ message: '<b>Client</b> introuvable&nbsp;: d&#39;ici<br>fin' })))).toEqual(["Client introuvable : d'ici fin"]);
    expect(serverMessages({ _server_messages: 'not json <i>x</i>' })).toEqual(['not json x']);
    expect(serverMessages(wrapped('{broken', 5))).toEqual(['{broken', '5']);
    expect(serverMessages({})).toEqual([]);
  });
  onSandbox('[erp-22] messages on a success are warnings', async () => {
    fault({ status: 200, body: { data: { name: 'CUST-1', modified: 'x', docstatus: 0, customer_name: 'A' }, _server_messages: JSON.stringify([JSON.stringify({ message: 'Crédit dépassé' })]) } });
    expect((await b.erp.documents.create('Customer', { customer_name: 'A' })).warnings).toEqual(['Crédit dépassé']);
  });
  onSandbox('[erp-8] a success without its document is an unexpected reply of unknown outcome', async () => {
    fault({ status: 200, body: {} });
    expect(await failure(b.erp.documents.create('Customer', person(1)))).toMatchObject({ kind: 'unexpectedReply', outcome: 'unknown' });
  });
  onSandbox('[erp-23] with tracebacks off the classes stay the same', async () => {
    b.site.configure('System Settings', 'allow_error_traceback', 0);
    const blank = await failure(b.erp.documents.create('Service Location', { connection_type: 'FTTH' }));
    b.site.configure('System Settings', 'allow_error_traceback', 1);
    expect(blank).toMatchObject({ kind: 'rejectedInput', detail: { excType: 'MandatoryError', messages: [expect.stringContaining('Address Line')] } });
    expect(blank.detail?.['fields']).toBeUndefined();
  });
  onSandbox.each([[502, 'unavailable', 'unknown'], [504, 'unavailable', 'unknown'], [413, 'rejectedInput', 'notApplied'], [404, 'unexpectedReply', 'notApplied'], [405, 'unexpectedReply', 'notApplied']])('[erp-24] an HTML %i is %s, outcome %s, never a parse crash', async (status, kind, outcome) => {
    fault({ kind: 'html', status });
    expect(await failure(b.erp.documents.create('Customer', person(1)))).toMatchObject({ kind, status, outcome });
  });
  onSandbox('[erp-24] a site in maintenance is unavailable after patience, and a login page is no site', async () => {
    fault({ method: 'GET', path: '/Item', kind: 'html', status: 503, times: 99 });
    expect(await failure(b.erp.documents.list('Item'))).toMatchObject({ kind: 'unavailable', status: 503 });
    b.world.clearFaults();
    fault({ method: 'GET', path: '/Item', kind: 'html', status: 200 });
    expect(await failure(b.erp.documents.list('Item'))).toMatchObject({ kind: 'unexpectedReply' });
  });
  onSandbox('[erp-24] what was sent about a person does not come back in the error', async () => {
    fault({ status: 417, body: refusal('ValidationError', 'Jean Tremblay (+1 514 555-0123, jean@example.ca) of <b>12 rue des Lilas</b> is not valid; hunter2') });
    const error = await failure(b.erp.documents.create('Customer', { customer_name: 'Jean Tremblay', address_line1: '12 rue des Lilas', sip_password: 'hunter2' }));
    expect(JSON.stringify(error)).not.toMatch(/Tremblay|514|jean@|Lilas|hunter2/);
    expect(error.message).toContain('is not valid');
  });
  onSandbox('[erp-25] 429 waits what it is told, else longer each time, and gives up', async () => {
    const limited = { status: 429, body: refusal('TooManyRequestsError') };
    const started = b.world.clock.ms;
    fault({ ...limited, times: 2 });
    await b.erp.documents.ensure('Customer', b.key('customer'), person(6));
    expect(b.world.clock.ms - started).toBe(500 + 1000);
    fault({ ...limited, times: 99 });
    expect(await failure(b.erp.documents.create('Customer', person(6)))).toMatchObject({ kind: 'rateLimited', outcome: 'notApplied' });
  });
  onSandbox.each([[500, 'QueryDeadlockError'], [500, 'QueryTimeoutError'], [417, 'DocumentLockedError']])('[erp-26] %i %s is repeated for ensure, not for a plain create', async (status, excType) => {
    fault({ status, body: refusal(excType), times: 2 });
    expect((await b.erp.documents.ensure('Customer', b.key('customer'), person(7))).created).toBe(true);
    fault({ status, body: refusal(excType) });
    expect(await failure(b.erp.documents.create('Customer', person(7)))).toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
  });
  onSandbox('[erp-26] a plain 500 is not repeated', async () => {
    const before = posts();
    fault({ status: 500, body: refusal('ImportError') });
    expect(await failure(b.erp.documents.ensure('Customer', b.key('customer'), person(8)))).toMatchObject({ kind: 'unexpectedReply', status: 500 });
    expect(posts() - before).toBe(1);
  });
  onSandbox.each([['SessionStopped'], ['InReadOnlyMode'], ['QueueOverloaded']])('[erp-27] 503 %s is waited out, then unavailable', async (excType) => {
    fault({ status: 503, body: refusal(excType), times: 3 });
    expect((await b.erp.documents.create('Customer', person(9))).doc.name).toMatch(/^CUST-/);
    fault({ status: 503, body: refusal(excType), times: 99 });
    expect(await failure(b.erp.documents.create('Customer', person(9)))).toMatchObject({ kind: 'unavailable', status: 503 });
  });
  onSandbox('[erp-18] a submit whose reply is lost is read back, not repeated', async () => {
    const { name } = await b.erp.documents.ensure('Payment Entry', b.key('pay'), await prepaid(b));
    for (const kind of ['resetAfter', 'htmlAfter']) {
      b.world.inject({ system: 'erpnext', method: 'PUT', path: 'Payment Entry', kind: kind as 'resetAfter' });
      expect((await b.erp.documents[kind === 'resetAfter' ? 'submit' : 'cancel']('Payment Entry', name)).docstatus).toBe(kind === 'resetAfter' ? 1 : 2);
    }
  });
});

async function prepaid(at: Bench) {
  return { payment_type: 'Receive', party_type: 'Customer', party: await customer(at), company: 'Gigafibre', mode_of_payment: 'Stripe', paid_from: 'Debtors - GF', paid_to: 'Stripe Clearing - GF', paid_amount: 10, received_amount: 10, reference_no: 'pi_1', reference_date: '2026-04-01' };
}
