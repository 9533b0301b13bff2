// The old back office's tables into Customer, Service Location and Service Subscription. core decides, this acts.
import { isVendorError, planLegacyMap, VendorError, type JsonObject, type KeptBecause, type LegacyDocument, type LegacyPlan, type LegacySettings, type LegacyStop, type LegacyTables } from '../../../core/src/index.ts';
import type { ErpNext } from './client.ts';
import { each } from './each.ts';
import { isDuplicate } from './errors.ts';

export interface LegacyImportOptions {
  /** Default true: reads and compares, writes nothing. */
  readonly dryRun?: boolean;
  /** How many documents are saved at the same time; default 4. */
  readonly concurrency?: number;
  readonly progress?: (done: number, of: number) => void;
}
export interface LegacyImportFailure { readonly doctype: string; readonly key: string; readonly kind: string; readonly hint?: string }
/** A document that is there and says otherwise than the old tables. */
export interface LegacyImportKept { readonly doctype: string; readonly key: string; readonly because: KeptBecause }
export interface LegacyImportReport {
  readonly type: 'legacyImport';
  readonly dryRun: boolean;
  /** By drop: linked + free + ended + repeated + orphaned + ambiguous + invalid = rows. */
  readonly rows: number;
  readonly linked: number;
  readonly free: number;
  readonly ended: number;
  readonly repeated: number;
  readonly orphaned: number;
  readonly ambiguous: number;
  readonly invalid: number;
  /** Where each stopped, e.g. `serviceMissing`. */
  readonly reasons: LegacyPlan['reasons'];
  /** By document: unchanged + kept + toWrite (dry run) or written + failed. */
  readonly unchanged: number;
  readonly kept: number;
  readonly toWrite: number;
  readonly written: number;
  readonly failed: number;
  /** What is (to be) written, by doctype; `Customer` counts those made and those given their old id. */
  readonly byDoctype: Readonly<Record<string, number>>;
  readonly ok: boolean;
}

/** After so many failures in a row something is wrong that the next one will not be spared. */
const ENOUGH = 20;
const PAGE = 1000;

/**
 * Plans and, unless it is a dry run, carries out the legacy map (S1-163, S1-164). Everything is made by key after the lists were compared, so
 * a second run writes nothing and a broken one is finished by the next; nothing that is there is overwritten. The report names keys and
 * reasons, no person.
 * @throws VendorError when the ERP cannot be listed.
 * @example const { report } = await importLegacy(erp, tables, { currency: 'CAD', erp: gigafibreErp }); // a dry run
 */
export async function importLegacy(
  erp: Pick<ErpNext, 'documents'>, tables: LegacyTables, settings: LegacySettings, options: LegacyImportOptions = {},
): Promise<{ readonly report: LegacyImportReport; readonly stops: readonly LegacyStop[]; readonly kept: readonly LegacyImportKept[]; readonly failures: readonly LegacyImportFailure[] }> {
  const { dryRun = true, concurrency = 4 } = options;
  const plan = planLegacyMap(tables, await readErp(erp), settings);
  const todo = plan.documents.filter(({ verdict }) => verdict === 'write' || verdict === 'identify');
  const failures: LegacyImportFailure[] = [];
  const byDoctype: Record<string, number> = {};
  const names = new Map(plan.documents.flatMap(({ plan: { step }, name }) => (name === null ? [] : [[step, name] as const])));
  let inARow = 0;
  let done = 0;
  const one = async (document: LegacyDocument): Promise<void> => {
    const { doctype, step, key } = document.plan;
    const failed = (kind: string, hint?: string): void => void failures.push({ doctype, key, kind, ...(hint ? { hint } : {}) });
    done += 1;
    if (done % 500 === 0) options.progress?.(done, todo.length);
    if (inARow >= ENOUGH) return failed('notTried');
    if (Object.values(document.plan.links).some((to) => !names.has(to))) return failed('linkFailed', 'What it belongs to could not be saved; the next run makes both.');
    try {
      names.set(step, await save(erp, document, names));
      byDoctype[doctype] = (byDoctype[doctype] ?? 0) + 1;
      inARow = 0;
    } catch (error) {
      if (!isVendorError(error)) throw error;
      inARow += 1;
      failed(error.kind, error.hint);
    }
  };
  if (dryRun) for (const { plan: { doctype } } of todo) byDoctype[doctype] = (byDoctype[doctype] ?? 0) + 1;
  // Customers before the locations they own, locations before what is sold there.
  else for (const doctype of ['Customer', 'Service Location', 'Service Subscription']) await each(todo.filter((document) => document.plan.doctype === doctype), concurrency, one);
  const count = (verdict: LegacyDocument['verdict']): number => plan.documents.filter((document) => document.verdict === verdict).length;
  return {
    report: {
      type: 'legacyImport', dryRun, ...plan.counts, reasons: plan.reasons, unchanged: count('unchanged'), kept: count('kept'),
      toWrite: dryRun ? todo.length : 0, written: dryRun ? 0 : todo.length - failures.length, failed: failures.length, byDoctype, ok: failures.length === 0,
    },
    stops: plan.stops, failures, kept: plan.documents.flatMap(({ plan: { doctype, key }, because }) => (because ? [{ doctype, key, because }] : [])),
  };
}

async function readErp({ documents }: Pick<ErpNext, 'documents'>): Promise<Parameters<typeof planLegacyMap>[1]> {
  const all = async <T>(doctype: string, fields: readonly string[], read: (row: JsonObject, text: (field: string) => string) => T): Promise<T[]> => {
    const rows: T[] = [];
    for await (const row of documents.listAll(doctype, { fields, limit: PAGE })) rows.push(read(row, (field) => String(row[field] ?? '')));
    return rows;
  };
  return {
    customers: await all('Customer', ['legacy_customer_id', 'email_id'], (_row, text) => ({ name: text('name'), legacyId: text('legacy_customer_id') || null, email: text('email_id') || null })),
    items: await all('Item', ['item_code'], (_row, text) => text('name')),
    locations: await all('Service Location', ['leadlight_id', 'fibre_id', 'customer', 'status'], (_row, text) => ({ name: text('name'), key: text('leadlight_id'), fibreId: text('fibre_id'), customer: text('customer'), status: text('status') })),
    subscriptions: await all('Service Subscription', ['leadlight_id', 'customer', 'service_location', 'item', 'status'], (_row, text) => ({ name: text('name'), key: text('leadlight_id'), customer: text('customer'), location: text('service_location'), item: text('item'), status: text('status') })),
  };
}

/** The name of the document that is there afterwards. */
async function save({ documents }: Pick<ErpNext, 'documents'>, { plan: { doctype, key, fields, links }, name, verdict }: LegacyDocument, names: ReadonlyMap<string, string>): Promise<string> {
  if (verdict === 'identify') {
    const id = fields['legacy_customer_id']!;
    const { doc } = await documents.updateWithRetry(doctype, name!, (now) => (now['legacy_customer_id'] ? null : { legacy_customer_id: id }), { strict: true });
    if (doc['legacy_customer_id'] === id) return doc.name;
    throw new VendorError({ vendor: 'ERPNext', operation: `update ${doctype}`, kind: 'conflict', message: 'Somebody gave this customer another old id meanwhile.', hint: 'Run it again: it is decided anew.' });
  }
  const whole = { ...fields, ...Object.fromEntries(Object.entries(links).map(([field, to]) => [field, names.get(to)!])) };
  try {
    // The list said it is not there, so it is not looked for again; the unique key is the arbiter.
    return (await documents.create(doctype, { ...whole, leadlight_id: key }, { strict: true })).doc.name;
  } catch (error) {
    if (!isDuplicate(error) && !(isVendorError(error) && error.outcome === 'unknown')) throw error;
    return (await documents.ensure(doctype, key, whole, { strict: true })).name;
  }
}
