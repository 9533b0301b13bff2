import type { Catalog } from '../catalog/catalog.ts';
import type { BilledItem, PriceTerm } from '../billing/billedSubscription.ts';
import type { CivilDate } from '../kernel/civil.ts';
import { accept, type Decision } from '../kernel/decision.ts';
import { changeDays } from './priceOn.ts';
import type { PriceRefusal, QuoteLine, SaleTerms } from './quote.ts';
import { recurringLines } from './quoteLines.ts';
import type { SelectedOffering } from './selectOfferings.ts';

type Draft = { -readonly [K in keyof PriceTerm]: PriceTerm[K] };

/**
 * What a sale costs over time, as billed items: the recurring lines of every day on which something changes, each line a term from there to
 * the next change. `shape` may join the lines of a day.
 * @example itemsOver(chosen, residentialCatalog, { start: '2026-04-13' }, 'fr').value.map(({ key }) => key) // ['FTTH150I', 'TVBSTANDARD', 'TELEPMENS', 'SERV911', 'RAB3X']
 */
export function itemsOver(
  chosen: readonly SelectedOffering[], catalog: Catalog, terms: SaleTerms & { readonly start: CivilDate }, language: 'fr' | 'en', shape = (lines: readonly QuoteLine[]): readonly QuoteLine[] => lines,
): Decision<readonly BilledItem[], PriceRefusal> {
  const { start } = terms;
  const first = recurringLines(chosen, catalog, start, terms);
  if (first.type === 'refused') return first;
  const offerings = [...chosen.map(({ offering }) => offering), ...catalog.offerings.filter(({ discount }) => discount)];
  const days = new Set([start, ...offerings.flatMap((one) => changeDays(one, start)).filter((day) => day > start).sort()]);
  const items = new Map<string, Omit<BilledItem, 'terms'> & { readonly terms: Draft[] }>();
  for (const from of days) {
    const lines = recurringLines(chosen, catalog, from, terms);
    if (lines.type === 'refused') return lines;
    const seen = new Set<string>();
    for (const { sku, taxCode, label, quantity, amountMinor, prorated, because } of shape(lines.value)) {
      const of = offerings.find((one) => one.sku === sku)!;
      const key = of.taxCode === taxCode ? sku : `${sku}.${taxCode}`;
      seen.add(key);
      const item = items.get(key) ?? { key, prorated, discountable: of.discountable, terms: [] };
      const last = item.terms.at(-1);
      const unitMinor = amountMinor / quantity;
      if (last?.unitMinor !== unitMinor || last.because !== because || last.until) item.terms.push({ from, sku, description: label[language], quantity, unitMinor, taxCode, because });
      items.set(key, item);
    }
    for (const [key, { terms: [...all] }] of items) if (!seen.has(key)) all.at(-1)!.until ??= from;
  }
  return accept([...items.values()], ...first.because);
}
