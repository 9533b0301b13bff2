import { centsOf, paypalId, PaypalProblem, unprocessable, type Capture, type Order, type Refund } from './state.ts';

interface Shop { readonly orders: Map<string, Order>; now(): string; url(): string; emit(type: string, resource: object): void }

export function createOrder(shop: Shop, body: Record<string, unknown>): Order {
  if (body['intent'] !== 'CAPTURE') throw new PaypalProblem(400, 'INVALID_REQUEST', 'INVALID_PARAMETER_VALUE', '/intent');
  const units = body['purchase_units'];
  if (!Array.isArray(units) || units.length === 0) throw new PaypalProblem(400, 'INVALID_REQUEST', 'MISSING_REQUIRED_PARAMETER', '/purchase_units');
  const { reference_id = 'default', amount, custom_id, invoice_id } = units[0] as { reference_id?: string; amount: never; custom_id?: string; invoice_id?: string };
  centsOf(amount);
  const id = paypalId();
  const order: Order = {
    id, intent: 'CAPTURE', status: 'CREATED', create_time: shop.now(),
    purchase_units: [{ reference_id, amount, ...(custom_id ? { custom_id } : {}), ...(invoice_id ? { invoice_id } : {}) }],
    links: [{ rel: 'self', href: `${shop.url()}/v2/checkout/orders/${id}`, method: 'GET' }, { rel: 'approve', href: `https://www.sandbox.paypal.com/checkoutnow?token=${id}`, method: 'GET' }],
  };
  shop.orders.set(id, order);
  return order;
}

/** `op: add|replace` on custom_id or invoice_id of an order that is not completed. */
export function patchOrder(order: Order, patches: unknown): void {
  if (order.status === 'COMPLETED' || order.status === 'VOIDED') throw unprocessable('ORDER_COMPLETED_OR_VOIDED');
  const unit = order.purchase_units[0];
  for (const { op, path, value } of patches as { op: string; path: string; value: never }[]) {
    const match = /^\/purchase_units\/@reference_id=='([^']*)'\/(custom_id|invoice_id)$/.exec(path);
    if (!match || match[1] !== unit.reference_id || !['add', 'replace'].includes(op)) throw unprocessable('NOT_PATCHABLE', path);
    unit[match[2] as 'custom_id'] = value;
  }
}

/** `bank`: what the payer's bank will say. */
export function captureOrder(shop: Shop, order: Order, bank: 'yes' | 'declined' | 'pending'): Order {
  if (order.status === 'COMPLETED') throw unprocessable('ORDER_ALREADY_CAPTURED');
  if (order.status !== 'APPROVED') throw unprocessable('ORDER_NOT_APPROVED');
  const unit = order.purchase_units[0];
  const used = [...shop.orders.values()].some((other) => other !== order && other.status === 'COMPLETED' && unit.invoice_id !== undefined && other.purchase_units[0].invoice_id === unit.invoice_id);
  if (used) throw unprocessable('DUPLICATE_INVOICE_ID');
  if (bank === 'declined') {
    order.status = 'PAYER_ACTION_REQUIRED';
    throw unprocessable('INSTRUMENT_DECLINED');
  }
  const capture: Capture = { id: paypalId(), status: bank === 'pending' ? 'PENDING' : 'COMPLETED', amount: unit.amount, final_capture: true, ...(unit.custom_id ? { custom_id: unit.custom_id } : {}), ...(unit.invoice_id ? { invoice_id: unit.invoice_id } : {}), create_time: shop.now(), supplementary_data: { related_ids: { order_id: order.id } } };
  unit.payments = { captures: [capture], refunds: [] };
  order.status = 'COMPLETED';
  shop.emit(bank === 'pending' ? 'PAYMENT.CAPTURE.PENDING' : 'PAYMENT.CAPTURE.COMPLETED', capture);
  return order;
}

export function refundCapture(shop: Shop, captureId: string, body: Record<string, unknown>): Refund {
  const order = [...shop.orders.values()].find((one) => one.purchase_units[0].payments?.captures.some(({ id }) => id === captureId));
  const payments = order?.purchase_units[0].payments;
  const capture = payments?.captures.find(({ id }) => id === captureId);
  if (!payments || !capture) throw new PaypalProblem(404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID');
  if (capture.status === 'PENDING') throw unprocessable('PENDING_CAPTURE');
  const whole = centsOf(capture.amount);
  const given = payments.refunds.filter(({ status }) => status === 'COMPLETED' || status === 'PENDING').reduce((sum, { amount }) => sum + centsOf(amount), 0);
  const amount = (body['amount'] as Refund['amount'] | undefined) ?? { ...capture.amount, value: ((whole - given) / 100).toFixed(2) };
  if (given >= whole) throw unprocessable('CAPTURE_FULLY_REFUNDED');
  if (amount.currency_code !== capture.amount.currency_code) throw unprocessable('REFUND_CAPTURE_CURRENCY_MISMATCH');
  const cents = centsOf(amount);
  if (cents > whole - given) throw unprocessable('REFUND_AMOUNT_EXCEEDED');
  const { custom_id, invoice_id, note_to_payer } = body as { custom_id?: string; invoice_id?: string; note_to_payer?: string };
  const refund: Refund = { id: paypalId(), status: 'COMPLETED', amount, ...(custom_id ? { custom_id } : {}), ...(invoice_id ? { invoice_id } : {}), ...(note_to_payer ? { note_to_payer } : {}), create_time: shop.now(), links: [{ rel: 'up', href: `${shop.url()}/v2/payments/captures/${captureId}`, method: 'GET' }] };
  payments.refunds.push(refund);
  capture.status = cents + given === whole ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  shop.emit('PAYMENT.CAPTURE.REFUNDED', refund);
  return refund;
}
