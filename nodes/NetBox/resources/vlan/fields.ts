import { textField } from '../../../shared/fields.ts';

export const vlanName = textField('name', 'Name', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'Name of the VLAN, unique in its group; the same name always gives the same VLAN' });
