import { textField } from '../../../shared/fields.ts';

export const orderId = textField('orderId', 'Order ID', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'The order that holds the port' });
export const token = textField('token', 'Lease Token', { placeholder: 'e.g. {{ $json.token }}', description: 'The token Hold answered with; proves that the lease is yours' });
