import { readScan as decide, type ScanKind } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, textField } from '../../../shared/fields.ts';

const kinds = { any: 'Any', deco: 'Router', ont: 'ONT', stb: 'TV Box' };

/** What a barcode on a label says (S1-111…113). */
export const readScan = defineOperation<undefined>({
  value: 'readScan',
  name: 'Read Scan',
  action: 'Read scan',
  description: 'Read the barcode of an ONT, router or TV box into type, vendor, serial and MAC; anything else is refused with what was likely meant',
  fields: [
    textField('scan', 'Scan', { placeholder: 'e.g. S/N: RCMG19E01234', description: 'Text of the barcode as the scanner gave it' }),
    choiceField('expected', 'Expected', kinds, 'any', 'What should have been scanned'),
  ],
  run: ({ read }) => {
    const expected = read.text('expected');
    return decide(read.maybeText('scan') ?? '', expected === 'any' ? undefined : (expected as ScanKind));
  },
});
