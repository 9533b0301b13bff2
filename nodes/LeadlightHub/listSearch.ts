import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connectHub } from '../shared/hub.ts';

/** Runs of the ACS migration, newest first. */
export async function searchMigrations(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const runs = await (await connectHub(this)).acsMigration.list();
  return { results: runs.filter(({ runId }) => runId.toLowerCase().includes(filter.trim().toLowerCase())).map(({ runId, status, devices }) => ({ name: `${runId} (${status}, ${devices} devices)`, value: runId })) };
}
