// The product catalogue into Items and Item Prices. core decides, this acts.
import { catalogItems, isVendorError, planCatalogImport, type Catalog, type CatalogDocument, type CatalogImportPlan, type CatalogItems, type CatalogItemSettings, type JsonObject } from '../../../core/src/index.ts';
import type { ErpNext } from './client.ts';
import { sameValue } from './echo.ts';

export interface CatalogImportReport {
  readonly type: 'catalogImport';
  readonly dryRun: boolean;
  readonly catalog: string;
  readonly version: string;
  /** By document: unchanged + toWrite (dry run) or written + failed + conflicts = documents. */
  readonly documents: number;
  readonly unchanged: number;
  readonly toWrite: number;
  readonly written: number;
  readonly failed: number;
  /** Prices that ERPNext has otherwise from the very same day: correct them there, or import from another day. */
  readonly conflicts: number;
  /** What is (to be) written, by doctype. */
  readonly byDoctype: Readonly<Record<string, number>>;
  /** Masters that must exist first: nothing is written while one is missing. */
  readonly missing: readonly string[];
  readonly ok: boolean;
}
export interface CatalogImportOutcome {
  readonly report: CatalogImportReport;
  readonly toWrite: readonly CatalogDocument[];
  readonly problems: CatalogImportPlan['problems'];
  readonly left: CatalogItems['left'];
  readonly failures: readonly { readonly step: string; readonly kind: string; readonly hint: string }[];
}

/**
 * Plans and, unless it is a dry run, carries out the import of a catalogue (S1-171). What is there is compared and never changed; a price
 * that differs becomes a new dated Item Price. Run twice, the second run writes nothing.
 * @throws VendorError when the ERP cannot be listed.
 * @example const { report } = await importCatalog(erp, residentialCatalog, { on: '2026-04-03', priceLists: ['Résidentiel'] }); // a dry run
 */
export async function importCatalog(erp: Pick<ErpNext, 'documents'>, catalog: Catalog, settings: CatalogItemSettings, { dryRun = true }: { readonly dryRun?: boolean } = {}): Promise<CatalogImportOutcome> {
  const { documents, left } = catalogItems(catalog, settings);
  const missing = await missingMasters(erp, catalog, documents, settings);
  const { toWrite, unchanged, problems } = planCatalogImport(documents, await readErp(erp, catalog, settings));
  const failures: CatalogImportOutcome['failures'][number][] = [];
  const byDoctype: Record<string, number> = {};
  let written = 0;
  for (const one of toWrite) {
    if (!dryRun && missing.length > 0) continue;
    try {
      if (!dryRun) await save(erp, one);
      written += dryRun ? 0 : 1;
      byDoctype[one.doctype] = (byDoctype[one.doctype] ?? 0) + 1;
    } catch (error) {
      if (!isVendorError(error)) throw error;
      failures.push({ step: one.step, kind: error.kind, hint: error.hint });
    }
  }
  const conflicts = problems.filter(({ reason }) => reason === 'sameDay').length;
  return {
    report: {
      type: 'catalogImport', dryRun, catalog: catalog.id, version: catalog.version, documents: documents.length, unchanged, toWrite: dryRun || missing.length > 0 ? toWrite.length : 0, written, failed: failures.length,
      conflicts, byDoctype, missing, ok: failures.length + conflicts + missing.length === 0,
    },
    toWrite, problems, left, failures,
  };
}

async function missingMasters({ documents }: Pick<ErpNext, 'documents'>, catalog: Catalog, wanted: readonly CatalogDocument[], { priceLists, accounts }: CatalogItemSettings): Promise<readonly string[]> {
  const of = (field: string): string[] => [...new Set(wanted.flatMap(({ doctype, fields }) => (doctype === 'Item' ? [String(fields[field])] : [])))];
  const missing: string[] = [];
  const needed: readonly (readonly [string, readonly string[]])[] = [
    ['Item Group', of('item_group')], ['UOM', of('stock_uom')], ['Price List', priceLists],
    ...(accounts ? [['Company', [accounts.company]], ['Account', accounts.incomeAccount ? [accounts.incomeAccount] : []], ['Cost Center', accounts.costCenter ? [accounts.costCenter] : []]] as const : []),
  ];
  for (const [doctype, names] of needed) {
    if (names.length === 0) continue;
    const rows = await documents.list(doctype, { fields: doctype === 'Price List' ? ['name', 'currency'] : ['name'], filters: [['name', 'in', [...names]]], limit: 1000 });
    for (const name of names) {
      const row = rows.find((one) => one['name'] === name);
      if (!row) missing.push(`${doctype} ${name}`);
      else if (doctype === 'Price List' && row['currency'] !== catalog.currency) missing.push(`Price List ${name} in ${catalog.currency}`);
    }
  }
  return missing;
}

async function readErp({ documents }: Pick<ErpNext, 'documents'>, catalog: Catalog, { priceLists }: CatalogItemSettings): Promise<Parameters<typeof planCatalogImport>[1]> {
  const skus = catalog.offerings.map(({ sku }) => sku);
  const rows = async (doctype: string, fields: readonly string[], filters: Parameters<ErpNext['documents']['count']>[1]): Promise<JsonObject[]> => {
    const found: JsonObject[] = [];
    for await (const row of documents.listAll(doctype, { fields, filters: filters ?? [], limit: 1000 })) found.push(row);
    return found;
  };
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const items = await rows('Item', ['name', 'stock_uom', 'disabled', 'is_stock_item'], [['name', 'in', skus]]);
  const prices = await rows('Item Price', ['item_code', 'price_list', 'uom', 'currency', 'customer', 'price_list_rate', 'valid_from', 'valid_upto'], [['price_list', 'in', [...priceLists]], ['item_code', 'in', skus]]);
  return {
    items: items.map((one) => ({ code: text(one['name']), uom: text(one['stock_uom']), disabled: one['disabled'] === 1, stock: one['is_stock_item'] === 1 })),
    prices: prices.map((one) => ({
      code: text(one['item_code']), list: text(one['price_list']), uom: text(one['uom']), currency: text(one['currency']), customer: text(one['customer']), rate: Number(one['price_list_rate'] ?? 0), from: text(one['valid_from']), upto: text(one['valid_upto']),
    })),
  };
}

/** Makes it once: an Item is found by its code; a price has no unique field, so after silence it is looked for before anything else. */
async function save({ documents }: Pick<ErpNext, 'documents'>, { doctype, fields }: CatalogDocument): Promise<void> {
  try {
    await documents.create(doctype, fields, { strict: true });
  } catch (error) {
    if (!isVendorError(error)) throw error;
    const keys = doctype === 'Item' ? ['item_code'] : ['item_code', 'price_list', 'uom', 'valid_from'];
    const [there] = await documents.list(doctype, { fields: ['name', ...keys, ...(doctype === 'Item' ? [] : ['price_list_rate'])], filters: keys.map((field) => [field, '=', fields[field]!] as const), limit: 1 }).catch(() => []);
    if (!there || (doctype === 'Item Price' && !sameValue(fields['price_list_rate'], there['price_list_rate']))) throw error;
  }
}
