import type { IExecuteFunctions } from 'n8n-workflow';
import { erpnext, type ErpNext } from '../../packages/erpnext/src/index.ts';
import { clock } from '../shared/clock.ts';
import { sendWith, type Requester } from '../shared/transport.ts';

export type { ErpNext };

/** The ERPNext site of the credential, for one item. */
export async function connect(context: IExecuteFunctions | Requester, index = 0): Promise<ErpNext> {
  return erpnext(await sendWith(context as Requester, 'leadlightErpNextApi', index), clock);
}
