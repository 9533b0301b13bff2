import { isVendorError, VendorError, type JsonObject } from '../../../core/src/index.ts';
import type { Doc, Fields } from './doc.ts';
import { create, remove, update } from './documents.ts';
import { isDuplicate } from './errors.ts';
import { get } from './read.ts';
import type { Wire } from './wire.ts';

/** What of a document calls a webhook. The last fires on the others as well. */
export type DocEvent = 'after_insert' | 'on_update' | 'on_submit' | 'on_update_after_submit' | 'on_cancel' | 'on_trash' | 'on_change';

/** A Webhook document as Leadlight wants it. */
export interface WebhookWanted {
  readonly name: string;
  readonly url: string;
  readonly doctype: string;
  readonly event: DocEvent;
  /** Signs each delivery; cannot be read back. */
  readonly secret: string;
  /** The body as a Jinja text; see `webhookJson`. */
  readonly json: string;
  /** A Python expression on `doc`; see `webhookCondition`. */
  readonly condition?: string;
}
export type WebhookChange = 'created' | 'replaced' | 'updated';

const DOCTYPE = 'Webhook';
// Without it a receiver may not read the body as JSON (erp.md 1.9).
const CONTENT_TYPE = { key: 'Content-Type', value: 'application/json' };

const settings = ({ url, json, condition = '' }: Omit<WebhookWanted, 'secret'>): Fields => ({ enabled: 1, request_url: url, request_method: 'POST', request_structure: 'JSON', enable_security: 1, timeout: 10, webhook_json: json, condition });

/**
 * Whether a Webhook document is there, calls that address for that doctype and event, and is enabled and signed as wanted. Its secret
 * cannot be compared.
 * @example await isWebhook(wire, wanted) // false after somebody deleted or disabled it
 */
export async function isWebhook(wire: Wire, wanted: Omit<WebhookWanted, 'secret'>): Promise<boolean> {
  const there = await find(wire, wanted.name);
  return there !== undefined && agrees(there, wanted);
}

/**
 * Makes a Webhook document, or puts one of that name right, with this secret. What it listens to is set once, so one that listens to
 * something else is deleted and made anew. After silence it is looked for before anything is repeated; the end is read back.
 * @throws VendorError `unauthorised` when the user is no System Manager
 * @example await ensureWebhook(wire, { name: 'n8n 5f3a on_submit', url, doctype: 'Payment Entry', event: 'on_submit', secret, json })
 */
export async function ensureWebhook(wire: Wire, wanted: WebhookWanted): Promise<{ readonly name: string; readonly change: WebhookChange }> {
  const { name, doctype, event, secret } = wanted;
  const fields = { ...settings(wanted), webhook_secret: secret };
  let there = await find(wire, name);
  let change: WebhookChange = there ? 'updated' : 'created';
  if (there && (there['webhook_doctype'] !== doctype || there['webhook_docevent'] !== event)) {
    await remove(wire, DOCTYPE, name);
    [there, change] = [undefined, 'replaced'];
  }
  if (!there) {
    try {
      await create(wire, DOCTYPE, { name, webhook_doctype: doctype, webhook_docevent: event, ...fields, webhook_headers: [CONTENT_TYPE] });
    } catch (error) {
      if (!isVendorError(error) || !(error.outcome === 'unknown' || isDuplicate(error))) throw error;
      there = await find(wire, name);
      if (!there) throw error;
    }
  }
  if (there) await update(wire, DOCTYPE, name, { ...fields, webhook_headers: headersOf(there) }, { modified: there.modified });
  const now = await find(wire, name);
  if (!now || !agrees(now, wanted)) {
    throw new VendorError({ vendor: 'ERPNext', operation: 'make a webhook', kind: 'unexpectedReply', outcome: 'applied', message: `ERPNext accepted the webhook "${name}", but it reads otherwise.`, hint: 'Open it in ERPNext: a server script or a customised form may have changed it.' });
  }
  return { name, change };
}

/** Deletes a Webhook document; one that is gone already counts as done. @example await removeWebhook(wire, 'n8n 5f3a on_submit') */
export function removeWebhook(wire: Wire, name: string): Promise<{ readonly deleted: boolean }> {
  return remove(wire, DOCTYPE, name);
}

async function find(wire: Wire, name: string): Promise<Doc | undefined> {
  try {
    return await get(wire, DOCTYPE, name);
  } catch (error) {
    if (isVendorError(error) && error.kind === 'notFound') return undefined;
    throw error;
  }
}

/** Headers somebody added stay. */
function headersOf(there: Doc): readonly JsonObject[] {
  const rows = ((there['webhook_headers'] ?? []) as readonly JsonObject[]).filter((row) => String(row['key']).toLowerCase() !== 'content-type');
  return [...rows.map(({ key, value }) => ({ key: key ?? '', value: value ?? '' })), CONTENT_TYPE];
}

function agrees(there: Doc, wanted: Omit<WebhookWanted, 'secret'>): boolean {
  const same = Object.entries({ ...settings(wanted), webhook_doctype: wanted.doctype, webhook_docevent: wanted.event }).every(([field, value]) => field === 'timeout' || String(there[field] ?? '') === String(value ?? ''));
  return same && Boolean(there['webhook_secret']) && ((there['webhook_headers'] ?? []) as readonly JsonObject[]).some((row) => row['key'] === CONTENT_TYPE.key && row['value'] === CONTENT_TYPE.value);
}
