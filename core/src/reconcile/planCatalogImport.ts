import type { CivilDate } from '../kernel/civil.ts';
import { fromDecimal } from '../kernel/decimal.ts';
import type { CatalogDocument } from './catalogItems.ts';

/** An Item and an Item Price as the ERP has them; '' where a field is empty. `rate` is ERPNext's float. */
export interface KnownItem { readonly code: string; readonly uom: string; readonly disabled: boolean; readonly stock: boolean }
export interface KnownPrice { readonly code: string; readonly list: string; readonly uom: string; readonly currency: string; readonly customer: string; readonly rate: number; readonly from: CivilDate | ''; readonly upto: CivilDate | '' }
export interface CatalogErp { readonly items: readonly KnownItem[]; readonly prices: readonly KnownPrice[] }
/** `sameDay`: the list has another price from that very day, and is not overwritten. The others are remarks. */
export type CatalogProblem = 'sameDay' | 'itemDisabled' | 'itemIsStock' | 'laterPrice' | 'priceEnds';
export interface CatalogImportPlan {
  /** Items before prices. */
  readonly toWrite: readonly CatalogDocument[];
  readonly unchanged: number;
  readonly problems: readonly { readonly sku: string; readonly reason: CatalogProblem; readonly list?: string; readonly on?: CivilDate }[];
}

/**
 * What of the catalogue is to be written. The price in force on a day is the one with the latest first day, as ERPNext chooses it; where that
 * is the catalogue's, nothing is written; where it is not, one new dated price is, and nothing that is there is touched. So a second run
 * writes nothing. A price for one customer does not count.
 * @example planCatalogImport(catalogItems(residentialCatalog, { on: '2026-04-03', priceLists: [] }).documents, { items: [], prices: [] }).unchanged // 0
 */
export function planCatalogImport(documents: readonly CatalogDocument[], erp: CatalogErp): CatalogImportPlan {
  const known = new Map(erp.items.map((one) => [one.code, one]));
  const toWrite: CatalogDocument[] = [];
  const problems: CatalogImportPlan['problems'][number][] = [];
  let unchanged = 0;
  for (const one of documents) {
    const item = one.doctype === 'Item' ? known.get(one.sku) : undefined;
    if (one.doctype !== 'Item') continue;
    if (!item) { toWrite.push(one); continue; }
    unchanged += 1;
    if (item.disabled) problems.push({ sku: one.sku, reason: 'itemDisabled' });
    if (item.stock) problems.push({ sku: one.sku, reason: 'itemIsStock' });
  }
  const groups = new Map<string, CatalogDocument[]>();
  for (const one of documents) if (one.doctype === 'Item Price') groups.set(`${one.sku}\n${String(one.fields['price_list'])}`, [...(groups.get(`${one.sku}\n${String(one.fields['price_list'])}`) ?? []), one]);
  for (const wanted of groups.values()) {
    const { sku, fields } = wanted[0]!;
    const list = String(fields['price_list']);
    const currency = String(fields['currency']);
    // An item that is there keeps its unit, and its prices are per that unit.
    const uom = known.get(sku)?.uom || String(fields['uom']);
    const there = erp.prices.filter((one) => one.code === sku && one.list === list && one.customer === '' && one.currency === currency && ['', uom].includes(one.uom));
    const held: { from: string; upto: string; minor: number | null }[] = there.map(({ from, upto, rate }) => ({ from, upto, minor: minorOf(rate, currency) }));
    const inForce = (on: CivilDate) => held.filter(({ from, upto }) => from <= on && (upto === '' || upto >= on)).sort((a, b) => (a.from < b.from ? 1 : -1))[0];
    for (const one of [...wanted].sort((a, b) => (day(a) < day(b) ? -1 : 1))) {
      const [on, minor, now] = [day(one), minorOf(Number(one.fields['price_list_rate']), currency), inForce(day(one))];
      if (now && now.minor === minor) {
        unchanged += 1;
        if (now.upto !== '') problems.push({ sku, reason: 'priceEnds', list, on: now.upto });
      } else if (now?.from === on) problems.push({ sku, reason: 'sameDay', list, on });
      else {
        toWrite.push({ ...one, fields: { ...one.fields, uom } });
        held.push({ from: on, upto: '', minor });
      }
    }
    const days = wanted.map(day);
    for (const { from } of there) if (from > days.reduce((a, b) => (a < b ? a : b)) && !days.includes(from)) problems.push({ sku, reason: 'laterPrice', list, on: from });
  }
  return { toWrite, unchanged, problems };
}

const day = (one: CatalogDocument): CivilDate => String(one.fields['valid_from']);
function minorOf(rate: number, currency: string): number | null {
  try {
    return fromDecimal(rate, currency);
  } catch {
    return null;
  }
}
