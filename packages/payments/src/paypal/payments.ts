import { accept, isVendorError, refuse, VendorError, type Decision, type Refused } from '../../../../core/src/index.ts';
import { judgeOwner, judgePayment, judgeRefund, notPayable, type ExpectedPayment, type PaymentRefusalCode, type PaymentView } from '../judge.ts';
import type { PaymentCommand, PaymentPort, Settlement } from '../port.ts';
import { settle } from '../settle.ts';
import { paypalAmount } from './amount.ts';
import { refundsOf, viewOfOrder, type Order } from './order.ts';
import { requestId } from './requestId.ts';
import { paypalWire, type PaypalOptions } from './wire.ts';

const issueIn = (error: unknown): string => (isVendorError(error) ? String(error.detail?.['code'] ?? '') : '');
const seg = encodeURIComponent;

export interface PaypalPayments extends PaymentPort {
  /** Makes the order the customer approves on PayPal's page. The same order and amount again is the same PayPal order. */
  create(order: Omit<ExpectedPayment, 'paymentIntent'> & { readonly attempt?: number; readonly returnUrl?: string; readonly cancelUrl?: string }): Promise<Decision<{ readonly view: PaymentView; readonly approveUrl: string }, PaymentRefusalCode>>;
}

/**
 * One PayPal account behind the payments port (erp.md 6.2): an order that the customer approved is captured once; `ORDER_ALREADY_CAPTURED`
 * is settled by reading. PayPal holds nothing before the capture, so letting go is a matter of our ledger alone.
 * @example const paypal = paypalPayments({ send: axiosSend({ baseUrl: 'https://api-m.sandbox.paypal.com' }), clock, clientId, clientSecret });
 */
export function paypalPayments(options: PaypalOptions): PaypalPayments {
  const call = paypalWire(options);
  const { clock, live = false } = options;
  const path = (id: string): string => `/v2/checkout/orders/${seg(id)}`;
  const unknown = (): Refused<'paymentUnknown'> => refuse('paymentUnknown', 'PayPal does not know this order.', { path: 'paymentIntent', hint: 'Orders lapse some hours after they were made; are the order and the keys of the same account?' });

  async function read(paymentIntent: string): Promise<Order | undefined> {
    if (!/^[A-Z0-9]{8,36}$/.test(paymentIntent)) return undefined;
    try {
      return (await call('orders.get', { method: 'GET', path: path(paymentIntent) })).body as unknown as Order;
    } catch (error) {
      if (isVendorError(error) && error.kind === 'notFound') return undefined;
      throw error;
    }
  }
  async function retrieve(paymentIntent: string): Promise<PaymentView | Refused<'paymentUnknown'>> {
    const order = await read(paymentIntent);
    return order ? viewOfOrder(order, live) : unknown();
  }
  async function verify(expected: ExpectedPayment): Promise<Decision<PaymentView, PaymentRefusalCode>> {
    const view = await retrieve(expected.paymentIntent);
    return 'type' in view ? view : judgePayment(view, expected, live);
  }
  const unread = (operation: string): never => {
    throw new VendorError({ vendor: 'paypal', operation, kind: 'unexpectedReply', outcome: 'unknown', message: `PayPal accepted ${operation}, but reading it back shows nothing.`, hint: 'See the order in the PayPal account.' });
  };

  return {
    provider: 'paypal',
    retrieve,
    verify,

    async create({ orderId, amountMinor, currency, attempt = 1, returnUrl, cancelUrl }) {
      const amount = paypalAmount(amountMinor, currency);
      if (!amount) return refuse('currencyMismatch', `PayPal takes no payments in ${currency} here.`, { path: 'currency', hint: 'Use a currency with two decimals that PayPal supports, or another provider.' });
      if (amountMinor < 1) return refuse('amountMismatch', 'A payment is at least one minor unit.', { path: 'amountMinor', hint: 'Price the order first.' });
      const made = (await call('orders.create', {
        method: 'POST', path: '/v2/checkout/orders', headers: { ...requestId('create', orderId, amountMinor, currency, attempt), prefer: 'return=representation' },
        body: {
          intent: 'CAPTURE', purchase_units: [{ reference_id: 'default', custom_id: orderId, invoice_id: orderId, amount }],
          ...(returnUrl && cancelUrl ? { payment_source: { paypal: { experience_context: { return_url: returnUrl, cancel_url: cancelUrl, shipping_preference: 'NO_SHIPPING', user_action: 'PAY_NOW' } } } } : {}),
        },
      })).body as unknown as Order;
      const order = await read(made.id);
      const view = order ? viewOfOrder(order, live) : unknown();
      if ('type' in view) return view;
      const approveUrl = order!.links?.find(({ rel }) => rel === 'approve' || rel === 'payer-action')?.href ?? '';
      return accept({ view, approveUrl }, 'it was read back');
    },

    async bind(expected: ExpectedPayment): Promise<PaymentView> {
      const order = await read(expected.paymentIntent);
      // A completed order cannot be changed; the ledger alone holds whose it is.
      if (order && order.status !== 'COMPLETED') {
        const unit = `/purchase_units/@reference_id=='${order.purchase_units?.[0]?.reference_id ?? 'default'}'/custom_id`;
        await call('orders.bind', { method: 'PATCH', path: path(expected.paymentIntent), body: [{ op: 'add', path: unit, value: expected.orderId }] });
      }
      const view = await retrieve(expected.paymentIntent);
      return 'type' in view ? unread('orders.bind') : view;
    },

    async capture(command: PaymentCommand): Promise<Settlement> {
      const before = await verify(command);
      if (before.type === 'refused') return before;
      if (before.value.status === 'succeeded') return accept({ view: before.value, repeated: true }, 'it had been captured before');
      const observe = async (): Promise<Settlement | undefined> => {
        const view = await retrieve(command.paymentIntent);
        if ('type' in view) return view;
        if (view.status === 'requires_capture') return undefined;
        const judged = judgePayment(view, command, live);
        return judged.type === 'refused' ? judged : accept({ view, repeated: false }, 'it was read back as captured');
      };
      const write = async (group: number): Promise<Settlement | undefined> => {
        try {
          await call('orders.capture', { method: 'POST', path: `${path(command.paymentIntent)}/capture`, headers: { ...requestId('capture', command.orderId, command.paymentIntent, group), prefer: 'return=representation', 'content-type': 'application/json' } });
        } catch (error) {
          const issue = issueIn(error);
          if (issue === 'INSTRUMENT_DECLINED') return refuse('declined', 'PayPal could not take the money from what the customer chose.', { hint: 'Send the customer back to PayPal to choose another way to pay.', facts: { declineCode: 'instrument_declined', action: 'updateCard', customerReason: 'instrument_declined' } });
          if (issue === 'ORDER_NOT_APPROVED') return notPayable(before.value, 'The customer has not approved the payment.', 'Send the customer to the approval page.');
          if (issue === 'DUPLICATE_INVOICE_ID') return refuse('orderMismatch', 'PayPal has another payment for this order.', { path: 'orderId', hint: 'Look for it in the PayPal account; nobody pays an order twice.' });
          if (issue !== 'ORDER_ALREADY_CAPTURED') throw error;
        }
        return observe();
      };
      return (await settle({ write, observe, clock, group: command.group ?? 1, freshKey: false })) ?? unread('orders.capture');
    },

    async cancel(command: PaymentCommand): Promise<Settlement> {
      const view = await retrieve(command.paymentIntent);
      if ('type' in view) return view;
      const other = judgeOwner(view, command);
      if (other) return other;
      if (view.status === 'succeeded' || view.status === 'processing') return notPayable(view, 'The payment was captured.', 'Refund it instead.');
      return accept({ view: { ...view, status: 'canceled' }, repeated: view.status === 'canceled' }, 'PayPal holds no money before the capture; the ledger will not capture it');
    },

    async refund(command: PaymentCommand & { readonly reference: string }): Promise<Settlement> {
      const marker = requestId('refund', command.orderId, command.reference)['paypal-request-id'];
      const find = async (repeated: boolean): Promise<Settlement | undefined> => {
        const order = await read(command.paymentIntent);
        const view = order && viewOfOrder(order, live);
        const mine = order && refundsOf(order).find((refund) => refund.custom_id === marker && refund.status !== 'FAILED' && refund.status !== 'CANCELLED');
        if (!mine || !view || 'type' in view) return undefined;
        return accept({ view, repeated, refund: { id: mine.id, status: mine.status === 'COMPLETED' ? 'succeeded' : 'pending', amountMinor: command.amountMinor } }, repeated ? 'it had been refunded before' : 'the refund was read back');
      };
      const before = await retrieve(command.paymentIntent);
      if ('type' in before) return before;
      const other = judgeOwner(before, command);
      if (other) return other;
      const found = await find(true);
      if (found) return found;
      const refused = judgeRefund(before, command);
      if (refused) return refused;
      const write = async (group: number): Promise<Settlement | undefined> => {
        try {
          await call('captures.refund', {
            method: 'POST', path: `/v2/payments/captures/${seg(before.chargeId!)}/refund`, headers: { ...requestId('refund', command.orderId, command.paymentIntent, command.reference, group), prefer: 'return=representation' },
            body: { amount: paypalAmount(command.amountMinor, command.currency), custom_id: marker },
          });
        } catch (error) {
          const issue = issueIn(error);
          if (issue === 'REFUND_AMOUNT_EXCEEDED' || issue === 'CAPTURE_FULLY_REFUNDED') return refuse('amountMismatch', 'The refund is more than what is left of the payment.', { path: 'amountMinor', hint: 'Read the payment again: another refund was made meanwhile.' });
          throw error;
        }
        return find(false);
      };
      return (await settle({ write, observe: () => find(false), clock, group: command.group ?? 1, freshKey: false })) ?? unread('captures.refund');
    },
  };
}
