import type { Catalog } from '../catalog/catalog.ts';
import { mrcOn } from '../catalog/mrcOn.ts';
import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { isCivilDate } from '../kernel/civil.ts';
import { applyDiscounts } from './applyDiscounts.ts';
import type { CheckoutContext, CheckoutSelection, PriceRefusal, Quote, QuoteLine, Totals } from './quote.ts';
import { selectOfferings, type SelectedOffering } from './selectOfferings.ts';
import { taxLines } from './tax.ts';

const line = ({ offering, quantity, picked }: SelectedOffering, unitMinor: number): QuoteLine => ({
  sku: offering.sku,
  family: offering.family,
  label: offering.label,
  quantity,
  amountMinor: unitMinor * quantity,
  taxCode: offering.taxCode,
  prorated: offering.prorated,
  because: picked ? (quantity > 1 ? `ordered ${quantity} times` : 'ordered') : `comes with ${offering.autoWith?.family}`,
});

/** Fees are charged where they have an amount; what was picked is shown even when it is free, and so is a free installation. */
const oneTimeOf = (chosen: readonly SelectedOffering[]): QuoteLine[] =>
  chosen.filter(({ offering }) => offering.nrcMinor > 0 || (offering.family === 'fee' && offering.mrcMinor === 0)).map((one) => line(one, one.offering.nrcMinor));

/** One free box in a customer's life, and only with TV (S1-062, decision 14). */
function firstBoxCredit(chosen: readonly SelectedOffering[], catalog: Catalog, first: boolean): readonly QuoteLine[] {
  const box = chosen.find(({ offering }) => offering.sku === catalog.tvBoxSku);
  const credit = catalog.offerings.find((one) => one.discount?.kind === 'firstTvBox' && one.comboReady);
  if (!first || !box || !credit || box.offering.nrcMinor === 0) return [];
  return [{
    sku: credit.sku, family: 'discount', label: credit.label, quantity: 1, amountMinor: -box.offering.nrcMinor, taxCode: box.offering.taxCode, prorated: false,
    because: 'TV is ordered and the customer never had a box',
  }];
}

/**
 * The price of a checkout: monthly charges, one-time charges and what is due now, each with its taxes (S1-060…064). Computed from the
 * catalogue alone: nothing the customer sends is a price. Amounts are minor units of the catalogue's currency.
 * @returns a refusal with the path of what cannot be sold or taxed.
 * @example priceCheckout({ services: [{ sku: 'FTTH150I', type: 'internet' }] }, residentialCatalog, context).value.monthly // { subtotalMinor: 9995, totalMinor: 11492, … }
 */
export function priceCheckout(selection: CheckoutSelection, catalog: Catalog, context: CheckoutContext): Decision<Quote, PriceRefusal> {
  if (!isCivilDate(context.on)) return refuse('badInput', 'The day of the order must be written YYYY-MM-DD.', { path: 'on' });
  const chosen = selectOfferings(selection, catalog);
  if (chosen.type === 'refused') return chosen;
  const discounts = applyDiscounts(chosen.value, catalog, context.on, {
    commitmentMonths: selection.commitmentMonths ?? 0,
    ...(context.manualDiscount ? { manualDiscount: context.manualDiscount } : {}),
  });
  if (discounts.type === 'refused') return discounts;

  const recurring = chosen.value.filter(({ offering }) => offering.mrcMinor !== 0 || (offering.mrcFrom?.length ?? 0) > 0 || offering.family === 'tv' || offering.family === 'internet');
  const monthlyLines = [...recurring.map((one) => line(one, mrcOn(one.offering, context.on))), ...discounts.value];
  const oneTimeLines = [...oneTimeOf(chosen.value), ...firstBoxCredit(chosen.value, catalog, context.firstTvBox)];

  const total = (lines: readonly QuoteLine[]): Decision<Totals, PriceRefusal> => {
    const subtotalMinor = lines.reduce((sum, one) => sum + one.amountMinor, 0);
    const taxes = taxLines(lines, context.jurisdiction, context.on, context.taxTable);
    if (taxes.type === 'refused') return taxes;
    return accept({ subtotalMinor, taxes: taxes.value, totalMinor: taxes.value.reduce((sum, one) => sum + one.amountMinor, subtotalMinor) });
  };
  const monthly = total(monthlyLines);
  const oneTime = total(oneTimeLines);
  const dueNow = total([...monthlyLines, ...oneTimeLines]);
  if (monthly.type === 'refused') return monthly;
  if (oneTime.type === 'refused') return oneTime;
  if (dueNow.type === 'refused') return dueNow;

  const because = [
    `priced on ${context.on} by catalogue ${catalog.id} ${catalog.version} and tax table ${context.taxTable.id} ${context.taxTable.version}`,
    ...discounts.because,
    ...oneTimeLines.filter((one) => one.family === 'discount').map((one) => `${one.sku}: ${one.because}`),
    `due now: first month and one-time charges, taxed together`,
  ];
  const quote: Quote = {
    currency: catalog.currency,
    monthly: { lines: monthlyLines, ...monthly.value },
    oneTime: { lines: oneTimeLines, ...oneTime.value },
    dueNow: dueNow.value,
    because,
  };
  return accept(quote, ...because);
}
