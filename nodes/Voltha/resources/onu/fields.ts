import { choiceField, optionsField, textField } from '../../../shared/fields.ts';

export const serial = textField('serial', 'ONU Serial', { placeholder: 'e.g. RCMG19E01234', description: 'Vendor ID and number as on the label of the ONU' });
export const version = textField('version', 'Version', { placeholder: 'e.g. V5R019C10S120', description: 'Version of the image as its maker writes it' });
/** How an ONU is switched. What was switched off one way is switched on the same way. */
export const by = optionsField([
  choiceField('by', 'Switch By', { omci: 'OMCI: lock the UNIs', ploam: 'PLOAM: shut the laser', serial: 'PLOAM by Serial Number' }, 'omci', 'What is switched: the ports of the ONU, or its laser'),
]);
