import type { IExecuteFunctions } from 'n8n-workflow';
import { netbox, type NetBox } from '../../packages/netbox/src/index.ts';
import { clock } from './clock.ts';
import { sendWith, type Requester } from './transport.ts';

export type { NetBox };

/**
 * The NetBox of the credential, for one item. An address typed with `/api` at its end is as good as one without.
 * @example return await perItem(this, resources, connectNetBox);
 */
export async function connectNetBox(context: IExecuteFunctions | Requester, index = 0): Promise<NetBox> {
  const send = await sendWith(context as Requester, 'leadlightNetBoxApi', index);
  const { baseUrl } = await context.getCredentials<{ baseUrl: string }>('leadlightNetBoxApi', index);
  const withApi = /\/api\/*$/.test(String(baseUrl ?? '').trim());
  return netbox(withApi ? (request) => send({ ...request, path: request.path.replace(/^\/api/, '') }) : send, clock);
}
