import type { INodeProperties } from 'n8n-workflow';
import type { PaymentRequest } from '../../../../packages/hub/src/api.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';

export const orderField = textField('orderId', 'Order ID', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'The order the payment belongs to; a payment of another order is refused' });
export const amountField = numberField('amountMinor', 'Amount (Minor Units)', 0, 'Amount in cents; must be what the server priced', { minValue: 0 });
export const currencyField = textField('currency', 'Currency', { default: 'CAD', description: 'ISO 4217 code' });
export const paymentFields: readonly INodeProperties[] = [
  orderField,
  textField('paymentIntent', 'Payment Intent', { placeholder: 'e.g. pi_3NxQ7mK2', description: 'ID of the payment: a Stripe payment intent, a PayPal order, or the terms of an invoice; the ID tells which' }),
  amountField,
  currencyField,
];
export const accountField = textField('accountId', 'Account ID', { placeholder: 'e.g. CUST-00042', description: 'The customer account whose stored cards are meant' });
export const invoiceField = textField('invoiceId', 'Invoice ID', { placeholder: 'e.g. INV-202604-0013', description: 'What is paid; an invoice is charged successfully at most once' });
export const chargeOptions = optionsField([
  numberField('attempt', 'Attempt', 1, 'Rung of the dunning ladder: the same number is the same intended charge, so a repeated execution never charges twice', { minValue: 1, maxValue: 99 }),
  textField('paymentMethod', 'Payment Method', { placeholder: 'e.g. pm_1NxQ7mK2', description: 'Stored card to charge; left out, the default card of the account' }),
]);

export function readPayment(read: Inputs): PaymentRequest {
  return { orderId: read.text('orderId'), paymentIntent: read.text('paymentIntent'), ...readPrice(read) };
}
export const readPrice = (read: Inputs): { readonly amountMinor: number; readonly currency: string } => ({ amountMinor: read.number('amountMinor'), currency: read.text('currency').toUpperCase() });
