import type { ErpSettings, Json } from '../../../../core/src/index.ts';
import { differs, ensureNamed, find, take, type Context } from './context.ts';

/** Rounding half up, invoices to the cent, customers by number, tax rows from the template as a belt (v16). */
const SETTINGS: readonly (readonly [single: string, field: string, value: Json])[] = [
  ['System Settings', 'rounding_method', 'Commercial Rounding'],
  ['Global Defaults', 'disable_rounded_total', 1],
  ['Selling Settings', 'cust_master_name', 'Naming Series'],
  ['Accounts Settings', 'add_taxes_from_taxes_and_charges_template', 1],
];

/** The settings money rests on. One the site's version does not have is passed over. */
export async function installSettings(context: Context): Promise<void> {
  for (const [single, field, value] of SETTINGS) {
    await take(context, `${single} ${field}`, async () => {
      const doc = await find(context.erp, single, single);
      if (!doc || !(field in doc) || doc[field] === value) return undefined;
      return { change: { object: 'Settings', name: single, action: 'set', what: [`${field}: ${String(doc[field])} → ${String(value)}`] }, write: () => context.erp.documents.update(single, single, { [field]: value }, { modified: doc.modified }) };
    });
  }
}

/** The masters an order names. Groups and the mode of payment are made; what belongs to the chart of accounts is only asked for. */
export async function installMasters(context: Context, settings: ErpSettings): Promise<void> {
  const { erp } = context;
  for (const [doctype, name] of [['Company', settings.company], ['Country', settings.country], ['Account', settings.receivableAccount], ['Account', settings.paymentAccount], ...(settings.taxCategory ? [['Tax Category', settings.taxCategory] as const] : [])] as const) {
    if (!(await find(erp, doctype, name))) context.missing.add(`${doctype} "${name}"`);
  }
  await leaf(context, 'Customer Group', 'customer_group_name', 'parent_customer_group', settings.customerGroup);
  await leaf(context, 'Territory', 'territory_name', 'parent_territory', settings.territory);
  const known = !context.missing.has(`Company "${settings.company}"`) && !context.missing.has(`Account "${settings.paymentAccount}"`);
  await ensureNamed(context, 'Master', 'Mode of Payment', settings.modeOfPayment, { mode_of_payment: settings.modeOfPayment, type: 'Bank', enabled: 1, ...(known ? { accounts: [{ company: settings.company, default_account: settings.paymentAccount }] } : {}) });
}

// The root is named in the language the site was set up in: it is read, not assumed.
async function leaf(context: Context, doctype: 'Customer Group' | 'Territory', field: string, parent: string, name: string): Promise<void> {
  const there = await find(context.erp, doctype, name);
  if (there && doctype === 'Customer Group' && there['is_group']) differs(context, { at: `${doctype} ${name}`, field: 'is_group', site: 1, ours: 0 });
  const [root] = there ? [] : await context.erp.documents.list(doctype, { filters: [['is_group', '=', 1], [parent, 'is', 'not set']], limit: 1 });
  if (!there && !root) return void context.missing.add(`${doctype} root`);
  await ensureNamed(context, 'Master', doctype, name, { [field]: name, is_group: 0, ...(root ? { [parent]: root['name'] } : {}) });
}
