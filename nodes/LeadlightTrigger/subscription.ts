import { randomBytes } from 'node:crypto';
import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { isVendorError, type Refused } from '../../core/src/index.ts';
import type { NewSubscription, Subscription } from '../../packages/hub/src/api.ts';
import { connectHub } from '../shared/hub.ts';
import { listOf } from '../shared/listOf.ts';
import { toNodeError } from '../shared/toNodeError.ts';

/** What the workflow remembers of its subscription between activation and deactivation. */
export interface Kept {
  id?: string;
  secret?: string;
  url?: string;
  types?: string;
}

/** The event types asked for: those ticked and those typed, each once. */
function chosenTypes(context: IHookFunctions): string[] {
  const ticked = context.getNodeParameter('events', []) as string[];
  const typed = listOf(String(context.getNodeParameter('customEvents', '') ?? ''));
  return [...new Set([...ticked.filter((type) => type !== 'custom'), ...(ticked.includes('custom') ? typed : [])])];
}

const kept = (context: IHookFunctions): Kept => context.getWorkflowStaticData('node') as Kept;

/** Whether the hub still delivers the same types to this very address with a secret we hold. */
export async function isSubscribed(context: IHookFunctions): Promise<boolean> {
  const { id, secret, url, types } = kept(context);
  if (!id || !secret || url !== context.getNodeWebhookUrl('default') || types !== chosenTypes(context).join()) return false;
  try {
    return (await (await connectHub(context)).subscriptions.list()).some((one) => one.id === id && one.url === url);
  } catch (error) {
    throw toNodeError(context.getNode(), error, 0).error;
  }
}

/** Registers this workflow's address with a secret of its own. */
export async function subscribe(context: IHookFunctions): Promise<boolean> {
  const url = context.getNodeWebhookUrl('default');
  const types = chosenTypes(context);
  if (!url || types.length === 0) {
    throw new NodeOperationError(context.getNode(), "'Events' must name at least one event type", { description: 'Tick an event, or tick Custom and type one such as order.*' });
  }
  const secret = randomBytes(32).toString('hex');
  const answer = await subscribed(context, { url, types, secret });
  if (!('id' in answer)) throw new NodeOperationError(context.getNode(), answer.message, { description: answer.hint ?? '' });
  Object.assign(kept(context), { id: answer.id, secret, url, types: types.join() } satisfies Kept);
  return true;
}

async function subscribed(context: IHookFunctions, body: NewSubscription): Promise<Subscription | Refused> {
  try {
    return await (await connectHub(context)).subscriptions.create(body);
  } catch (error) {
    throw toNodeError(context.getNode(), error, 0).error;
  }
}

/** Ends the subscription; one the hub no longer knows is ended already. */
export async function unsubscribe(context: IHookFunctions): Promise<boolean> {
  const data = kept(context);
  const { id } = data;
  try {
    if (id) await (await connectHub(context)).subscriptions.delete(id);
  } catch (error) {
    if (!isVendorError(error) || error.kind !== 'notFound') throw toNodeError(context.getNode(), error, 0).error;
  }
  for (const key of ['id', 'secret', 'url', 'types'] as const) delete data[key];
  return true;
}
