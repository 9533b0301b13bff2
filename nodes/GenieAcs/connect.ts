import type { IExecuteFunctions } from 'n8n-workflow';
import { genieacs, type GenieAcs } from '../../packages/genieacs/src/index.ts';
import { clock } from '../shared/clock.ts';
import { sendWith, type Requester } from '../shared/transport.ts';

export type { GenieAcs };

/** The GenieACS of the credential, for one item. */
export async function connect(context: IExecuteFunctions | Requester, index = 0): Promise<GenieAcs> {
  return genieacs(await sendWith(context as Requester, 'leadlightGenieAcsApi', index), clock);
}
