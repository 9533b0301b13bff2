import { isVendorError, type ErpSettings, type JsonObject } from '../../../../core/src/index.ts';
import type { ErpNext } from '../client.ts';
import type { SetupManifest } from '../schema.ts';
import { ensureNamed, type Context } from './context.ts';
import { inOrder, installCustomField, installDoctype, installModule } from './doctypes.ts';
import type { Column } from './mergeFields.ts';
import { installRights, installUser } from './permissions.ts';
import { preflight } from './preflight.ts';
import type { InstallReport } from './report.ts';
import { installMasters, installSettings } from './settings.ts';
import { installWebhook, type Hooks } from './webhooks.ts';

/** The whole of `schema/setup-manifest.json`. */
export interface InstallManifest extends SetupManifest {
  readonly module_def: JsonObject;
  readonly roles: readonly (JsonObject & { readonly role_name: string })[];
  readonly webhooks: readonly (JsonObject & { readonly name: string })[];
}
export interface InstallOptions {
  /** Looks only, and tells what it would change. Default true. */
  readonly dryRun?: boolean;
  /** Left out: no webhooks are installed. */
  readonly hooks?: Hooks;
  /** Masters to make or ask for. Left out: none. */
  readonly masters?: ErpSettings;
  /** Rounding, rounded totals, naming. Default true. */
  readonly settings?: boolean;
  /** E-mail address of the user Leadlight runs as. Left out: none is made. */
  readonly user?: string;
  readonly progress?: (at: string) => void;
}
const ROLE = 'Leadlight Integration';

/**
 * Installs what Leadlight needs into a site over REST, with the key of a System Manager: looks before every write, writes only what is
 * lacking, looks again. The second run writes nothing; a run that broke off is taken up by the next. Fields of the operator stay, nothing
 * is dropped or shortened; a preflight finding changes nothing at all.
 * @returns a report; a failure on the way is told in `failed`, beside what was done until then
 * @throws VendorError only when the site cannot be reached or refuses the key before anything was begun
 * @example await install(erp, manifest, { dryRun: false, hooks: { base: 'https://n8n.example.ca/webhook', secret } })
 */
export async function install(erp: ErpNext, manifest: InstallManifest, options: InstallOptions = {}): Promise<InstallReport> {
  const { dryRun = true, hooks, masters, settings = true, user, progress } = options;
  const context: Context = { erp, dryRun, changes: [], differences: new Map(), missing: new Set(), same: 0, at: '' };
  const report = (more: Partial<InstallReport>): InstallReport => ({
    type: 'erpnextInstall', ok: true, dryRun, preflight: [], changes: context.changes, same: context.same, differences: [...context.differences.values()], missing: [...context.missing], ...more,
  });
  const findings = await preflight(erp, manifest, options);
  if (findings.length > 0) return report({ ok: false, preflight: findings });
  const step = async (what: string, work: () => Promise<unknown>) => (progress?.(what), await work());
  try {
    let module = '';
    await step('module', async () => void (module = await installModule(context, manifest.module_def)));
    for (const role of manifest.roles) await step(`role ${role.role_name}`, () => ensureNamed(context, 'Role', 'Role', role.role_name, role));
    for (const doctype of inOrder(manifest)) await step(`doctype ${doctype.name}`, () => installDoctype(context, doctype, module));
    for (const field of manifest.custom_fields) await step(`field ${field.dt}.${field.fieldname}`, () => installCustomField(context, field as unknown as Column & { dt: string }, module));
    if (settings) await step('settings', () => installSettings(context));
    if (masters) await step('masters', () => installMasters(context, masters));
    await step('rights', () => installRights(context, ROLE));
    if (user) await step(`user ${user}`, () => installUser(context, user, ROLE));
    if (hooks) for (const webhook of manifest.webhooks) await step(`webhook ${webhook.name}`, () => installWebhook(context, webhook, hooks));
    return report({ ok: context.missing.size === 0 });
  } catch (error) {
    if (!isVendorError(error)) throw error;
    return report({ ok: false, failed: { at: context.at, kind: error.kind, outcome: error.outcome, message: error.message, hint: error.hint } });
  }
}
