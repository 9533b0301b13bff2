import { accept, addDays, deriveId, isCivilDate, refuse, type CivilDate, type Clock, type Decision, type Refused } from '../../../core/src/index.ts';
import { judgeOwner, notPayable, type ExpectedPayment, type PaymentRefusalCode, type PaymentView } from './judge.ts';
import type { LedgerParts } from './ledger.ts';
import type { PaymentCommand, PaymentPort, Settlement } from './port.ts';

export interface TermsRequest { readonly orderId: string; readonly amountMinor: number; readonly currency: string; readonly netDays: number; readonly invoicedOn: CivilDate }
export interface Terms { readonly paymentIntent: string; readonly amountMinor: number; readonly currency: string; readonly netDays: number; readonly invoicedOn: CivilDate; readonly dueOn: CivilDate; readonly repeated: boolean }
interface Row { readonly reference: string; readonly order_id: string; readonly amount_minor: number; readonly currency: string; readonly net_days: number; readonly invoiced_on: string; readonly due_on: string; readonly cancelled: boolean }
export interface InvoiceTerms extends PaymentPort {
  /** Writes down that an order is paid by invoice, and when it is due. */
  record(terms: TermsRequest): Promise<Decision<Terms, PaymentRefusalCode | 'badInput'>>;
}

/**
 * Payment by invoice (Net-30) behind the payments port: it authorises nothing and takes nothing. It records the terms, so that an order may
 * go on and dunning knows the day (S2-090).
 * @example const terms = invoiceTerms({ db, clock }); await terms.record({ orderId: 'ord_1', amountMinor: 500000, currency: 'CAD', netDays: 30, invoicedOn: '2026-04-01' }); // dueOn '2026-05-01'
 */
export function invoiceTerms({ db, clock }: { readonly db: LedgerParts['db']; readonly clock: Clock }): InvoiceTerms {
  const rowOf = async (reference: string): Promise<Row | undefined> => (await db.query<Row>('SELECT * FROM payment_terms WHERE reference = $1', [reference])).rows[0];
  const viewOf = (row: Row): PaymentView => ({ paymentIntent: row.reference, status: row.cancelled ? 'canceled' : 'on_terms', amountMinor: Number(row.amount_minor), capturedMinor: 0, refundedMinor: 0, currency: row.currency, livemode: true, disputed: false, orderId: row.order_id });
  async function retrieve(reference: string): Promise<PaymentView | Refused<'paymentUnknown'>> {
    const row = await rowOf(reference);
    return row ? viewOf(row) : refuse('paymentUnknown', 'No terms are recorded under this name.', { path: 'paymentIntent', hint: 'Record the terms of the order first.' });
  }
  async function verify(expected: ExpectedPayment): Promise<Decision<PaymentView, PaymentRefusalCode>> {
    const view = await retrieve(expected.paymentIntent);
    if ('type' in view) return view;
    const other = judgeOwner(view, expected);
    if (other) return other;
    if (view.currency !== expected.currency.toUpperCase()) return refuse('currencyMismatch', `The terms are in ${view.currency}.`, { path: 'currency', hint: 'Invoice in the currency of the order.' });
    if (view.amountMinor !== expected.amountMinor) return refuse('amountMismatch', 'The terms are of another amount.', { path: 'amountMinor', hint: 'Price the order again and record its terms.', facts: { expectedMinor: expected.amountMinor, agreedMinor: view.amountMinor } });
    return view.status === 'canceled' ? notPayable(view, 'The terms were cancelled.', 'Record new terms or ask for a payment.') : accept(view, 'the order is paid by invoice');
  }
  const seen = async (reference: string): Promise<PaymentView> => viewOf((await rowOf(reference))!);

  return {
    provider: 'invoice',
    retrieve,
    verify,
    async record({ orderId, amountMinor, currency, netDays, invoicedOn }) {
      if (!isCivilDate(invoicedOn) || !Number.isInteger(netDays) || netDays < 0 || netDays > 365) return refuse('badInput', 'Terms are a day and up to 365 days from it.', { path: 'netDays', hint: 'Net-30 is 30.' });
      if (!Number.isSafeInteger(amountMinor) || amountMinor < 1) return refuse('amountMismatch', 'An invoice is at least one minor unit.', { path: 'amountMinor', hint: 'Price the order first.' });
      const reference = deriveId('terms', orderId);
      const made = await db.query(
        'INSERT INTO payment_terms (reference, order_id, amount_minor, currency, net_days, invoiced_on, due_on, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING',
        [reference, orderId, amountMinor, currency, netDays, invoicedOn, addDays(invoicedOn, netDays), clock.now()],
      );
      const row = (await rowOf(reference))!;
      if (Number(row.amount_minor) !== amountMinor || row.currency !== currency || row.net_days !== netDays || row.invoiced_on !== invoicedOn) {
        return refuse(row.currency !== currency ? 'currencyMismatch' : 'amountMismatch', 'This order has other terms.', { path: 'orderId', hint: 'Terms that were agreed do not change; cancel the order and open another.', facts: { amountMinor: Number(row.amount_minor), netDays: row.net_days, invoicedOn: row.invoiced_on } });
      }
      return accept({ paymentIntent: reference, amountMinor, currency, netDays, invoicedOn, dueOn: row.due_on, repeated: made.rowCount === 0 }, `due ${row.due_on}`);
    },
    bind: (expected) => seen(expected.paymentIntent),
    async capture(command: PaymentCommand): Promise<Settlement> {
      const decision = await verify(command);
      return decision.type === 'refused' ? decision : accept({ view: decision.value, repeated: false }, 'nothing is taken: the invoice is due later');
    },
    async cancel(command: PaymentCommand): Promise<Settlement> {
      const before = await retrieve(command.paymentIntent);
      if ('type' in before) return before;
      const other = judgeOwner(before, command);
      if (other) return other;
      await db.query('UPDATE payment_terms SET cancelled = true WHERE reference = $1', [command.paymentIntent]);
      return accept({ view: await seen(command.paymentIntent), repeated: before.status === 'canceled' }, 'the terms are cancelled');
    },
    async refund(command): Promise<Settlement> {
      const before = await retrieve(command.paymentIntent);
      return 'type' in before ? before : notPayable(before, 'Nothing was taken: this order is paid by invoice.', 'Write a credit note in the back office.');
    },
  };
}
