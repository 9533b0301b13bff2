import type { INodeProperties } from 'n8n-workflow';
import { canadaTaxTable, residentialCatalog, type Catalog, type TaxTable } from '../../core/src/index.ts';
import { jsonField, textField } from '../shared/fields.ts';
import type { Options } from '../shared/inputs.ts';

// What every tenant can replace by data; left out, the built-in of the reference tenant is used.
export const catalogOption: INodeProperties = jsonField('catalog', 'Catalog', 'Product catalog to price with; without it the built-in residential catalog', { default: '{}' });
export const taxTableOption: INodeProperties = jsonField('taxTable', 'Tax Table', 'Taxes by jurisdiction and day; without it the built-in table of Canada', { default: '{}' });
export const jurisdictionOption: INodeProperties = textField('jurisdiction', 'Jurisdiction', { default: 'CA-QC', description: 'Whose taxes apply, as ISO 3166-2' });
export const policyOption: INodeProperties = jsonField('policy', 'Policy', 'Policy to decide by; without it the built-in one', { default: '{}' });
/** Of policies whose fields stand by themselves. */
export const policyChangesOption: INodeProperties = { ...policyOption, description: 'What differs from the built-in policy, with a version of its own; Policy: Get Default shows what there is' };
export const firstTvBoxOption: INodeProperties = { displayName: 'First TV Box', name: 'firstTvBox', type: 'boolean', default: true, description: 'Whether a TV box in this order would be the first of the customer' };

export const catalogOf = (options: Options): Catalog => (options.json('catalog') as Catalog | undefined) ?? residentialCatalog;
export const taxTableOf = (options: Options): TaxTable => (options.json('taxTable') as TaxTable | undefined) ?? canadaTaxTable;
export const jurisdictionOf = (options: Options): string => options.text('jurisdiction') ?? 'CA-QC';
/** The built-in policy with what the operator says otherwise. */
export const policyOf = <P extends object>(options: Options, builtIn: P): P => ({ ...builtIn, ...(options.json('policy') as Partial<P> | undefined) });

/** A day, as YYYY-MM-DD; today in the zone of the workflow unless something else is said. */
export const dayField = (name: string, displayName: string, description: string, byDefault = '={{ $now.toISODate() }}'): INodeProperties => textField(name, displayName, { default: byDefault, description });
export const nowField: INodeProperties = textField('now', 'Now', { default: '={{ $now.toUTC().toISO() }}', description: 'The instant of the decision, in UTC: the rules read no clock' });
export const zoneField: INodeProperties = textField('zone', 'Time Zone', { default: 'America/Toronto', description: 'Of the account, as IANA names it: its days begin and end there' });

/** Something picked from a list that the node itself knows, or given by its ID. */
export function pickedField(name: string, displayName: string, description: string, search: string, byDefault: string, placeholder: string): INodeProperties {
  return {
    displayName, name, type: 'resourceLocator', default: { mode: 'list', value: byDefault, cachedResultName: byDefault }, required: true, description,
    modes: [
      { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: { searchListMethod: search, searchable: true } },
      { displayName: 'ID', name: 'id', type: 'string', placeholder },
    ],
  };
}
export const skuField = pickedField('sku', 'SKU', 'Offering of the catalog in Options, or of the built-in one', 'searchOfferings', 'FTTH150I', 'e.g. FTTH150I');
export const jurisdictionField = pickedField('jurisdiction', 'Jurisdiction', 'Whose taxes apply: a place of the tax table in Options, or of the built-in one', 'searchJurisdictions', 'CA-QC', 'e.g. CA-QC');

/** Entries of Options that a rule takes as they are, without those not added. */
export function given(options: Options, entries: Readonly<Record<string, 'text' | 'number' | 'flag' | 'json'>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).flatMap(([name, as]) => { const value = options[as](name); return value === undefined ? [] : [[name, value]]; }));
}
