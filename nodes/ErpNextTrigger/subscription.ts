import { randomBytes } from 'node:crypto';
import { NodeApiError, type IHookFunctions, type JsonObject } from 'n8n-workflow';
import { isVendorError } from '../../core/src/index.ts';
import { webhookCondition, webhookJson, type ErpNext, type WebhookWanted } from '../../packages/erpnext/src/index.ts';
import { connectErpNext } from '../shared/erpNext.ts';
import { toNodeError } from '../shared/toNodeError.ts';
import { readAsked, type Asked } from './asked.ts';
import { forget, keptBy } from './memory.ts';

/** Whether ERPNext still calls this very address for each event, with the same body and a secret we hold. */
export async function isSubscribed(context: IHookFunctions): Promise<boolean> {
  const { name, secret, webhooks = [] } = keptBy(context);
  const asked = readAsked(context);
  if (!name || !secret || webhooks.length !== asked.events.length) return false;
  return failing(context, asked, async (erp) => {
    for (const one of await wanted(context, erp, asked, name)) if (!webhooks.includes(one.name) || !(await erp.webhooks.isThere(one))) return false;
    return true;
  });
}

/** Makes one webhook per event, with a secret of their own; those of another question go. */
export async function subscribe(context: IHookFunctions): Promise<boolean> {
  const kept = keptBy(context);
  const asked = readAsked(context);
  const name = kept.name ?? `n8n ${randomBytes(6).toString('hex')}`;
  const secret = randomBytes(32).toString('hex');
  const made: string[] = [];
  await failing(context, asked, async (erp) => {
    const all = await wanted(context, erp, asked, name);
    for (const old of kept.webhooks ?? []) if (!all.some((one) => one.name === old)) await erp.webhooks.remove(old);
    const make = async (): Promise<void> => {
      for (const one of all) {
        made.push(one.name);
        await erp.webhooks.ensure({ ...one, secret });
      }
    };
    // n8n forgets what a failed activation remembered, and would never delete these.
    await make().catch(async (error: unknown) => {
      for (const one of made) await erp.webhooks.remove(one).catch(() => undefined);
      throw error;
    });
  });
  Object.assign(kept, { name, secret, webhooks: made });
  return true;
}

/** Deletes them; what is gone already is fine. */
export async function unsubscribe(context: IHookFunctions): Promise<boolean> {
  const kept = keptBy(context);
  const webhooks = kept.webhooks ?? [];
  if (webhooks.length > 0) {
    await failing(context, undefined, async (erp) => {
      for (const one of webhooks) await erp.webhooks.remove(one);
    });
  }
  forget(kept);
  return true;
}

async function wanted(context: IHookFunctions, erp: ErpNext, { docType, events, fields, filters }: Asked, name: string): Promise<readonly Omit<WebhookWanted, 'secret'>[]> {
  const url = context.getNodeWebhookUrl('default') ?? '';
  const [form] = await erp.fields(docType);
  const condition = webhookCondition(filters);
  return events.map((event) => ({ name: `${name} ${event}`, url, doctype: docType, event, json: webhookJson(event, fields, form?.fields ?? []), condition }));
}

/** Runs it with the site; a missing right is said with the way out. */
async function failing<T>(context: IHookFunctions, asked: Asked | undefined, work: (erp: ErpNext) => Promise<T>): Promise<T> {
  try {
    return await work(await connectErpNext(context));
  } catch (error) {
    if (!isVendorError(error) || error.detail?.['permission'] !== true || !/webhook/i.test(error.operation)) throw toNodeError(context.getNode(), error, 0).error;
    const message = asked
      ? "The ERPNext user of this credential may not make webhooks: only a System Manager may. Choose 'Every So Often by Polling', which needs only the right to read, or give the user the role System Manager."
      : 'The ERPNext user of this credential may no longer delete webhooks: only a System Manager may. Delete those that begin with "n8n" in ERPNext, or give the user the role back.';
    throw new NodeApiError(context.getNode(), { message, kind: error.kind, operation: error.operation } as JsonObject, { message, description: error.hint, httpCode: '403' });
  }
}
