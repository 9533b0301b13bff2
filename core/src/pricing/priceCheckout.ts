import type { Catalog } from '../catalog/catalog.ts';
import { accept, type Decision } from '../kernel/decision.ts';
import { oneTimeLines, recurringLines } from './quoteLines.ts';
import type { CheckoutContext, CheckoutSelection, PriceRefusal, Quote, QuoteLine, Totals } from './quote.ts';
import { selectOfferings } from './selectOfferings.ts';
import { onTop, taxLines } from './tax.ts';

/**
 * The price of a checkout: monthly charges, one-time charges and what is due now, each with its taxes (S1-060…064). Computed from the
 * catalogue alone: nothing the customer sends is a price. Monthly is the first month, phases and coupons included. Amounts are minor units
 * of the catalogue's currency.
 * @returns a refusal with the path of what cannot be sold or taxed.
 * @example priceCheckout({ services: [{ sku: 'FTTH150I', type: 'internet' }] }, residentialCatalog, context).value.monthly // { subtotalMinor: 9995, totalMinor: 11492, … }
 */
export function priceCheckout(selection: CheckoutSelection, catalog: Catalog, context: CheckoutContext): Decision<Quote, PriceRefusal> {
  const { on, jurisdiction, taxTable, firstTvBox } = context;
  const chosen = selectOfferings(selection, catalog, on);
  if (chosen.type === 'refused') return chosen;
  const { commitmentMonths = 0, coupons = [] } = selection;
  const monthly = recurringLines(chosen.value, catalog, on, { ...context, commitmentMonths, coupons });
  if (monthly.type === 'refused') return monthly;
  const oneTime = oneTimeLines(chosen.value, catalog, firstTvBox, on);

  const totals: Totals[] = [];
  for (const lines of [monthly.value, oneTime, [...monthly.value, ...oneTime]]) {
    const taxes = taxLines(lines, jurisdiction, on, taxTable);
    if (taxes.type === 'refused') return taxes;
    const subtotalMinor = onTop(lines);
    totals.push({ subtotalMinor, taxes: taxes.value, totalMinor: subtotalMinor + onTop(taxes.value) });
  }
  const block = (lines: readonly QuoteLine[], i: number) => ({ lines, ...totals[i]! });
  const because = [
    `priced on ${on} by catalogue ${catalog.id} ${catalog.version} and tax table ${taxTable.id} ${taxTable.version}`,
    ...monthly.because,
    ...oneTime.filter((one) => one.family === 'discount').map((one) => `${one.sku}: ${one.because}`),
  ];
  return accept({ currency: catalog.currency, monthly: block(monthly.value, 0), oneTime: block(oneTime, 1), dueNow: totals[2]!, because }, ...because);
}
