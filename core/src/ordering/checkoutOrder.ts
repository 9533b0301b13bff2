import { findOffering } from '../catalog/mrcOn.ts';
import type { InstallationWish } from '../field/preferredDates.ts';
import type { CheckoutSelection, Quote, ServiceType } from '../pricing/quote.ts';
import type { CheckoutPayload } from './checkoutPayload.ts';
import { internetOf } from './checkoutPrice.ts';
import type { ProductOrder } from './productOrder.ts';
import type { CheckoutReading } from './readCheckout.ts';

/** A checkout whose every part was found good. */
export interface CheckedCheckout {
  readonly payload: CheckoutPayload;
  readonly email: string;
  readonly phone: string;
  readonly wish: InstallationWish;
  readonly selection: CheckoutSelection;
  readonly quote: Quote;
}

/** The order a good checkout makes; the payment intent names it (S1-077). @example checkoutOrder({ payload, email, phone, wish, selection, quote }, context).orderId // 'ord_3Nx…' */
export function checkoutOrder({ payload, email, phone, wish, selection, quote }: CheckedCheckout, { catalog, taxTable, policy, today, jurisdiction }: CheckoutReading): ProductOrder {
  const mrc = (sku: string): number => quote.monthly.lines.find((line) => line.sku === sku)?.amountMinor ?? 0;
  const services = selection.services.map(({ sku, type, quantity }) => ({ sku, type, quantity: quantity ?? 1, mrcMinor: mrc(sku) }));
  const addOns = (selection.addOns ?? []).map((sku) => ({ sku, mrcMinor: mrc(sku) }));
  const has = (type: ServiceType): boolean => services.some((one) => one.type === type);
  const line = internetOf(selection, catalog);
  const { address, customer } = payload;
  const zip = address.zip.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const inOrder = (['internet', 'tv', 'phone'] as const).flatMap((type) => services.filter((one) => one.type === type));
  return {
    orderId: `ord_${payload.stripe_payment_intent.slice('pi_'.length)}`,
    placedOn: today,
    fibreId: address.fibre_id,
    address: {
      street: address.rue, city: address.ville, postalCode: `${zip.slice(0, 3)} ${zip.slice(3)}`,
      ...(address.lat === undefined ? {} : { latitude: address.lat }),
      ...(address.lng === undefined ? {} : { longitude: address.lng }),
      ...(address.olt_port === undefined ? {} : { oltPort: address.olt_port }),
    },
    customer: { name: customer.name, email, phone },
    services,
    addOns,
    commitmentMonths: selection.commitmentMonths ?? 0,
    quote,
    dueNowMinor: quote.dueNow.totalMinor,
    currency: quote.currency,
    jurisdiction,
    ...wish,
    paymentIntent: payload.stripe_payment_intent,
    language: payload.language ?? 'fr',
    stb: quote.oneTime.lines.find((one) => one.sku === catalog.tvBoxSku)?.quantity ?? 0,
    hasInternet: has('internet'),
    hasTv: has('tv'),
    hasPhone: has('phone'),
    ...(line ? { access: { sku: line.sku, downKbps: line.downKbps!, upKbps: line.upKbps!, lineProfile: line.lineProfile! } } : {}),
    notes: [...inOrder, ...addOns.map(({ sku }) => ({ sku, quantity: 1 }))]
      .map(({ sku, quantity }) => `${findOffering(catalog, sku)!.shortName}${quantity > 1 ? ` x${quantity}` : ''}`).join(' + '),
    policies: {
      catalog: `${catalog.id} ${catalog.version}`,
      taxTable: `${taxTable.id} ${taxTable.version}`,
      installation: `${policy.id} ${policy.version}`,
    },
  };
}
