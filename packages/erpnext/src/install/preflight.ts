import type { JsonObject } from '../../../../core/src/index.ts';
import type { ErpNext } from '../client.ts';
import { find } from './context.ts';
import type { InstallManifest, InstallOptions } from './install.ts';
import type { PreflightFinding } from './report.ts';

/** Whether the site and the key are fit for the installation. Reads only. */
export async function preflight(erp: ErpNext, manifest: InstallManifest, { hooks }: InstallOptions): Promise<readonly PreflightFinding[]> {
  const found: PreflightFinding[] = [];
  if (hooks && !/^https?:\/\/[^\s/?#]+[^\s?#]*$/.test(hooks.base)) found.push({ code: 'webhook', message: 'The address for webhooks is not an http(s) URL.', hint: 'Give the address under which ERPNext reaches Leadlight, e.g. https://n8n.example.ca/webhook.' });
  if (hooks && hooks.secret.length < 16) found.push({ code: 'webhook', message: 'The webhook secret is shorter than 16 characters.', hint: 'Use a random one of 32 or more.' });
  const user = await erp.whoami();
  if (!(await isSystemManager(erp, user))) {
    found.push({ code: 'systemManager', message: 'The user of this key is no System Manager; nothing was changed.', hint: 'Install with the key of a System Manager. The key Leadlight runs with afterwards must not be one.' });
    return found;
  }
  const versions = await erp.versions();
  const major = Number.parseInt(versions['frappe'] ?? '', 10);
  if (!(major >= 15)) found.push({ code: 'version', message: `The site runs Frappe ${versions['frappe'] || 'of an unknown version'}; 15 or later is needed.`, hint: 'Upgrade the site first.' });
  if (versions['erpnext'] === undefined) found.push({ code: 'erpnext', message: 'ERPNext is not installed on this site.', hint: 'Is this the right site of the bench? Install the erpnext app on it.' });
  for (const dt of new Set(manifest.custom_fields.map((field) => field.dt))) {
    const doctype = await find(erp, 'DocType', dt);
    if (!doctype) found.push({ code: 'doctype', message: `The site has no doctype ${dt}.`, hint: 'It belongs to ERPNext; check the installed apps.' });
    const own = new Set(((doctype?.['fields'] ?? []) as readonly JsonObject[]).map((field) => field['fieldname']));
    for (const field of manifest.custom_fields) if (field.dt === dt && own.has(field.fieldname)) found.push({ code: 'fieldTaken', message: `${dt} has a field ${field.fieldname} of its own.`, hint: 'Another app brings it. Rename one of the two before installing.' });
  }
  return found;
}

// Everybody may read their own User document's roles or is refused, which says the same. Administrator holds every role without a row.
async function isSystemManager(erp: ErpNext, user: string): Promise<boolean> {
  if (user === 'Administrator') return true;
  try {
    const doc = await erp.documents.get('User', user);
    return ((doc['roles'] ?? []) as readonly JsonObject[]).some((row) => row['role'] === 'System Manager');
  } catch (error) {
    if ((error as { detail?: { permission?: unknown } }).detail?.permission === true) return false;
    throw error;
  }
}
