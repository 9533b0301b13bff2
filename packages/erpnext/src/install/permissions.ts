import { VendorError, type JsonObject } from '../../../../core/src/index.ts';
import { find, take, type Context } from './context.ts';

const MANAGER = 'frappe.core.page.permission_manager.permission_manager';
const KEEP = ['read', 'write', 'create', 'report'] as const;
const SUBMIT = [...KEEP, 'submit', 'cancel', 'amend'] as const;

/** What the integration role may do with documents of ERPNext. */
export const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  Customer: KEEP, Address: KEEP, Contact: KEEP, Lead: KEEP, Issue: KEEP, Project: KEEP, Task: KEEP, 'Sales Invoice': SUBMIT, 'Payment Entry': SUBMIT,
  Item: ['read'], 'Item Price': ['read'], Account: ['read'], Company: ['read'], 'Price List': ['read'], 'Sales Taxes and Charges Template': ['read'],
};

/** Rights through the permission manager: it copies the standard ones first, where a row of Custom DocPerm would put them out of force. */
export async function installRights(context: Context, role: string): Promise<void> {
  for (const [doctype, rights] of Object.entries(RIGHTS)) {
    await take(context, `rights on ${doctype}`, async () => {
      const row = await rowOf(context, doctype, role);
      const lacking = rights.filter((right) => !row?.[right]);
      if (lacking.length === 0) return undefined;
      return {
        change: { object: 'Permission', name: `${doctype} for ${role}`, action: 'permit', what: lacking },
        async write() {
          if (!row) await context.erp.call(`${MANAGER}.add`, { parent: doctype, role, permlevel: 0 });
          const now = await rowOf(context, doctype, role);
          for (const ptype of rights) if (!now?.[ptype]) await context.erp.call(`${MANAGER}.update`, { doctype, role, permlevel: 0, ptype, value: 1 });
        },
      };
    });
  }
}

async function rowOf({ erp }: Context, doctype: string, role: string): Promise<JsonObject | undefined> {
  const rows = await erp.call(`${MANAGER}.get_permissions`, { doctype, role }, { read: true });
  if (rows !== undefined && !Array.isArray(rows)) throw new VendorError({ vendor: 'ERPNext', operation: `read rights on ${doctype}`, kind: 'unexpectedReply', message: 'ERPNext gave no list of rights.', hint: 'Is this a Frappe site of version 15 or later?' });
  return (rows as readonly JsonObject[] | undefined)?.find((row) => row['parent'] === doctype && row['role'] === role && Number(row['permlevel'] ?? 0) === 0 && !row['if_owner']);
}

/** The user Leadlight runs as, with the integration role. Its keys are generated in Desk: each generation makes the old secret invalid. */
export function installUser(context: Context, email: string, role: string): Promise<void> {
  return take(context, `User "${email}"`, async () => {
    const user = await find(context.erp, 'User', email);
    if (!user) return { change: { object: 'User', name: email, action: 'create', what: [role] }, write: () => context.erp.documents.create('User', { email, first_name: 'Leadlight', send_welcome_email: 0, language: 'en', user_type: 'System User', roles: [{ role }] }) };
    const roles = (user['roles'] ?? []) as readonly JsonObject[];
    if (roles.some((row) => row['role'] === role)) return undefined;
    return { change: { object: 'User', name: email, action: 'extend', what: [role] }, write: () => context.erp.documents.update('User', email, { roles: [...roles, { role }] }, { modified: user.modified }) };
  });
}
