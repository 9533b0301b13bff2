import type { IExecuteFunctions } from 'n8n-workflow';
import { hubClient, type HubClient } from '../../packages/hub/src/client.ts';
import { sendWith, type Requester } from './transport.ts';

export type { HubClient };
export const hubCredential = 'leadlightHubApi';

/** The hub for one item. @example return await perItem(this, [address, drop, port], connectHub); */
export async function connectHub(context: IExecuteFunctions | Requester, index = 0): Promise<HubClient> {
  return hubClient(await sendWith(context as Requester, hubCredential, index));
}
