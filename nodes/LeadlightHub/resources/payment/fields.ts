import type { INodeProperties } from 'n8n-workflow';
import type { PaymentRequest } from '../../../../packages/hub/src/api.ts';
import { numberField, textField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';

export const paymentFields: readonly INodeProperties[] = [
  textField('orderId', 'Order ID', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'The order the payment belongs to; a payment of another order is refused' }),
  textField('paymentIntent', 'Payment Intent', { placeholder: 'e.g. pi_3NxQ7mK2', description: 'ID of the Stripe payment intent' }),
  numberField('amountMinor', 'Amount (Minor Units)', 0, 'Amount in cents; must be what the server priced', { minValue: 0 }),
  textField('currency', 'Currency', { default: 'CAD', description: 'ISO 4217 code' }),
];

export function readPayment(read: Inputs): PaymentRequest {
  return { orderId: read.text('orderId'), paymentIntent: read.text('paymentIntent'), amountMinor: read.number('amountMinor'), currency: read.text('currency').toUpperCase() };
}
