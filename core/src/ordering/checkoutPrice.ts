import type { Catalog, ProductOffering } from '../catalog/catalog.ts';
import { findOffering } from '../catalog/mrcOn.ts';
import { fromDecimal } from '../kernel/decimal.ts';
import { refuse, type Refused } from '../kernel/decision.ts';
import type { CheckoutSelection, ServiceType } from '../pricing/quote.ts';
import type { CheckoutPayload } from './checkoutPayload.ts';

/** What the customer chose. Add-ons may come among the services, as type tv: the payload has no other place for them. @example selectionOf(payload, residentialCatalog).addOns // [] */
export function selectionOf(payload: CheckoutPayload, catalog: Catalog): CheckoutSelection {
  const isAddOn = (service: { sku: string; type: ServiceType }) => service.type === 'tv' && findOffering(catalog, service.sku)?.family === 'addon';
  return {
    services: payload.services.filter((one) => !isAddOn(one)).map(({ sku, type, quantity }) => ({ sku, type, ...(quantity === undefined ? {} : { quantity }) })),
    addOns: [...payload.services.filter(isAddOn).map((one) => one.sku), ...(payload.add_ons ?? [])],
    commitmentMonths: (payload.commitment_months ?? 0) as 0 | 24 | 36,
    ...(payload.tv_boxes === undefined ? {} : { tvBoxes: payload.tv_boxes }),
  };
}

/** The line a customer ordered, if any. @example internetOf({ services: [{ sku: 'FTTH150I', type: 'internet' }] }, residentialCatalog).sku // 'FTTH150I' */
export function internetOf({ services }: CheckoutSelection, catalog: Catalog): ProductOffering | undefined {
  const internet = services.find((one) => one.type === 'internet');
  return internet && findOffering(catalog, internet.sku);
}

/** A price the customer saw must be the price we compute, to the cent (S1-064). @example priceMismatch(payload, 25242, 'CAD') // null */
export function priceMismatch(payload: CheckoutPayload, dueNowMinor: number, currency: string): Refused<'priceMismatch' | 'badInput'> | null {
  const differs = (path: string) =>
    refuse('priceMismatch', 'The total does not match the price of this order.', { path, hint: 'Ask for the price again and show it to the customer before paying.', facts: { expectedTotalMinor: dueNowMinor, currency } });
  if (payload.expected_total_minor !== undefined && payload.expected_total_minor !== dueNowMinor) return differs('expected_total_minor');
  if (payload.total === undefined) return null;
  try {
    return fromDecimal(payload.total, currency) === dueNowMinor ? null : differs('total');
  } catch {
    return refuse('badInput', 'The total must be an amount with at most two decimals.', { path: 'total', hint: 'Send an amount such as 252.42.' });
  }
}
