import { refuse, type Refused } from '../../../../core/src/index.ts';
import type { PaymentView } from '../judge.ts';
import { paypalMinor } from './amount.ts';

type Amount = { readonly currency_code?: string; readonly value?: string };
export interface Refunded { readonly id: string; readonly status: string; readonly amount: Amount; readonly custom_id?: string }
export interface Order {
  readonly id: string;
  readonly status: string;
  readonly purchase_units?: readonly {
    readonly reference_id?: string; readonly amount?: Amount; readonly custom_id?: string;
    readonly payments?: { readonly captures?: readonly { readonly id: string; readonly status: string; readonly amount: Amount }[]; readonly refunds?: readonly Refunded[] };
  }[];
  readonly links?: readonly { readonly rel: string; readonly href: string }[];
}

/** A PayPal order in the ledger's words; a currency or amount that cannot be read is no payment. @example viewOfOrder(order, false) */
export function viewOfOrder(order: Order, livemode: boolean): PaymentView | Refused<'paymentUnknown'> {
  const unit = order.purchase_units?.[0];
  const amountMinor = paypalMinor(unit?.amount);
  const capture = unit?.payments?.captures?.at(-1);
  const capturedMinor = capture && !['DECLINED', 'FAILED', 'PENDING'].includes(capture.status) ? paypalMinor(capture.amount) : 0;
  if (Number.isNaN(amountMinor) || Number.isNaN(capturedMinor) || order.purchase_units!.length > 1) {
    return refuse('paymentUnknown', 'This PayPal order cannot be read as one amount.', { path: 'paymentIntent', hint: 'Make orders with one purchase unit, in a currency with whole cents.' });
  }
  const refundedMinor = refundsOf(order).filter(({ status }) => status === 'COMPLETED' || status === 'PENDING').reduce((sum, { amount }) => sum + paypalMinor(amount), 0);
  return {
    paymentIntent: order.id, status: statusOf(order.status, capture?.status), amountMinor, capturedMinor, refundedMinor, currency: String(unit?.amount?.currency_code), livemode, disputed: false,
    ...(unit?.custom_id ? { orderId: unit.custom_id } : {}), ...(capture ? { chargeId: capture.id } : {}),
    ...(capture && ['DECLINED', 'FAILED'].includes(capture.status) ? { declineCode: 'generic_decline' } : {}),
  };
}

/** What was given back of an order. @example refundsOf(order).length */
export const refundsOf = (order: Order): readonly Refunded[] => order.purchase_units?.[0]?.payments?.refunds ?? [];

function statusOf(order: string, capture: string | undefined): string {
  if (capture === 'PENDING') return 'processing';
  if (capture === 'DECLINED' || capture === 'FAILED') return 'requires_payment_method';
  if (capture) return 'succeeded';
  return order === 'APPROVED' ? 'requires_capture' : order === 'VOIDED' ? 'canceled' : 'requires_action';
}
