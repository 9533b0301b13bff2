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
