import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Filter } from '../../packages/erpnext/src/index.ts';
import { connect } from './connect.ts';

const PAGE = 50;

/** Documents of the DocType chosen above. */
export async function searchDocuments(this: ILoadOptionsFunctions, filter = '', paginationToken?: string): Promise<INodeListSearchResult> {
  const doctype = String(this.getNodeParameter('docType', '', { extractValue: true }) ?? '');
  return doctype ? await search(this, doctype, filter, paginationToken) : { results: [] };
}

/** Sales Invoices that are no credit notes and no drafts: the latest first. */
export async function searchInvoices(this: ILoadOptionsFunctions, filter = '', paginationToken?: string): Promise<INodeListSearchResult> {
  return await search(this, 'Sales Invoice', filter, paginationToken, [['docstatus', '=', 1], ['is_return', '=', 0]], 'creation desc');
}

async function search(context: ILoadOptionsFunctions, doctype: string, filter: string, token?: string, extra: readonly Filter[] = [], orderBy = 'name asc'): Promise<INodeListSearchResult> {
  const start = Number(token ?? 0);
  const filters: Filter[] = filter ? [...extra, ['name', 'like', `%${filter}%`]] : [...extra];
  const rows = await (await connect(context)).documents.list(doctype, { fields: ['name'], filters, orderBy, start, limit: PAGE });
  const results = rows.map((row) => ({ name: String(row['name']), value: String(row['name']) }));
  return rows.length === PAGE ? { results, paginationToken: String(start + PAGE) } : { results };
}
