import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connect } from './connect.ts';

const ENOUGH = 50;

/** Devices whose serial begins with what was typed. */
export async function searchDevices(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const begins = filter.trim().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const results: INodeListSearchResult['results'] = [];
  for await (const { id, serial, productClass } of (await connect(this)).devices.list({ pageSize: ENOUGH, ...(begins ? { raw: { '_deviceId._SerialNumber': { $regex: `^${begins}` } } } : {}) })) {
    results.push({ name: `${serial} (${productClass})`, value: id });
    if (results.length >= ENOUGH) break;
  }
  return { results };
}

const matching = (names: readonly { readonly name: string; readonly value: string }[], filter: string): INodeListSearchResult => ({ results: names.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase())) });
const same = (value: string) => ({ name: value, value });

/** Presets whose name holds what was typed. */
export async function searchPresets(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return matching((await (await connect(this)).presets.list()).map(({ _id = '' }) => same(_id)), filter);
}

/** Provisions whose name holds what was typed. */
export async function searchProvisions(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return matching((await (await connect(this)).provisions.list()).map(({ name }) => same(name)), filter);
}

/** Virtual parameters whose name holds what was typed. */
export async function searchVirtualParameters(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return matching((await (await connect(this)).virtualParameters.list()).map(({ name }) => same(name)), filter);
}

/** Files whose name or version holds what was typed. */
export async function searchFiles(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return matching((await (await connect(this)).files.list()).map(({ name, version }) => ({ name: version === null ? name : `${name} (${version})`, value: name })), filter);
}
