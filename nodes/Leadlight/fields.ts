import type { INodeProperties } from 'n8n-workflow';
import { canadaTaxTable, residentialCatalog, type Catalog, type TaxTable } from '../../core/src/index.ts';
import { jsonField, textField } from '../shared/fields.ts';
import type { Options } from '../shared/inputs.ts';

// What every tenant can replace by data; left out, the built-in of the reference tenant is used.
export const catalogOption: INodeProperties = jsonField('catalog', 'Catalog', 'Product catalog to price with; without it the built-in residential catalog', { default: '{}' });
export const taxTableOption: INodeProperties = jsonField('taxTable', 'Tax Table', 'Taxes by jurisdiction and day; without it the built-in table of Canada', { default: '{}' });
export const jurisdictionOption: INodeProperties = textField('jurisdiction', 'Jurisdiction', { default: 'CA-QC', description: 'Whose taxes apply, as ISO 3166-2' });
export const policyOption: INodeProperties = jsonField('policy', 'Policy', 'Policy to decide by; without it the built-in one', { default: '{}' });
export const firstTvBoxOption: INodeProperties = { displayName: 'First TV Box', name: 'firstTvBox', type: 'boolean', default: true, description: 'Whether a TV box in this order would be the first of the customer' };

export const catalogOf = (options: Options): Catalog => (options.json('catalog') as Catalog | undefined) ?? residentialCatalog;
export const taxTableOf = (options: Options): TaxTable => (options.json('taxTable') as TaxTable | undefined) ?? canadaTaxTable;
export const jurisdictionOf = (options: Options): string => options.text('jurisdiction') ?? 'CA-QC';
