import { randomBytes } from 'node:crypto';
import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import type { WebhookEvent } from '../../packages/netbox/src/index.ts';
import { connectNetBox } from '../shared/netBox.ts';
import { listOf } from '../shared/listOf.ts';
import { toNodeError } from '../shared/toNodeError.ts';

/** What the workflow remembers of its subscription between activation and deactivation. */
export interface Kept {
  name?: string;
  secret?: string;
  /** The user of the credential, when NetBox says who that is. */
  ownUser?: string;
}

/** The kinds of object asked for: those ticked and those typed, each once. */
function chosenTypes(context: IHookFunctions): string[] {
  const ticked = context.getNodeParameter('objectTypes', []) as string[];
  const typed = listOf(String(context.getNodeParameter('customTypes', '') ?? '').toLowerCase());
  return [...new Set([...ticked.filter((type) => type !== 'custom'), ...(ticked.includes('custom') ? typed : [])])];
}
const chosenEvents = (context: IHookFunctions): WebhookEvent[] => context.getNodeParameter('events', []) as WebhookEvent[];
const kept = (context: IHookFunctions): Kept => context.getWorkflowStaticData('node') as Kept;

async function failing<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toNodeError(context.getNode(), error, 0).error;
  }
}

/** Whether NetBox still calls this very address for the same kinds and events, with a secret we hold. */
export async function isSubscribed(context: IHookFunctions): Promise<boolean> {
  const { name, secret } = kept(context);
  const url = context.getNodeWebhookUrl('default');
  if (!name || !secret || !url) return false;
  return failing(context, async () => (await connectNetBox(context)).webhooks.isSubscribed({ name, url, objectTypes: chosenTypes(context), events: chosenEvents(context) }));
}

/** Makes a webhook and an event rule in NetBox, with a secret of their own. */
export async function subscribe(context: IHookFunctions): Promise<boolean> {
  const url = context.getNodeWebhookUrl('default');
  const [objectTypes, events] = [chosenTypes(context), chosenEvents(context)];
  const strange = objectTypes.find((type) => !/^[a-z_]+\.[a-z]+$/.test(type));
  if (!url || objectTypes.length === 0 || events.length === 0 || strange !== undefined) {
    throw new NodeOperationError(context.getNode(), strange === undefined ? "'Object Types' and 'Events' must name at least one each" : `'${strange}' is no kind of object`, { description: 'Write kinds of object as app and model, such as dcim.device' });
  }
  const name = kept(context).name ?? `n8n ${randomBytes(6).toString('hex')}`;
  const secret = randomBytes(32).toString('hex');
  const ownUser = await failing(context, async () => {
    const { webhooks } = await connectNetBox(context);
    await webhooks.subscribe({ name, url, secret, objectTypes, events });
    return webhooks.ownUser();
  });
  Object.assign(kept(context), { name, secret, ...(ownUser === null ? {} : { ownUser }) } satisfies Kept);
  return true;
}

/** Takes both away again; what is gone already is fine. */
export async function unsubscribe(context: IHookFunctions): Promise<boolean> {
  const data = kept(context);
  const { name } = data;
  if (name) await failing(context, async () => (await connectNetBox(context)).webhooks.unsubscribe(name));
  for (const key of ['name', 'secret', 'ownUser'] as const) delete data[key];
  return true;
}
