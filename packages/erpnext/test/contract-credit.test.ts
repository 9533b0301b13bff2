// Credit notes to the cent (erp.md 2.8, 2.9; section 8, 31): ERPNext checks little of a return, so the client does.
import { money } from '../../../core/src/index.ts';
import type { ErpnextSaved } from '../../sandbox/src/erpnext/index.ts';
import { bench, customer, failure, invoice, onSandbox, type Bench } from './site.ts';

let b: Bench;
beforeAll(async () => { b = await bench(); });
afterAll(() => b.close());
beforeEach(() => b.world?.clearFaults());
const cad = (minor: number) => money(minor, 'CAD');
const bill = async (who: string, rate = 99.95, total = 11492) => (await b.erp.documents.ensure('Sales Invoice', b.key('inv'), invoice(who, rate), { submit: true, totals: { total: cad(total) } })).name;
const back = (who: string, rate: number, more: object = {}) => invoice(who, rate, { posting_date: '2026-04-16', due_date: '2026-04-16', items: [{ item_code: 'FTTH150I', qty: -1, rate, description: 'FTTH150I' }], ...more });
/** Half a month: 49.98 and its taxes of 2.50 and 4.99. */
const half = (who: string, against: string, key = b.key('credit'), more: object = {}) => b.erp.invoices.credit(key, against, back(who, 49.98, more), { totals: { total: cad(-5747), tax: cad(-749), net: cad(-4998) } });
const notes = (against: string) => b.erp.documents.list('Sales Invoice', { fields: ['name', 'docstatus'], filters: [['return_against', '=', against], ['docstatus', '=', 1]] });
async function pay(who: string, against: string, amount: number): Promise<void> {
  const pi = b.key('pi').replace(/\W/g, '_');
  await b.erp.documents.ensure('Payment Entry', b.key('pay'), {
    payment_type: 'Receive', party_type: 'Customer', party: who, company: 'Gigafibre', mode_of_payment: 'Stripe', posting_date: '2026-04-10', paid_from: 'Debtors - GF', paid_to: 'Stripe Clearing - GF', paid_amount: amount, received_amount: amount,
    source_exchange_rate: 1, target_exchange_rate: 1, reference_no: pi, reference_date: '2026-04-10', gateway_txn_id: pi, references: [{ reference_doctype: 'Sales Invoice', reference_name: against, allocated_amount: amount }],
  }, { submit: true });
}

test('[erp-31] [S2-056] one per key, in one request, agreed to the cent: the invoice leaves less to pay', async () => {
  const who = await customer(b);
  const against = await bill(who);
  const key = b.key('credit');
  const before = b.sent.length;
  const first = await half(who, against, key);
  expect(first).toMatchObject({ created: true, settles: 'invoice', invoice: { name: against, totalMinor: 11492, creditedMinor: 5747, outstandingMinor: 5745 }, doc: { docstatus: 1, is_return: 1, return_against: against, grand_total: -57.47, total_taxes_and_charges: -7.49, rounded_total: 0, outstanding_amount: 0 } });
  expect(b.sent.slice(before).filter(({ method, path }) => method !== 'GET' && !path.includes('get_list'))).toHaveLength(1);
  expect(await half(who, against, key)).toMatchObject({ created: false, name: first.name, settles: 'invoice', invoice: { creditedMinor: 5747, outstandingMinor: 5745 } });
  expect(await notes(against)).toHaveLength(1);
});

test('[erp-31] [S2-093] of a paid invoice it is the customer’s credit, and a refund settles it', async () => {
  const who = await customer(b);
  const against = await bill(who);
  await pay(who, against, 114.92);
  const note = await half(who, against);
  expect(note).toMatchObject({ settles: 'customer', doc: { outstanding_amount: -57.47, update_outstanding_for_self: 1 }, invoice: { outstandingMinor: 0, creditedMinor: 5747 } });
  // What ERPNext remarks about it reaches the caller.
  expect(note.warnings).toEqual(expect.arrayContaining([expect.stringContaining('Credit Note is made against')]));
  const prepared = (await b.erp.call('erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry', { dt: 'Sales Invoice', dn: note.name, bank_account: 'Stripe Clearing - GF' })) as Record<string, never>;
  expect(prepared).toMatchObject({ payment_type: 'Pay', paid_amount: 57.47 });
  await b.erp.documents.ensure('Payment Entry', b.key('refund'), { ...prepared, reference_no: 're_1', reference_date: '2026-04-17', gateway_txn_id: b.key('re') }, { submit: true });
  expect(await b.erp.invoices.balance(note.name)).toMatchObject({ isReturn: true, outstandingMinor: 0 });
});

test('[S2-093] never more than is left of the invoice, however it is cut', async () => {
  const who = await customer(b);
  const against = await bill(who);
  await half(who, against);
  expect(await failure(b.erp.invoices.credit(b.key('credit'), against, back(who, 99.95), { totals: { total: cad(-11492) } }))).toMatchObject({ kind: 'conflict', outcome: 'notApplied', detail: { leftMinor: 5745, creditMinor: 11492 } });
  expect(await failure(half(who, against))).toMatchObject({ kind: 'conflict', detail: { leftMinor: 5745, creditMinor: 5747 } });
  // The rest to the cent: nothing is left to pay, and ERPNext says by what.
  const rest = await b.erp.invoices.credit(b.key('credit'), against, back(who, 49.97), { totals: { total: cad(-5745) } });
  expect(rest).toMatchObject({ settles: 'invoice', invoice: { outstandingMinor: 0, creditedMinor: 11492, status: 'Credit Note Issued' } });
  expect(await notes(against)).toHaveLength(2);
});

onSandbox('[S2-093] two at once that are more than the invoice together: one stands, one is taken back (sandbox only: its own site is raced)', async () => {
  const who = await customer(b);
  const against = await bill(who);
  const whole = () => b.erp.invoices.credit(b.key('credit'), against, back(who, 99.95), { totals: { total: cad(-11492) } });
  const outcomes = await Promise.allSettled([whole(), whole(), whole()]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of outcomes) if (one.status === 'rejected') expect(one.reason).toMatchObject({ kind: 'conflict', outcome: 'notApplied' });
  expect([(await notes(against)).length, (await b.erp.invoices.balance(against)).outstandingMinor]).toEqual([1, 0]);
});

onSandbox.each([['resetAfter'], ['htmlAfter'], ['truncate'], ['resetBefore']])('[erp-12] [S1-103] a lost reply (%s) is looked up: one credit note (sandbox only: a planted fault)', async (kind) => {
  const who = await customer(b);
  const against = await bill(who);
  b.world.inject({ system: 'erpnext', method: 'POST', path: 'Sales Invoice$', kind: kind as 'resetAfter' });
  expect(await half(who, against)).toMatchObject({ settles: 'invoice', invoice: { creditedMinor: 5747, outstandingMinor: 5745 } });
  expect(await notes(against)).toHaveLength(1);
});

test('[erp-31] one that comes back with other amounts is cancelled, and the invoice owes what it owed', async () => {
  const who = await customer(b);
  const against = await bill(who);
  const error = await failure(half(who, against, b.key('credit'), { taxes: [], taxes_and_charges: 'QC TPS+TVQ - GF' }));
  expect(error).toMatchObject({ kind: 'unexpectedReply', outcome: 'notApplied', detail: { cancelled: true, differences: ['grand_total is -49.98, not -57.47', 'total_taxes_and_charges is 0.00, not -7.49'] } });
  expect(await b.erp.invoices.balance(against)).toMatchObject({ outstandingMinor: 11492, creditedMinor: 0 });
});
onSandbox('[erp-31] a site that rounds to even is a cent off on a tie: cancelled (sandbox only: a setting)', async () => {
  const who = await customer(b);
  const against = await bill(who);
  b.site.configure('System Settings', 'rounding_method', "Banker's Rounding");
  const error = await failure(b.erp.invoices.credit(b.key('credit'), against, back(who, 50.1), { totals: { total: cad(-5761) } }));
  b.site.configure('System Settings', 'rounding_method', 'Commercial Rounding');
  expect(error.detail?.['differences']).toEqual(['grand_total is -57.60, not -57.61']);
});
onSandbox('[erp-31] a credit that the invoice does not show is taken back (sandbox only: a colleague at the same moment)', async () => {
  const who = await customer(b);
  const against = await bill(who);
  // Between the note and its reading back somebody puts the balance of the invoice where it was.
  let armed = true;
  b.world.on<ErpnextSaved>('erpnext.saved', ({ doctype, event }) => {
    if (!armed || doctype !== 'Sales Invoice' || event !== 'on_submit') return;
    armed = false;
    b.site.patch('Sales Invoice', against, { outstanding_amount: 114.92 });
  });
  const error = await failure(half(who, against));
  expect(error).toMatchObject({ kind: 'unexpectedReply', detail: { cancelled: true, differences: ['outstanding_amount of the invoice is 114.92'] } });
  expect(await notes(against)).toHaveLength(0);
});

test('[S2-093] what cannot be credited is told before anything is written', async () => {
  const [who, other] = [await customer(b), await customer(b)];
  const against = await bill(who);
  const credit = (of: string, fields: object, total = cad(-5747)) => failure(b.erp.invoices.credit(b.key('credit'), of, fields as never, { totals: { total } }));
  const posts = b.sent.filter(({ method }) => method === 'POST').length;
  expect(await credit('NO-SUCH', back(who, 49.98))).toMatchObject({ kind: 'notFound' });
  expect(await credit(against, back(other, 49.98))).toMatchObject({ kind: 'rejectedInput', detail: { field: 'customer' } });
  expect(await credit(against, back(who, 49.98), money(-5747, 'USD'))).toMatchObject({ kind: 'rejectedInput', detail: { field: 'currency' } });
  expect(await credit(against, back(who, 49.98, { posting_date: '2026-04-08' }))).toMatchObject({ kind: 'rejectedInput', detail: { field: 'posting_date' } });
  expect(await credit(against, back(who, 49.98, { items: [{ item_code: 'FTTH150I', qty: 1, rate: 49.98 }] }))).toMatchObject({ kind: 'rejectedInput', detail: { field: 'items[0].qty' } });
  expect(await credit(against, back(who, 49.98, { items: [] }))).toMatchObject({ kind: 'rejectedInput', detail: { field: 'items' } });
  expect(await credit(against, back(who, 49.98), cad(5747))).toMatchObject({ kind: 'rejectedInput' });
  expect(b.sent.filter(({ method }) => method === 'POST').length).toBe(posts);
});

test('[erp-18] a draft or cancelled invoice is not credited; a credited one is not cancelled; a credit note is not credited', async () => {
  const who = await customer(b);
  const { doc: draft } = await b.erp.documents.create('Sales Invoice', invoice(who, 99.95));
  expect(await failure(half(who, draft.name))).toMatchObject({ kind: 'conflict', detail: { state: 'draft' } });
  const gone = await bill(who);
  await b.erp.documents.cancel('Sales Invoice', gone);
  expect(await failure(half(who, gone))).toMatchObject({ kind: 'conflict', detail: { state: 'cancelled' } });
  const against = await bill(who);
  const { name } = await half(who, against);
  expect(await failure(b.erp.documents.cancel('Sales Invoice', against))).toMatchObject({ kind: 'rejectedInput', detail: { excType: 'LinkExistsError' } });
  expect(await failure(half(who, name))).toMatchObject({ kind: 'rejectedInput', message: expect.stringContaining('not credited itself') });
  await b.erp.documents.cancel('Sales Invoice', name);
  expect(await b.erp.invoices.balance(against)).toMatchObject({ outstandingMinor: 11492, creditedMinor: 0 });
});

test('[erp-31] on the day of its invoice it is of the same minute, whenever it is written', async () => {
  const who = await customer(b);
  const against = await bill(who);
  // The next day, but earlier in it: ERPNext compares the minutes too.
  b.world.clock.advance(20 * 3_600_000);
  expect(await half(who, against, b.key('credit'), { posting_date: '2026-04-09', due_date: '2026-04-09' })).toMatchObject({ created: true, doc: { posting_date: '2026-04-09' } });
});
