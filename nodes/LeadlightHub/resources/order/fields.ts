import { textField } from '../../../shared/fields.ts';

export const orderId = textField('orderId', 'Order ID', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'The order the hub keeps a timeline for' });
export const step = textField('step', 'Step', { placeholder: 'e.g. portHold', description: 'Key of the step in the plan of the order' });
