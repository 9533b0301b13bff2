import type { INodeProperties } from 'n8n-workflow';
import type { Filter, Operator } from '../../../../packages/erpnext/src/index.ts';
import { choiceField, jsonField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';

/** Every operator of ERPNext. `is` takes one of two words and is shown as two. */
const operators: Readonly<Record<Exclude<Operator, 'is'> | 'set' | 'not set', string>> = {
  '=': 'Is', '!=': 'Is Not', '>': 'Is More Than', '>=': 'Is at Least', '<': 'Is Less Than', '<=': 'Is at Most', between: 'Is Between', like: 'Is Like', 'not like': 'Is Not Like', in: 'Is One Of', 'not in': 'Is None Of',
  set: 'Is Set', 'not set': 'Is Not Set', timespan: 'Is Within Time Span', 'descendants of': 'Is Below', 'ancestors of': 'Is Above', 'not descendants of': 'Is Not Below', 'not ancestors of': 'Is Not Above',
};

/** Filters as a form; all of them must hold. */
export const conditions: INodeProperties = {
  displayName: 'Filters',
  name: 'conditions',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Filter',
  default: {},
  description: 'What a document must have; several must all hold',
  options: [
    {
      displayName: 'Filter',
      name: 'filter',
      values: [
        { displayName: 'Field', name: 'field', type: 'string', default: '', placeholder: 'e.g. status', description: 'Name of the field, as ERPNext has it' },
        choiceField('operator', 'Operator', operators, '=', 'How the field compares with the value'),
        { displayName: 'Value', name: 'value', type: 'string', default: '', description: 'What it is compared with: several separated by commas for One Of and Between, % as placeholder for Like' },
      ],
    },
  ],
};

export const filtersJson = jsonField('filters', 'Filters (JSON)', 'More filters, as a list of [field, operator, value], e.g. [["status", "=", "Active"]]', { default: '[]' });
export const anyOfJson = jsonField('anyOf', 'Any Of (JSON)', 'Filters of which one is enough, as a list of [field, operator, value]', { default: '[]' });

/** Both kinds of filters together. */
export function readFilters(read: Inputs): readonly Filter[] {
  const { filter = [] } = (read.json('conditions') ?? {}) as { filter?: readonly { readonly field: string; readonly operator: keyof typeof operators; readonly value: string }[] };
  const typed = filter.filter(({ field }) => field).map(({ field, operator, value }): Filter => {
    if (operator === 'set' || operator === 'not set') return [field, 'is', operator];
    const several = operator === 'in' || operator === 'not in' || operator === 'between';
    return [field, operator, several ? String(value).split(',').map((one) => one.trim()) : value];
  });
  return [...typed, ...((read.options('options').json('filters') ?? []) as readonly Filter[])];
}
