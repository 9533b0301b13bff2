import { textField } from '../../../shared/fields.ts';

export const key = textField('key', 'Key', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'What the address is for; the same key always gives the same address' });
