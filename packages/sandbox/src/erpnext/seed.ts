import { insert } from './documents.ts';
import type { Site } from './site.ts';

export interface SeedOptions {
  /** ERPNext as it is before Leadlight is installed: none of its doctypes, fields, roles, masters or settings. Default false. */
  readonly bare?: boolean;
  /** false: as a fresh setup wizard leaves it (banker's rounding, whole dollars, customers named by their name). Default true. */
  readonly configured?: boolean;
  readonly technicians?: readonly { readonly email: string; readonly name: string; readonly tags: readonly string[] }[];
}

/** SKU, name, group, monthly or one-time price: the residential catalogue of the operator. */
const CATALOGUE: readonly (readonly [string, string, string, number])[] = [
  ['FTTH25', 'Fibre 25/5 Mbps', 'Internet', 49.95], ['FTTH80I', 'Fibre 80/80 Mbps', 'Internet', 79.95], ['FTTH150I', 'Fibre 150/150 Mbps', 'Internet', 99.95],
  ['FTTH500I', 'Fibre 500/500 Mbps', 'Internet', 99.95], ['FTTH1500I', 'Fibre 1.5 Gbps/1 Gbps', 'Internet', 109.95],
  ['TVBSKINNY', 'TV Skinny', 'Télévision', 25], ['TVBSTANDARD', 'TV Standard', 'Télévision', 30], ['TVBEVO', 'TV Evo', 'Télévision', 35], ['TELE', 'TV de base', 'Télévision', 0],
  ['TELEPMENS', 'Téléphonie résidentielle', 'Téléphonie', 28.95], ['SERV911', 'Frais 911', 'Téléphonie', 0.69], ['ACTTELEP', 'Activation téléphonie', 'Téléphonie', 69.95],
  ['RAB2X', 'Rabais 2 services', 'Rabais', -5], ['RAB3X', 'Rabais 3 services', 'Rabais', -10], ['RAB4X', 'Rabais 4 services', 'Rabais', -15], ['RAB_X', 'Rabais spécial', 'Rabais', -20],
  ['RAB24M', 'Rabais 24 mois', 'Rabais', -15], ['RAB36M', 'Rabais 36 mois', 'Rabais', -15],
  ['INSTALL', 'Installation FTTH standard', 'Installation', 0],
];
const EQUIPMENT: readonly (readonly [string, string])[] = [['ONT', 'ONT'], ['DECO', 'Routeur Deco'], ['STB', 'Décodeur TV'], ['ATA', 'Adaptateur téléphonique']];

export const TECHNICIANS = [
  { email: 'luc@gigafibre.example', name: 'Luc Bergeron', tags: ['Fibre', 'Installation'] },
  { email: 'nadia@gigafibre.example', name: 'Nadia Côté', tags: ['Fibre', 'Installation', 'VoIP'] },
  { email: 'paul@gigafibre.example', name: 'Paul Gagnon', tags: ['FWA'] },
] as const;

/** The masters a residential operator has on the day Leadlight is connected. */
export function seed(site: Site, { bare = false, configured = !bare, technicians = TECHNICIANS }: SeedOptions): void {
  const put = (doctype: string, values: Record<string, unknown>) => insert(site, doctype, values);
  const single = (doctype: string, values: Record<string, unknown>) => {
    const at = site.stamp();
    site.store.put(doctype, { ...values, name: doctype, doctype, owner: 'Administrator', creation: at, modified: at, modified_by: 'Administrator', docstatus: 0, idx: 0 });
  };
  for (const [name, fraction] of [['CAD', 0], ['USD', 0.01]] as const) put('Currency', { currency_name: name, enabled: 1, fraction_units: 100, smallest_currency_fraction_value: fraction });
  for (const [name, code] of [['Canada', 'ca'], ['United States', 'us']]) put('Country', { country_name: name, code });
  for (const [code, name] of [['en', 'English'], ['fr', 'Français']]) put('Language', { language_code: code, language_name: name });
  for (const role of ['System Manager', 'Sales User', ...(bare ? [] : ['Leadlight Integration', 'Leadlight Dispatcher'])]) put('Role', { role_name: role });
  for (const uom of ['Nos', 'Month']) put('UOM', { uom_name: uom });
  for (const name of ['Low', 'Medium', 'High', 'Urgent']) put('Issue Priority', { name });
  put('Issue Type', { name: 'Soumission' });
  put('Company', { company_name: 'Gigafibre', abbr: site.abbr, default_currency: 'CAD', country: 'Canada', default_receivable_account: `Debtors - ${site.abbr}`, default_income_account: `Ventes - ${site.abbr}`, cost_center: `Main - ${site.abbr}` });
  put('Cost Center', { cost_center_name: 'Main', company: 'Gigafibre' });
  const accounts = [['Debtors', 'Asset', 'Receivable'], ['Stripe Clearing', 'Asset', 'Bank'], ['Ventes', 'Income', 'Income Account'], ['Frais Stripe', 'Expense', 'Expense Account'], ['TPS à payer', 'Liability', 'Tax'], ['TVQ à payer', 'Liability', 'Tax']];
  for (const [account_name, root_type, account_type] of accounts) put('Account', { account_name, company: 'Gigafibre', root_type, account_type, account_currency: 'CAD' });
  if (!bare) put('Mode of Payment', { mode_of_payment: 'Stripe', type: 'Bank', accounts: [{ company: 'Gigafibre', default_account: `Stripe Clearing - ${site.abbr}` }] });
  for (const [list, selling] of [['Résidentiel', 1], ['Standard Selling', 1]] as const) put('Price List', { price_list_name: list, currency: 'CAD', selling });
  put('Customer Group', { customer_group_name: 'All Customer Groups', is_group: 1 });
  for (const name of [...(bare ? [] : ['Résidentiel']), 'Affaires']) put('Customer Group', { customer_group_name: name, parent_customer_group: 'All Customer Groups' });
  put('Territory', { territory_name: 'All Territories', is_group: 1 });
  for (const [name, parent] of [['Canada', 'All Territories'], ['Québec', 'Canada']]) put('Territory', { territory_name: name, parent_territory: parent, is_group: name === 'Canada' ? 1 : 0 });
  put('Tax Category', { title: 'QC' });
  put('Sales Taxes and Charges Template', {
    title: 'QC TPS+TVQ', company: 'Gigafibre', is_default: 1, tax_category: 'QC',
    taxes: [{ charge_type: 'On Net Total', account_head: `TPS à payer - ${site.abbr}`, description: 'TPS 5%', rate: 5 }, { charge_type: 'On Net Total', account_head: `TVQ à payer - ${site.abbr}`, description: 'TVQ 9.975%', rate: 9.975 }],
  });
  put('Item Group', { item_group_name: 'All Item Groups', is_group: 1 });
  for (const name of [...new Set(CATALOGUE.map(([, , group]) => group)), 'Équipement']) put('Item Group', { item_group_name: name, parent_item_group: 'All Item Groups' });
  const defaults = [{ company: 'Gigafibre', income_account: `Ventes - ${site.abbr}`, selling_cost_center: `Main - ${site.abbr}` }];
  for (const [code, name, group, rate] of CATALOGUE) {
    put('Item', { item_code: code, item_name: name, item_group: group, stock_uom: 'Nos', is_stock_item: 0, include_item_in_manufacturing: 0, item_defaults: defaults });
    put('Item Price', { item_code: code, uom: 'Nos', price_list: 'Résidentiel', price_list_rate: rate });
  }
  for (const [code, name] of EQUIPMENT) put('Item', { item_code: code, item_name: name, item_group: 'Équipement', stock_uom: 'Nos', is_stock_item: 0, item_defaults: defaults });
  single('System Settings', { rounding_method: configured ? 'Commercial Rounding' : "Banker's Rounding", time_zone: site.zone, language: 'fr', country: 'Canada', allow_error_traceback: 1 });
  single('Global Defaults', { default_company: 'Gigafibre', default_currency: 'CAD', disable_rounded_total: configured ? 1 : 0, country: 'Canada' });
  single('Selling Settings', { cust_master_name: configured ? 'Naming Series' : 'Customer Name', customer_group: bare ? 'All Customer Groups' : 'Résidentiel', territory: 'Canada', selling_price_list: 'Résidentiel', allow_negative_rates_for_items: 0 });
  single('CRM Settings', { allow_lead_duplication_based_on_emails: 0 });
  single('Accounts Settings', { unlink_payment_on_cancellation_of_invoice: 1, add_taxes_from_taxes_and_charges_template: 0 });
  for (const { email, name, tags } of technicians) {
    put('User', { email, first_name: name.split(' ')[0], last_name: name.split(' ').slice(1).join(' '), send_welcome_email: 0 });
    const user = site.store.find('User', email)!;
    site.store.put('User', { ...user, _user_tags: tags.map((tag) => `,${tag}`).join('') });
  }
}
