import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Kept } from './subscription.ts';
import { isReplay } from './replays.ts';
import { verifySignature } from './signature.ts';

const words = { missing: 'The signature is missing.', stale: 'The signature is too old or from the future.', wrong: 'The signature does not fit the body.' };

/** One delivery: the event as item, or no execution: 401 when it is not signed by the hub, 409 when it is a copy. */
export function receive(context: IWebhookFunctions): IWebhookResponseData {
  const { secret = '' } = context.getWorkflowStaticData('node') as Kept;
  const { rawBody } = context.getRequestObject() as unknown as { rawBody?: Uint8Array };
  const header = context.getHeaderData()['x-leadlight-signature'];
  const verdict = verifySignature(typeof header === 'string' ? header : undefined, rawBody ?? new Uint8Array(), secret, Date.now());
  if (verdict !== 'good') {
    context.getResponseObject().status(401).json({ type: 'refused', code: 'badSignature', message: words[verdict], hint: 'Deactivate and activate the workflow to subscribe anew.' });
    return { noWebhookResponse: true };
  }
  if (isReplay(header as string, Date.now())) {
    context.getResponseObject().status(409).json({ type: 'refused', code: 'replayed', message: 'This very delivery came before.', hint: 'Nothing to do: each delivery starts the workflow once.' });
    return { noWebhookResponse: true };
  }
  return { workflowData: [[{ json: context.getBodyData() as IDataObject }]] };
}
