import type { BilledSubscription } from '../billing/billedSubscription.ts';
import type { Catalog, TermUnit } from '../catalog/catalog.ts';
import type { CivilDate } from '../kernel/civil.ts';
import { accept, type Decision } from '../kernel/decision.ts';
import { itemsOver } from './itemsOver.ts';
import { chargeOf, type CheckoutSelection, type PriceRefusal, type SaleFacts } from './quote.ts';
import { oneTimeLines } from './quoteLines.ts';
import { selectOfferings } from './selectOfferings.ts';

export interface SubscribeContext extends SaleFacts {
  readonly id: string;
  /** The day of the order: its catalogue, coupons and held prices hold. */
  readonly on: CivilDate;
  /** The day it went live. */
  readonly start: CivilDate;
  readonly firstTvBox: boolean;
  /** Default: by the month. */
  readonly term?: TermUnit;
  /** Default: the day of the start. */
  readonly anchorDay?: number | 'last';
  /** Of descriptions; default `fr`. */
  readonly language?: 'fr' | 'en';
}

/**
 * A priced order as the billing engine takes it: each recurring line an item keyed by its SKU, discounts as items of their own, each with
 * its price terms over time; one-time lines as charges on the first day. What was quoted is what is billed (S1-118).
 * @example subscribe({ services: [{ sku: 'FTTH25', type: 'internet' }] }, residentialCatalog, { id: 'sub_1', on: '2026-04-03', start: '2026-04-13', firstTvBox: true }).value.items[0].terms[0].unitMinor // 4995
 */
export function subscribe(selection: CheckoutSelection, catalog: Catalog, context: SubscribeContext): Decision<BilledSubscription, PriceRefusal> {
  const { id, on, start, term, anchorDay, firstTvBox, language = 'fr' } = context;
  const chosen = selectOfferings(selection, catalog, on);
  if (chosen.type === 'refused') return chosen;
  const { commitmentMonths = 0, coupons = [] } = selection;
  const items = itemsOver(chosen.value, catalog, { ...context, commitmentMonths, coupons }, language);
  if (items.type === 'refused') return items;
  const charges = oneTimeLines(chosen.value, catalog, firstTvBox, on).map((line) => chargeOf(line, start, language));
  return accept({ id, start, cadence: { unit: term ?? 'month', ...(anchorDay && { anchorDay }) }, items: items.value, charges }, `sold on ${on} by catalogue ${catalog.id} ${catalog.version}`, ...items.because);
}
