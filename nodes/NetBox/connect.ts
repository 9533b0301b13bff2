import type { IExecuteFunctions } from 'n8n-workflow';
import { netbox, type NetBox } from '../../packages/netbox/src/index.ts';
import { clock } from '../shared/clock.ts';
import { sendWith, type Requester } from '../shared/transport.ts';

export type { NetBox };

/** The NetBox of the credential, for one item. */
export async function connect(context: IExecuteFunctions | Requester, index = 0): Promise<NetBox> {
  return netbox(await sendWith(context as Requester, 'leadlightNetBoxApi', index), clock);
}
