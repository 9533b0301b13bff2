import { VendorError } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField, textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { conditions, filtersJson, readFilters } from './conditions.ts';
import { docType } from './fields.ts';

/** The one document that matches, whole. */
export const getByFilter = defineOperation<ErpNext>({
  value: 'getByFilter',
  name: 'Get by Filter',
  action: 'Get document by filter',
  description: 'Read the one document that matches filters, with its child tables; several are refused unless the first by an order is asked for',
  fields: [
    docType,
    conditions,
    choiceField('whenNone', 'When None Matches', { fail: 'Fail', answer: 'Answer with Found: False' }, 'fail', 'What happens when there is no such document'),
    optionsField([
      filtersJson,
      textField('firstBy', 'First By', { placeholder: 'e.g. modified desc', description: 'When several match, take the first in this order instead of refusing' }),
    ]),
  ],
  run: async ({ read, client }) => {
    const [doctype, orderBy] = [read.picked('docType'), read.options('options').text('firstBy')];
    const doc = await client.documents.find(doctype, readFilters(read), orderBy === undefined ? {} : { several: 'first', orderBy });
    if (doc) return doc;
    if (read.text('whenNone') === 'answer') return { found: false };
    throw new VendorError({ vendor: 'ERPNext', operation: `find ${doctype}`, kind: 'notFound', message: `No ${doctype} matches.`, hint: 'Widen the filters, or let the node answer when none matches.' });
  },
});
