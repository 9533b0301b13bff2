import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { checkWebhook, type WebhookVerdict } from '../../packages/netbox/src/index.ts';
import { isReplay } from './replays.ts';
import type { Kept } from './subscription.ts';

const words: Readonly<Record<Exclude<WebhookVerdict, 'good'>, string>> = {
  missing: 'The signature is missing.', wrong: 'The signature does not fit the body.', unreadable: 'The body is not one of NetBox.', stale: 'The delivery is too old, or its time is wrong.',
};

/** One delivery: the change as item, or no execution: 401 when NetBox did not sign it, 409 when it is a copy, 200 when its user is left out. */
export function receive(context: IWebhookFunctions): IWebhookResponseData {
  const { secret = '', ownUser } = context.getWorkflowStaticData('node') as Kept;
  const options = context.getNodeParameter('options', {}) as { ignoreUsers?: string; maxAgeMinutes?: number };
  const { rawBody } = context.getRequestObject() as unknown as { rawBody?: Uint8Array };
  const header = context.getHeaderData()['x-hook-signature'];
  const maxAgeMs = (options.maxAgeMinutes ?? 60) * 60_000;
  const { verdict, deliveryId, ...change } = checkWebhook(typeof header === 'string' ? header : undefined, rawBody ?? new Uint8Array(), secret, { nowMs: Date.now(), maxAgeMs });
  const answer = (status: number, code: string, message: string, hint: string): IWebhookResponseData => {
    context.getResponseObject().status(status).json({ type: 'refused', code, message, hint });
    return { noWebhookResponse: true };
  };
  if (verdict !== 'good') return answer(401, verdict === 'stale' ? 'stale' : 'badSignature', words[verdict], 'Deactivate and activate the workflow to subscribe anew; check the clocks.');
  if (isReplay(deliveryId, Date.now(), maxAgeMs)) return answer(409, 'replayed', 'This very delivery came before.', 'Nothing to do: each change starts the workflow once.');
  const ignored = [...(context.getNodeParameter('ignoreOwn', true) === true && ownUser ? [ownUser] : []), ...(options.ignoreUsers ?? '').split(',').map((user) => user.trim())].filter(Boolean);
  // Answered as done: NetBox would otherwise log it as failed.
  if (ignored.includes(change.user)) return answer(200, 'ownChange', 'Changes of this user are left out.', 'See Ignore Own Changes.');
  const body = JSON.parse(new TextDecoder().decode(rawBody)) as IDataObject;
  return { workflowData: [[{ json: { ...change, deliveryId, data: body['data'] ?? null, snapshots: body['snapshots'] ?? null } as IDataObject }]] };
}
