import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connectHub } from '../shared/hub.ts';

const TYPED_ENOUGH = 3;

/** Premises whose address is like what was typed; the value is a token that stands for the place, never for a port. */
export async function searchPremises(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  if (filter.trim().length < TYPED_ENOUGH) return { results: [] };
  const { candidates } = await (await connectHub(this)).availability.search(filter, 10);
  return { results: candidates.map(({ label, premisesId }) => ({ name: label, value: premisesId })) };
}

/** The drops one may order at the addresses that are like what was typed; where none can be ordered there is none, and its ID is needed. */
export async function searchDrops(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  if (filter.trim().length < TYPED_ENOUGH) return { results: [] };
  const hub = await connectHub(this);
  const { candidates } = await hub.availability.search(filter, 5);
  const answers = await Promise.all(candidates.map(({ premisesId }) => hub.availability.qualify({ premisesId })));
  return { results: answers.flatMap(({ premises }) => (premises ? [{ name: `${premises.label} (${premises.fibreId})`, value: String(premises.fibreId) }] : [])) };
}
