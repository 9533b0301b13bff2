import type { JsonObject } from '../../../../core/src/index.ts';
import { differs, find, take, type Context } from './context.ts';

export interface Hooks {
  /** Where ERPNext reaches Leadlight, e.g. `https://n8n.example.ca/webhook`. */
  readonly base: string;
  /** Signs each delivery (HMAC-SHA256). Cannot be read back: an existing one stays unless `rotate`. */
  readonly secret: string;
  readonly rotate?: boolean;
}

/** One webhook. Whether it is enabled is the operator's; its address, headers and body are kept as ours. */
export function installWebhook(context: Context, template: JsonObject & { readonly name: string }, hooks: Hooks): Promise<void> {
  const { erp } = context;
  const wanted = { ...template, request_url: String(template['request_url']).replace('${HOOK_BASE}', hooks.base.replace(/\/+$/, '')), webhook_secret: hooks.secret } as JsonObject & { name: string };
  const headers = (wanted['webhook_headers'] ?? []) as readonly JsonObject[];
  let rotated = false;
  return take(context, `Webhook "${wanted.name}"`, async () => {
    const there = await find(erp, 'Webhook', wanted.name);
    if (!there) return { change: { object: 'Webhook', name: wanted.name, action: 'create', what: [String(wanted['request_url'])] }, write: () => erp.documents.create('Webhook', wanted as never) };
    for (const field of ['webhook_doctype', 'webhook_docevent', 'enabled'] as const) if (there[field] !== wanted[field]) differs(context, { at: `Webhook ${wanted.name}`, field, site: there[field] ?? null, ours: wanted[field] ?? null });
    const fields: Record<string, JsonObject[string]> = {};
    for (const field of ['request_url', 'request_method', 'request_structure', 'enable_security', 'webhook_json'] as const) if (there[field] !== wanted[field]) fields[field] = wanted[field] ?? null;
    const rows = (there['webhook_headers'] ?? []) as readonly JsonObject[];
    const lacking = headers.filter((header) => !rows.some((row) => row['key'] === header['key'] && row['value'] === header['value']));
    if (lacking.length > 0) fields['webhook_headers'] = [...rows.filter((row) => !lacking.some((header) => header['key'] === row['key'])), ...lacking];
    if ((hooks.rotate && !rotated) || !there['webhook_secret']) fields['webhook_secret'] = hooks.secret;
    if (Object.keys(fields).length === 0) return undefined;
    return {
      change: { object: 'Webhook', name: wanted.name, action: 'set', what: Object.keys(fields) },
      async write() {
        await erp.documents.update('Webhook', wanted.name, fields, { modified: there.modified });
        rotated = true;
      },
    };
  });
}
