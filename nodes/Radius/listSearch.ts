import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connectHub } from '../shared/hub.ts';

const PAGE = 50;

/** Subscribers whose name starts with what was typed. */
export async function searchSubscribers(this: ILoadOptionsFunctions, filter = '', paginationToken?: string): Promise<INodeListSearchResult> {
  const prefix = filter.trim();
  const rows = await (await connectHub(this)).radius.list({ limit: PAGE, ...(prefix ? { prefix } : {}), ...(paginationToken ? { after: paginationToken } : {}) });
  const last = rows.length === PAGE ? rows.at(-1)?.username : undefined;
  return { results: rows.map(({ username, access }) => ({ name: access === 'active' ? username : `${username} (${access === 'walledGarden' ? 'suspended' : 'blocked'})`, value: username })), ...(last ? { paginationToken: last } : {}) };
}

/** Plans whose group contains what was typed. */
export async function searchPlans(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const typed = filter.trim().toLowerCase();
  const plans = await (await connectHub(this)).radius.plans.list({ limit: 1000 });
  return { results: plans.filter(({ group }) => group.toLowerCase().includes(typed)).map(({ group, subscribers }) => ({ name: `${group} (${subscribers} on it)`, value: group })) };
}
