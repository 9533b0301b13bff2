import type { INodeProperties } from 'n8n-workflow';
import { numberField, textField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';

export const key = textField('key', 'Key', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'What the address is for; the same key always gives the same address' });
export const addressId = numberField('addressId', 'Address ID', 0, 'ID of the address in NetBox', { minValue: 1 });

/** By the key it was taken for, or by its ID. */
export const which: readonly INodeProperties[] = [
  { displayName: 'Find By', name: 'findBy', type: 'options', options: [{ name: 'ID', value: 'id' }, { name: 'Key', value: 'key' }], default: 'key', description: 'How the address is named' },
  { ...key, displayOptions: { show: { findBy: ['key'] } } },
  { ...addressId, displayOptions: { show: { findBy: ['id'] } } },
];
export const whichOf = (read: Inputs): { readonly key: string } | { readonly id: number } => (read.text('findBy') === 'id' ? { id: read.number('addressId') } : { key: read.text('key') });
