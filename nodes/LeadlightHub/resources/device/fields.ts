import { textField } from '../../../shared/fields.ts';

export const serial = textField('serial', 'Serial', { placeholder: 'e.g. RCMG19E01234', description: 'Serial number of the device as on its label' });
