import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Filter } from '../../packages/erpnext/src/index.ts';
import { connect } from './connect.ts';

const PAGE = 50;

async function search(context: ILoadOptionsFunctions, doctype: string, filter: string, extra: readonly Filter[], token?: string): Promise<INodeListSearchResult> {
  const start = Number(token ?? 0);
  const filters: Filter[] = filter ? [...extra, ['name', 'like', `%${filter}%`]] : [...extra];
  const rows = await (await connect(context)).documents.list(doctype, { fields: ['name'], filters, orderBy: 'name asc', start, limit: PAGE });
  const results = rows.map((row) => ({ name: String(row['name']), value: String(row['name']) }));
  return rows.length === PAGE ? { results, paginationToken: String(start + PAGE) } : { results };
}

/** DocTypes that hold documents of their own: no child tables, no settings pages. */
export async function searchDocTypes(this: ILoadOptionsFunctions, filter = '', paginationToken?: string): Promise<INodeListSearchResult> {
  return await search(this, 'DocType', filter, [['istable', '=', 0], ['issingle', '=', 0]], paginationToken);
}

/** Documents of the DocType chosen above. */
export async function searchDocuments(this: ILoadOptionsFunctions, filter = '', paginationToken?: string): Promise<INodeListSearchResult> {
  const doctype = String(this.getNodeParameter('docType', '', { extractValue: true }) ?? '');
  return doctype ? await search(this, doctype, filter, [], paginationToken) : { results: [] };
}
