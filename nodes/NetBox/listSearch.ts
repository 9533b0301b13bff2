import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connect } from './connect.ts';

/** Active prefixes whose text contains what was typed. */
export async function searchPrefixes(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const found = await (await connect(this)).prefixes.find({ status: 'active' });
  return { results: found.filter(({ prefix }) => prefix.includes(filter.trim())).map(({ id, prefix }) => ({ name: prefix, value: String(id) })) };
}
