// Webhooks out of the site (erp.md 1.9): once per webhook and document after the commit, signed, three tries, then lost.
import { createHmac } from 'node:crypto';
import { callbackQueue } from '../callbacks.ts';
import type { Site } from './site.ts';
import type { Row } from './store.ts';
import { evaluate, render } from './template.ts';

/** A saved document, told to the world (`world.on('erpnext.saved', …)`) and to the webhooks that ask for it. */
export interface ErpnextSaved {
  readonly doctype: string;
  readonly name: string;
  readonly event: string;
  readonly doc: Readonly<Record<string, unknown>>;
}
export interface OutgoingWebhooks {
  /** What one transaction saved, after its commit. */
  saved(events: readonly ErpnextSaved[]): void;
  /** Makes every call that is due. */
  flush(): Promise<void>;
  close(): void;
}

/** After the first and the second try that failed; a receiver too slow is called again at once. */
const PAUSES_MS = [1_000, 4_000];

/** @example const hooks = outgoingWebhooks(site); hooks.saved(events); await hooks.flush(); */
export function outgoingWebhooks(site: Site): OutgoingWebhooks {
  const queue = callbackQueue(site.world);
  const call = (name: string, doc: ErpnextSaved['doc'], done: number) => async (): Promise<boolean> => {
    // Read by the worker, not when it was queued: one deleted meanwhile calls nobody.
    const hook = site.store.find('Webhook', name);
    if (!hook) return true;
    const outcome = await deliver(hook, doc, site.store.secret(`Webhook/${name}/webhook_secret`) ?? '');
    const pause = PAUSES_MS[done];
    if (outcome !== 'arrived' && outcome !== 'broken' && pause !== undefined) queue.add(outcome === 'slow' ? 0 : pause, call(name, doc, done + 1));
    return true;
  };
  return {
    saved(events) {
      const due = new Map<string, () => Promise<boolean>>();
      for (const { doctype, name, event, doc: then } of withChange(events)) {
        const doc = site.store.find(doctype, name) ?? then;
        for (const hook of site.store.rows('Webhook').values()) {
          if (hook['enabled'] !== 1 || hook['webhook_doctype'] !== doctype || hook['webhook_docevent'] !== event || !applies(hook, doc)) continue;
          due.set(`${hook.name}\n${name}`, call(hook.name, structuredClone(doc), 0));
        }
      }
      for (const one of due.values()) queue.add(0, one);
    },
    flush: () => queue.flush(),
    close: () => queue.close(),
  };
}

/** Every save that is not the first is a change, too. */
function withChange(events: readonly ErpnextSaved[]): ErpnextSaved[] {
  const inserted = new Set(events.filter(({ event }) => event === 'after_insert').map(({ doctype, name }) => `${doctype}\n${name}`));
  return events.flatMap((one) => (['after_insert', 'on_trash'].includes(one.event) || inserted.has(`${one.doctype}\n${one.name}`) ? [one] : [one, { ...one, event: 'on_change' }]));
}

function applies(hook: Row, doc: ErpnextSaved['doc']): boolean {
  const condition = String(hook['condition'] ?? '').trim();
  return condition === '' || Boolean(evaluate(condition, { doc }));
}

async function deliver(hook: Row, doc: ErpnextSaved['doc'], secret: string): Promise<'arrived' | 'failed' | 'slow' | 'broken'> {
  let body: string;
  try {
    body = pythonJson(dataOf(hook, doc));
  } catch {
    return 'broken';
  }
  const url = new URL(String(hook['request_url']));
  // Nothing of the sandbox leaves this machine.
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) return 'failed';
  const headers: Record<string, string> = hook['enable_security'] === 1 ? { 'X-Frappe-Webhook-Signature': createHmac('sha256', secret).update(body).digest('base64') } : {};
  for (const { key, value } of hook['webhook_headers'] as Row[]) if (key && value) headers[String(key)] = String(value);
  try {
    // As bytes: a text would be given a Content-Type, and Frappe sends none of its own.
    const reply = await fetch(url, { method: String(hook['request_method']), headers, body: new TextEncoder().encode(body), redirect: 'follow', signal: AbortSignal.timeout(Number(hook['timeout'] || 5) * 1000) });
    await reply.arrayBuffer();
    return reply.ok ? 'arrived' : 'failed';
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'slow' : 'failed';
  }
}

function dataOf(hook: Row, doc: ErpnextSaved['doc']): unknown {
  const columns = hook['webhook_data'] as Row[];
  if (columns.length > 0) return Object.fromEntries(columns.map(({ key, fieldname }) => [String(key), doc[String(fieldname)] ?? null]));
  return hook['webhook_json'] ? JSON.parse(render(String(hook['webhook_json']), { doc })) : {};
}

/** As Python writes JSON: a space after commas and colons, everything beyond ASCII escaped. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(([key, one]) => `${pythonJson(key)}: ${pythonJson(one)}`).join(', ')}}`;
  return JSON.stringify(value ?? null).replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
