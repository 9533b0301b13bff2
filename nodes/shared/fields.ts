import type { INodeProperties } from 'n8n-workflow';

type Extra = Partial<Omit<INodeProperties, 'name' | 'displayName' | 'type' | 'default'>> & { readonly default?: string };

/** A text that must be filled in, unless told otherwise. @example textField('orderId', 'Order ID', { placeholder: 'e.g. ord_3NxQ' }) */
export function textField(name: string, displayName: string, extra: Extra = {}): INodeProperties {
  const { required = true, ...more } = extra;
  return { displayName, name, type: 'string', default: '', ...(required ? { required } : {}), ...more };
}

/** JSON typed by hand or given by an expression such as `={{ $json }}`. */
export function jsonField(name: string, displayName: string, description: string, extra: Extra = {}): INodeProperties {
  return { displayName, name, type: 'json', default: '', required: true, description, ...extra };
}

/** A whole or decimal number. */
export function numberField(name: string, displayName: string, byDefault: number, description: string, limits: { readonly minValue?: number; readonly maxValue?: number } = {}): INodeProperties {
  return { displayName, name, type: 'number', default: byDefault, description, ...(Object.keys(limits).length > 0 ? { typeOptions: limits } : {}) };
}

/** What is seldom needed, behind "Add option". Entries are sorted, as n8n shows them. */
export function optionsField(entries: INodeProperties[], name = 'options', displayName = 'Options'): INodeProperties {
  const optional = (entry: INodeProperties): INodeProperties => Object.fromEntries(Object.entries(entry).filter(([key]) => key !== 'required')) as unknown as INodeProperties;
  const sorted = entries.map(optional).sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
  return { displayName, name, type: 'collection', placeholder: 'Add option', default: {}, options: sorted };
}

/** A list, with every name in alphabetical order. */
export function choiceField(name: string, displayName: string, choices: Readonly<Record<string, string>>, byDefault: string, description: string): INodeProperties {
  const options = Object.entries(choices).map(([value, label]) => ({ name: label, value })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { displayName, name, type: 'options', options, default: byDefault, description };
}

/** Today, in the zone of the workflow: the rules read no clock, so the day is theirs to be given. */
export const todayField = textField('today', 'Today', {
  default: '={{ $now.toISODate() }}',
  description: 'The day the decision is made on, as YYYY-MM-DD in the zone of the workflow',
});

/** All results or at most a number of them. */
export const returnAllFields: readonly [INodeProperties, INodeProperties] = [
  { displayName: 'Return All', name: 'returnAll', type: 'boolean', default: false, description: 'Whether to return all results or only up to a given limit' },
  { displayName: 'Limit', name: 'limit', type: 'number', typeOptions: { minValue: 1 }, default: 50, description: 'Max number of results to return', displayOptions: { show: { returnAll: [false] } } },
];
