import type { Catalog } from '../catalog/catalog.ts';
import type { InstallationPolicy } from '../field/installationPolicy.ts';
import { checkPreferredDates, type DateRefusal } from '../field/preferredDates.ts';
import type { CivilDate } from '../kernel/civil.ts';
import { accept, refuse, type Decision, type Refused } from '../kernel/decision.ts';
import { parse } from '../kernel/parse.ts';
import { priceCheckout } from '../pricing/priceCheckout.ts';
import type { PriceRefusal } from '../pricing/quote.ts';
import type { TaxTable } from '../pricing/tax.ts';
import { checkEmail } from './checkEmail.ts';
import { checkoutOrder } from './checkoutOrder.ts';
import { checkoutPayload } from './checkoutPayload.ts';
import { internetOf, priceMismatch, selectionOf } from './checkoutPrice.ts';
import { checkPhone } from './checkPhone.ts';
import { findCardData } from './findCardData.ts';
import type { ProductOrder } from './productOrder.ts';

export interface CheckoutReading {
  readonly catalog: Catalog;
  readonly taxTable: TaxTable;
  readonly jurisdiction: string;
  /** The civil day at the place of installation. */
  readonly today: CivilDate;
  readonly policy: InstallationPolicy;
  /** False when the customer is known to have had a TV box. Default true: a checkout makes a new customer. */
  readonly firstTvBox?: boolean;
  /** The fastest the drop can carry, when known (S1-021). */
  readonly maxDownMbps?: number;
}

export type CheckoutRefusal = PriceRefusal | DateRefusal | 'cardDataRefused' | 'emailInvalid' | 'phoneInvalid' | 'priceMismatch' | 'speedTooHigh';

/**
 * Reads `POST /api/checkout` (S1-075) into a priced order, or says what is wrong with it and where. Nothing of the payload is trusted:
 * card data refuses it whole, the price is computed here, days and contact are checked. The same payment intent always gives the same
 * `orderId` (S1-077). Whether the address belongs to the drop is said when its port is held.
 * @example readCheckout(payload, { catalog: residentialCatalog, taxTable: canadaTaxTable, jurisdiction: 'CA-QC', today: '2026-04-03', policy: quebecInstallationPolicy })
 */
export function readCheckout(input: unknown, context: CheckoutReading): Decision<ProductOrder, CheckoutRefusal> {
  const card = findCardData(input);
  if (card) return card;
  const payload = parse(checkoutPayload, input);
  if ('type' in payload) return payload as unknown as Refused<'badInput'>;
  const email = checkEmail(payload.customer.email);
  if (email.type === 'refused') return email;
  const phone = checkPhone(payload.customer.phone);
  if (phone.type === 'refused') return phone;
  const wish = checkPreferredDates(payload.preferred_dates, context.today, context.policy, payload.contact_me ?? false);
  if (wish.type === 'refused') return wish;

  const selection = selectionOf(payload, context.catalog);
  const priced = priceCheckout(selection, context.catalog, {
    firstTvBox: context.firstTvBox ?? true, jurisdiction: context.jurisdiction, on: context.today, taxTable: context.taxTable,
  });
  if (priced.type === 'refused') return priced;
  const quote = priced.value;
  const mismatch = priceMismatch(payload, quote.dueNow.totalMinor, quote.currency);
  if (mismatch) return mismatch;

  const line = internetOf(selection, context.catalog);
  if (line?.downKbps !== undefined && context.maxDownMbps !== undefined && line.downKbps > context.maxDownMbps * 1000) {
    return refuse('speedTooHigh', `${line.sku} is faster than this drop can carry.`, { path: 'services', hint: `Offer at most ${context.maxDownMbps} Mbps here.`, facts: { maxDownMbps: context.maxDownMbps } });
  }
  const order = checkoutOrder({ payload, email: email.value, phone: phone.value, wish: wish.value, selection, quote }, context);
  return accept(order, `order ${order.orderId} stands for its payment intent`, ...wish.because, ...quote.because);
}
