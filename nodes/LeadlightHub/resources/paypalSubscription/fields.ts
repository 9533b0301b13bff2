import { textField } from '../../../shared/fields.ts';

export const idField = textField('paypalId', 'PayPal Subscription ID', { placeholder: 'e.g. I-BW452GLLEP1G', description: 'As Create gave it' });
export const reasonField = textField('reason', 'Reason', { placeholder: 'e.g. Unpaid since 1 April', description: 'The customer may see it at PayPal' });
export const planField = textField('planId', 'Plan ID', { placeholder: 'e.g. P-5ML4271244454362WXNWU5NQ', description: 'As Ensure Plan gave it' });
