import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connect } from './connect.ts';

const SHOWN = 200;
const results = (found: readonly { readonly id: number; readonly name: string }[]): INodeListSearchResult => ({ results: found.map(({ id, name }) => ({ name, value: String(id) })) });

/** Active prefixes whose text contains what was typed. */
export async function searchPrefixes(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const found = await (await connect(this)).prefixes.find();
  return results(found.filter(({ prefix, status }) => (status === 'active' || status === 'container') && prefix.includes(filter.trim())).slice(0, SHOWN).map(({ id, prefix, vrfId }) => ({ id, name: vrfId === null ? prefix : `${prefix} (VRF ${vrfId})` })));
}

/** VLAN groups whose name or slug contains what was typed. */
export async function searchVlanGroups(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return results(await (await connect(this)).vlans.groups(filter.trim()));
}

/** Devices whose name or serial contains what was typed. */
export async function searchDevices(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return results((await (await connect(this)).devices.list(filter.trim() ? { search: filter.trim() } : {}, SHOWN)).map(({ id, name, role }) => ({ id, name: role ? `${name} (${role})` : name })));
}

/** Tenants whose name or slug contains what was typed. */
export async function searchTenants(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return results(await (await connect(this)).tenants.list(filter.trim(), SHOWN));
}
