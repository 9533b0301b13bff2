import { isVendorError, type JsonObject } from '../../../core/src/index.ts';
import { get, list } from './read.ts';
import type { Wire } from './wire.ts';

/** One thing to put right before the first order. `code` is stable. */
export interface Finding {
  readonly code: 'roundedTotals' | 'rounding' | 'customerNaming' | 'missing' | 'schema' | 'permission';
  readonly message: string;
  readonly hint: string;
}
/** Masters the operator's documents will name: doctype → names. */
export type Masters = Readonly<Record<string, readonly string[]>>;

/**
 * Looks the site over without changing anything: rounding, naming, our doctypes and fields, the masters named. Empty when it is fit.
 * @throws VendorError only when the site cannot be reached or refuses the key
 * @example doctor(wire, { Item: ['FTTH150I'], Account: ['TPS à payer - GF'] })
 */
export async function doctor(wire: Wire, masters: Masters = {}): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const look = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!isVendorError(error)) throw error;
      if (error.detail?.['permission'] === true) findings.push({ code: 'permission', message: `The integration user may not read ${what}.`, hint: error.hint });
      else if (error.kind === 'notFound' || error.kind === 'rejectedInput') findings.push({ code: 'schema', message: `${what} is not there, or lacks a Leadlight field.`, hint: 'Install the Leadlight schema on this site.' });
      else throw error;
    }
  };
  const single = (doctype: string, judge: (doc: JsonObject) => Finding | undefined) =>
    look(doctype, async () => {
      const finding = judge(await get(wire, doctype, doctype));
      if (finding) findings.push(finding);
    });
  await single('System Settings', (doc) => (doc['rounding_method'] === 'Commercial Rounding' ? undefined : { code: 'rounding', message: 'The site does not round half up; taxes differ by a cent on ties.', hint: 'System Settings, Rounding Method: Commercial Rounding.' }));
  await single('Global Defaults', (doc) => (doc['disable_rounded_total'] ? undefined : { code: 'roundedTotals', message: 'Invoices are rounded to the whole dollar.', hint: 'Global Defaults: tick Disable Rounded Total.' }));
  await single('Selling Settings', (doc) => (doc['cust_master_name'] === 'Naming Series' ? undefined : { code: 'customerNaming', message: 'Customers are named by their name; two of the same name are easily mixed up.', hint: 'Selling Settings, Customer Naming By: Naming Series.' }));
  for (const doctype of ['Service Location', 'Service Subscription', 'Service Equipment', 'Dispatch Job', 'Customer', 'Lead', 'Issue', 'Project', 'Task', 'Sales Invoice', 'Payment Entry']) {
    await look(doctype, async () => void (await list(wire, doctype, { fields: ['name', 'leadlight_id'], limit: 1 })));
  }
  for (const [doctype, names] of Object.entries(masters)) {
    await look(doctype, async () => {
      const found = new Set((await list(wire, doctype, { filters: [['name', 'in', names]], limit: Math.min(1000, names.length + 1) })).map((row) => row['name']));
      for (const name of names) if (!found.has(name)) findings.push({ code: 'missing', message: `${doctype} "${name}" is missing.`, hint: `Create it in ERPNext; accents and case count.` });
    });
  }
  return findings;
}
