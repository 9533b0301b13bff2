import { textField } from '../../../shared/fields.ts';

export const serial = textField('serial', 'ONU Serial', { placeholder: 'e.g. RCMG19E01234', description: 'Vendor ID and number as on the label of the ONU' });
