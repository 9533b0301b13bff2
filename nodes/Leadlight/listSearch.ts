import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { canadaTaxTable, defaultTrialPolicy, residentialCatalog, type Catalog, type TaxTable, type TrialPolicy } from '../../core/src/index.ts';
import { policies } from './policies.ts';

/** A parameter as JSON; nothing while it is empty, half typed or an expression, for there is no item yet. */
function jsonOf(context: ILoadOptionsFunctions, name: string, entry?: string): unknown {
  try {
    const value = context.getNodeParameter(name, '') as Record<string, unknown> | string;
    const found: unknown = entry === undefined || typeof value === 'string' ? value : value[entry];
    const json: unknown = typeof found === 'string' ? JSON.parse(found) : found;
    return typeof json === 'object' && json !== null && Object.keys(json).length > 0 ? json : undefined;
  } catch {
    return undefined;
  }
}
function matching(filter: string, rows: readonly INodeListSearchItems[]): INodeListSearchResult {
  const wanted = filter.trim().toLowerCase();
  return { results: rows.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)) };
}
const keys = (table: object | undefined): INodeListSearchItems[] => Object.keys(table ?? {}).map((key) => ({ name: key, value: key }));

/** Offerings of the catalog in Options, or of the built-in one. */
export async function searchOfferings(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const { offerings = [] } = (jsonOf(this, 'options', 'catalog') as Partial<Catalog> | undefined) ?? residentialCatalog;
  return matching(filter, offerings.map(({ sku, label }) => ({ name: `${label?.en ?? sku} (${sku})`, value: sku })));
}
/** Places of the tax table in Options, or of the built-in one. */
export async function searchJurisdictions(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const { jurisdictions } = (jsonOf(this, 'options', 'taxTable') as Partial<TaxTable> | undefined) ?? canadaTaxTable;
  return matching(filter, Object.entries(jurisdictions ?? {}).map(([value, { rates = [] }]) => ({ name: `${value} (${[...new Set(rates.map(({ tax }) => tax))].join(', ')})`, value })));
}
/** Plans of the subscriptions' plan table. */
export async function searchPlans(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return matching(filter, keys(jsonOf(this, 'plans') as object | undefined));
}
/** Plans of the trial policy in Options, or of the built-in one. */
export async function searchTrialPlans(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return matching(filter, keys((jsonOf(this, 'options', 'policy') as Partial<TrialPolicy> | undefined)?.plans ?? defaultTrialPolicy.plans));
}
/** The policies and tables that come with Leadlight. */
export async function searchPolicies(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return matching(filter, Object.entries(policies).map(([value, { name }]) => ({ name, value })));
}
