import { decomposeOrder, documentsOf, fillLinks, gigafibreErp, type DocumentPlan, type DropFacts, type ErpSettings, type ProductOrder } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, jsonField, optionsField, textField } from '../../../shared/fields.ts';
import { namesOf } from './namesOf.ts';

const groups = { all: 'All', customer: 'Customer', dispatch: 'Dispatch', equipment: 'Equipment', location: 'Location', prepayment: 'Prepayment', project: 'Project', subscriptions: 'Subscriptions', tasks: 'Tasks' };
const prefixes: Readonly<Record<string, string>> = { equipment: 'eq', prepayment: 'pay', subscriptions: 'sub', tasks: 'task' };

/** What an order becomes in ERPNext, one item per document, in an order in which every link exists before it is used (S1-082…095). */
export const decompose = defineOperation<undefined>({
  value: 'decompose',
  name: 'Decompose',
  action: 'Decompose order',
  description: 'Turn an order into the documents ERPNext needs, one item each with doctype, key, fields and links, ready for ERPNext: Ensure Document',
  fields: [
    jsonField('order', 'Order', 'The order Check Checkout gave as its value', { default: '={{ $json.order }}' }),
    jsonField('drop', 'Drop', 'The fibre drop, as Fibre Availability gave it', { default: '={{ $json.drop }}' }),
    choiceField('documentGroup', 'Document Group', groups, 'all', 'Which documents to give; the links of a group point at the groups before it'),
    optionsField([
      jsonField('erp', 'ERP Settings', 'Names of masters in ERPNext that differ from the built-in ones, such as company or paymentAccount', { default: '{}' }),
      jsonField('made', 'Documents Made', 'What the ERPNext nodes before answered, as a list of items with key and name: their names are put where this group links to them', { default: '[]' }),
      textField('paidOn', 'Paid On', { placeholder: 'e.g. 2026-04-03', description: 'Day the payment was captured; without it the day of the order' }),
    ]),
  ],
  run: ({ read }) => {
    const options = read.options('options');
    const paidOn = options.text('paidOn');
    const erp = options.json('erp') as Partial<ErpSettings> | undefined;
    const documents = decomposeOrder(read.object('order') as unknown as ProductOrder, read.object('drop') as unknown as DropFacts, {
      erp: { ...gigafibreErp, ...erp },
      ...(paidOn === undefined ? {} : { paidOn }),
    });
    const group = read.text('documentGroup');
    const chosen = group === 'all' ? documents : documentsOf(documents, prefixes[group] ?? group);
    const made = options.json('made');
    return made === undefined ? chosen : chosen.map((document) => withNames(document, namesOf(documents, made)));
  },
});

function withNames(document: DocumentPlan, names: Readonly<Record<string, string>>): object {
  const filled = fillLinks(document, names);
  return filled.type === 'refused' ? filled : { ...document, fields: filled.value, links: {} };
}
