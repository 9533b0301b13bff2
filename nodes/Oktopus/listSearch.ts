import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connect } from './connect.ts';

const ENOUGH = 50;
/** Oktopus cannot search by a part of a serial, so this many are read and looked through. */
const LOOKED_AT = 500;

/** Devices whose serial, alias or model holds what was typed. */
export async function searchDevices(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const typed = filter.trim().toLowerCase();
  const { devices } = await (await connect(this)).devices.list({ limit: LOOKED_AT });
  return {
    results: devices
      .filter(({ serial, alias, model, productClass }) => [serial, alias, model, productClass].some((one) => one.toLowerCase().includes(typed)))
      .slice(0, ENOUGH)
      .map(({ serial, alias, model, productClass, status }) => ({ name: `${alias || serial} (${[...(alias ? [serial] : []), model || productClass, status].filter(Boolean).join(', ')})`, value: serial })),
  };
}
