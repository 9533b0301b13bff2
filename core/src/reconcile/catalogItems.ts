import type { CivilDate } from '../kernel/civil.ts';
import { toDecimal } from '../kernel/decimal.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Catalog, OfferingFamily, ProductOffering } from '../catalog/catalog.ts';
import { mrcOn } from '../catalog/mrcOn.ts';

export interface CatalogItemSettings {
  /** From this day the prices are to be in force: the first one written is dated so. */
  readonly on: CivilDate;
  /** Every price goes into each of these lists; they are of the catalogue's currency. */
  readonly priceLists: readonly string[];
  /** The Item Group of each family; default: those of the reference operator. */
  readonly itemGroups?: Readonly<Partial<Record<OfferingFamily, string>>>;
  /** Default `Nos`. */
  readonly uom?: string;
  /** What the item is called; default `fr`. The other language stands in its description. */
  readonly language?: 'fr' | 'en';
  /** Company and accounts that invoices post to; left out, the company's defaults hold. */
  readonly accounts?: { readonly company: string; readonly incomeAccount?: string; readonly costCenter?: string };
  /**
   * Lines with a negative rate are refused unless Selling Settings allows them, so a discount has an item and no price: its amount goes into
   * the invoice's `discount_amount` (default `none`). `negative` writes it as a price, for sites that allow it.
   */
  readonly discountPrices?: 'none' | 'negative';
}
/** An Item (found by its code) or an Item Price (found by item, list, unit and day). Fields are as ERPNext speaks them: decimals. */
export interface CatalogDocument { readonly step: string; readonly doctype: 'Item' | 'Item Price'; readonly sku: string; readonly fields: JsonObject }
/** What a price list cannot hold, so that it stays with the catalogue and the invoice says it. */
export type CatalogLeft = 'oneOffBesideMonthly' | 'partOff' | 'phases' | 'termPrices' | 'discountWithoutPrice';
export interface CatalogItems {
  /** Items first, then prices by day. */
  readonly documents: readonly CatalogDocument[];
  readonly left: readonly { readonly sku: string; readonly reason: CatalogLeft }[];
}

const GROUPS: Readonly<Record<OfferingFamily, string>> = {
  internet: 'Internet', plan: 'Internet', tv: 'Télévision', addon: 'Télévision', phone: 'Téléphonie', fee: 'Installation', equipment: 'Équipement', discount: 'Rabais',
};

/**
 * The catalogue as ERPNext's Items and Item Prices (S1-171, erp.md 2.7): an item that is no stock for every offering, and in each price list
 * its price from `on`, then one more dated price for every step that comes by law or decision. A price without a monthly charge is its
 * one-off charge. What is sold no more keeps its item and price: what was sold goes on.
 * @example catalogItems(residentialCatalog, { on: '2026-04-03', priceLists: ['Résidentiel'] }).documents.find(({ step }) => step === 'price:FTTH25:Résidentiel:2026-04-03')?.fields.price_list_rate // 49.95
 */
export function catalogItems(catalog: Catalog, settings: CatalogItemSettings): CatalogItems {
  const { uom = 'Nos', language = 'fr', discountPrices = 'none' } = settings;
  const left: { sku: string; reason: CatalogLeft }[] = [];
  const items = catalog.offerings.map((one): CatalogDocument => ({
    step: `item:${one.sku}`, doctype: 'Item', sku: one.sku,
    fields: {
      item_code: one.sku, item_name: one.label[language].slice(0, 140), description: `${one.label.fr} / ${one.label.en}`, item_group: settings.itemGroups?.[one.family] ?? GROUPS[one.family], stock_uom: uom,
      is_stock_item: 0, is_sales_item: 1, include_item_in_manufacturing: 0, ...(settings.accounts ? { item_defaults: [defaultsOf(settings.accounts)] } : {}),
    },
  }));
  const prices = catalog.offerings.flatMap((one): CatalogDocument[] => {
    const tell = (is: unknown, reason: CatalogLeft): void => { if (is) left.push({ sku: one.sku, reason }); };
    const discount = one.discount !== undefined || one.family === 'discount';
    tell(!discount && isMonthly(one) && one.nrcMinor !== 0, 'oneOffBesideMonthly');
    tell(one.discount?.offPpm !== undefined, 'partOff');
    tell(one.phases?.length, 'phases');
    tell(one.termMinor, 'termPrices');
    if (discount && (discountPrices === 'none' || one.discount?.offPpm !== undefined)) {
      tell(one.discount?.offPpm === undefined, 'discountWithoutPrice');
      return [];
    }
    return settings.priceLists.flatMap((list) => datedPrices(one, settings.on).map(({ on, minor }): CatalogDocument => ({
      step: `price:${one.sku}:${list}:${on}`, doctype: 'Item Price', sku: one.sku,
      fields: { item_code: one.sku, price_list: list, uom, currency: catalog.currency, price_list_rate: Number(toDecimal(minor, catalog.currency)), valid_from: on },
    })));
  });
  return { documents: [...items, ...prices], left };
}

const isMonthly = ({ mrcMinor, mrcFrom = [], nrcMinor }: ProductOffering): boolean => mrcMinor !== 0 || mrcFrom.length > 0 || nrcMinor === 0;

/**
 * The prices an offering has from a day on, each with its first day; minor units. One that is sold later begins then.
 * @example datedPrices({ ...serv911, mrcFrom: [{ on: '2027-01-01', mrcMinor: 75 }] }, '2026-04-03') // [{ on: '2026-04-03', minor: 69 }, { on: '2027-01-01', minor: 75 }]
 */
export function datedPrices(one: ProductOffering, on: CivilDate): readonly { readonly on: CivilDate; readonly minor: number }[] {
  const start = one.validFrom !== undefined && one.validFrom > on ? one.validFrom : on;
  if (!isMonthly(one)) return [{ on: start, minor: one.nrcMinor }];
  const steps = [{ on: start, minor: mrcOn(one, start) }, ...(one.mrcFrom ?? []).filter((step) => step.on > start).map((step) => ({ on: step.on, minor: step.mrcMinor }))];
  return steps.filter(({ minor }, i) => i === 0 || minor !== steps[i - 1]!.minor);
}

function defaultsOf({ company, incomeAccount, costCenter }: NonNullable<CatalogItemSettings['accounts']>): JsonObject {
  return { company, ...(incomeAccount ? { income_account: incomeAccount } : {}), ...(costCenter ? { selling_cost_center: costCenter } : {}) };
}
