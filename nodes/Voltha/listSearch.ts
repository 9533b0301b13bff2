import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connectHub } from '../shared/hub.ts';

/** OLTs whose address or serial contains what was typed. */
export async function searchOlts(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const typed = filter.trim().toLowerCase();
  const olts = await (await connectHub(this)).voltha.olts.list();
  return {
    results: olts
      .filter(({ hostAndPort, serial, deviceId }) => [hostAndPort, serial, deviceId].some((text) => text.toLowerCase().includes(typed)))
      .map(({ deviceId, hostAndPort, serial, up }) => ({ name: `${hostAndPort || serial}${up ? '' : ' (down)'}`, value: deviceId })),
  };
}
