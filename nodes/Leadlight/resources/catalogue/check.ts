import { checkCatalog, residentialCatalog } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';

/** Whether a catalogue can be sold from (S1-040…059, S2-050…054). */
export const check = defineOperation<undefined>({
  value: 'check',
  name: 'Check',
  action: 'Check catalogue',
  description: 'Say whether a catalogue can be sold from, or refuse it with the place that is wrong; what looks like a slip comes back as warnings',
  fields: [jsonField('catalog', 'Catalog', 'The catalogue to check, whole: id, version, currency, offerings', { default: textOf(residentialCatalog) })],
  run: ({ read }) => checkCatalog(read.given('catalog')),
});
