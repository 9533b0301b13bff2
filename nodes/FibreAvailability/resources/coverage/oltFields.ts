import { choiceField, numberField, textField } from '../../../shared/fields.ts';

export const oltIp = textField('oltIp', 'OLT IP', { placeholder: 'e.g. 172.17.16.2', description: 'The OLT as the fibre table names it' });
export const technology = choiceField('technology', 'Technology', { gpon: 'GPON', xgsPon: 'XGS-PON' }, 'gpon', 'What the PON ports of the OLT speak');
export const split = numberField('split', 'Split', 64, 'How many ports the splitters of one PON give', { minValue: 1, maxValue: 256 });
