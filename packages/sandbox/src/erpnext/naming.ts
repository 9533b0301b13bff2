import { invalid } from './fault.ts';
import type { Meta } from './meta.ts';
import type { Site } from './site.ts';
import type { Row } from './store.ts';

/** The name a new document gets. REST cannot choose it unless the doctype asks for it ("prompt"). */
export function nameFor(site: Site, meta: Meta, row: Row, input: Readonly<Record<string, unknown>>): string {
  if (typeof row['amended_from'] === 'string') return amended(site, meta.name, row['amended_from']);
  const special = SPECIAL[meta.name];
  const name = (special?.(site, row) ?? byRule(site, meta, row, input)).trim();
  if (name === '') throw invalid(`Please set the document name`);
  if (/[<>]/.test(name)) throw invalid('Name cannot contain special characters like < >', 'NameError');
  return name;
}

function byRule(site: Site, meta: Meta, row: Row, input: Readonly<Record<string, unknown>>): string {
  if (meta.autoname === 'hash') return rowName(site);
  if (meta.autoname === 'naming_series:') return series(site, String(row['naming_series'] ?? ''));
  if (meta.autoname.startsWith('field:')) {
    const value = row[meta.autoname.slice(6)];
    if (value === null || value === undefined || value === '') throw invalid(`${meta.autoname.slice(6)} is required`);
    return String(value);
  }
  return typeof input['name'] === 'string' ? input['name'] : '';
}

const SPECIAL: Readonly<Record<string, (site: Site, row: Row) => string>> = {
  Project: (site, row) => series(site, String(row['naming_series'])),
  Task: (site) => series(site, 'TASK-.YYYY.-.#####'),
  Account: (site, row) => `${String(row['account_name'])} - ${site.abbr}`,
  'Cost Center': (site, row) => `${String(row['cost_center_name'])} - ${site.abbr}`,
  'Sales Taxes and Charges Template': (site, row) => `${String(row['title'])} - ${site.abbr}`,
  'Custom Field': (_site, row) => `${String(row['dt'])}-${String(row['fieldname'])}`,
  Address: (site, row) => free(site, 'Address', `${String(row['address_title'] ?? '').trim() || 'Address'}-${String(row['address_type'])}`, '-'),
  Contact: (site, row) => free(site, 'Contact', String(row['full_name'] ?? '').trim() || String(row['email_id'] ?? '').trim(), '-'),
  Customer: (site, row) =>
    site.setting('Selling Settings', 'cust_master_name') === 'Naming Series' ? series(site, String(row['naming_series'])) : free(site, 'Customer', String(row['customer_name'] ?? ''), ' - '),
};

/** `CUST-.YYYY.-` → `CUST-2026-00001`; `.YYYY.` is the site's year, a run of `#` the counter, five digits when none is given. */
export function series(site: Site, pattern: string): string {
  const parts = (/#/.test(pattern) ? pattern : `${pattern}.#####`).split('.');
  let prefix = '';
  for (const part of parts) {
    if (/^#+$/.test(part)) return prefix + String(site.store.next(prefix)).padStart(part.length, '0');
    prefix += part === 'YYYY' ? site.today().slice(0, 4) : part === 'YY' ? site.today().slice(2, 4) : part === 'MM' ? site.today().slice(5, 7) : part;
  }
  return prefix;
}

// A second Jean Tremblay silently becomes "Jean Tremblay - 1".
function free(site: Site, doctype: string, wanted: string, joint: string): string {
  if (!site.store.find(doctype, wanted)) return wanted;
  for (let n = 1; ; n += 1) if (!site.store.find(doctype, `${wanted}${joint}${n}`)) return `${wanted}${joint}${n}`;
}

function amended(site: Site, doctype: string, from: string): string {
  const root = from.replace(/-\d+$/, (end) => (typeof site.store.find(doctype, from)?.['amended_from'] === 'string' ? '' : end));
  for (let n = 1; ; n += 1) if (!site.store.find(doctype, `${root}-${n}`)) return `${root}-${n}`;
}

/** Ten hex digits, as Frappe names child rows; counted instead of drawn so that runs repeat. */
export function rowName(site: Site): string {
  return ((site.store.next('#row') * 0x9e3779b1) % 0x10000000000).toString(16).padStart(10, '0');
}
