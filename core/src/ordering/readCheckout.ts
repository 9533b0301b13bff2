import type { Catalog } from '../catalog/catalog.ts';
import { findOffering } from '../catalog/mrcOn.ts';
import type { InstallationPolicy } from '../field/installationPolicy.ts';
import { checkPreferredDates, type DateRefusal } from '../field/preferredDates.ts';
import type { CivilDate } from '../kernel/civil.ts';
import { accept, refuse, type Decision, type Refused } from '../kernel/decision.ts';
import { fromDecimal } from '../kernel/money.ts';
import { decimal, flag, list, matching, oneOf, optional, parse, record, text, whole, type Reader } from '../kernel/parse.ts';
import { priceCheckout } from '../pricing/priceCheckout.ts';
import type { CheckoutSelection, PriceRefusal, ServiceType } from '../pricing/quote.ts';
import type { TaxTable } from '../pricing/tax.ts';
import { checkEmail } from './checkEmail.ts';
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

const anyList: Reader<readonly unknown[]> = list((value) => value, 0, 50);
const shape = record({
  address: record({
    fibre_id: whole(1, 2_147_483_647),
    rue: text(140),
    ville: text(80),
    zip: matching(/^\s*[ABCEGHJ-NPRSTVXYabceghj-nprstvxy]\d[A-Za-z][ -]?\d[A-Za-z]\d\s*$/, 'a Canadian postal code such as J0S 1M0'),
    olt_port: optional(matching(/^\d{1,3}\/\d{1,3}\/\d{1,3}$/, 'frame/slot/port, e.g. 0/1/5')),
    lat: optional(decimal(-90, 90)),
    lng: optional(decimal(-180, 180)),
  }),
  customer: record({ name: text(80), email: text(254), phone: text(40) }),
  services: list(record({ sku: text(40), type: oneOf('internet', 'tv', 'phone'), quantity: optional(whole(1, 100)) }), 1, 30),
  add_ons: optional(list(text(40), 0, 50)),
  tv_boxes: optional(whole(0, 20)),
  commitment_months: optional(whole(0, 120)),
  preferred_dates: optional(anyList),
  contact_me: optional(flag),
  stripe_payment_intent: matching(/^pi_[A-Za-z0-9]{3,60}$/, 'a payment intent id such as pi_3Nx… (not its client secret)'),
  expected_total_minor: optional(whole(0, 1_000_000_000)),
  total: optional((value, path) => (typeof value === 'string' ? matching(/^\d{1,9}(\.\d{1,2})?$/, 'an amount such as 252.42')(value, path) : decimal(0, 1e7)(value, path))),
  language: optional(oneOf('fr', 'en')),
});
type Payload = ReturnType<typeof shape>;

/** Add-ons may come among the services, as type tv: the payload has no other place for them. */
function selectionOf(payload: Payload, catalog: Catalog): CheckoutSelection {
  const isAddOn = (service: { sku: string; type: ServiceType }) => service.type === 'tv' && findOffering(catalog, service.sku)?.family === 'addon';
  return {
    services: payload.services.filter((one) => !isAddOn(one)).map(({ sku, type, quantity }) => ({ sku, type, ...(quantity === undefined ? {} : { quantity }) })),
    addOns: [...payload.services.filter(isAddOn).map((one) => one.sku), ...(payload.add_ons ?? [])],
    commitmentMonths: (payload.commitment_months ?? 0) as 0 | 24 | 36,
    ...(payload.tv_boxes === undefined ? {} : { tvBoxes: payload.tv_boxes }),
  };
}

/** A price the customer saw must be the price we compute, to the cent (S1-064). */
function priceMismatch(payload: Payload, dueNowMinor: number, currency: string): Refused<'priceMismatch' | 'badInput'> | null {
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

/**
 * Reads `POST /api/checkout` (S1-075) into a priced order, or says what is wrong with it and where. Nothing of the payload is trusted:
 * card data refuses it whole, the price is computed here, days and contact are checked. The same payment intent always gives the same
 * `orderId` (S1-077). Whether the address belongs to the drop is `matchesDrop`'s to say, once the drop is known.
 * @example readCheckout(payload, { catalog: residentialCatalog, taxTable: canadaTaxTable, jurisdiction: 'CA-QC', today: '2026-04-03', policy: quebecInstallationPolicy })
 */
export function readCheckout(input: unknown, context: CheckoutReading): Decision<ProductOrder, CheckoutRefusal> {
  const card = findCardData(input);
  if (card) return card;
  const payload = parse(shape, input);
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

  const mrc = (sku: string): number => quote.monthly.lines.find((line) => line.sku === sku)?.amountMinor ?? 0;
  const services = selection.services.map(({ sku, type, quantity }) => ({ sku, type, quantity: quantity ?? 1, mrcMinor: mrc(sku) }));
  const addOns = (selection.addOns ?? []).map((sku) => ({ sku, mrcMinor: mrc(sku) }));
  const has = (type: ServiceType): boolean => services.some((one) => one.type === type);
  const line = services.flatMap((one) => (one.type === 'internet' ? [findOffering(context.catalog, one.sku)!] : []))[0];
  if (line?.downKbps !== undefined && context.maxDownMbps !== undefined && line.downKbps > context.maxDownMbps * 1000) {
    return refuse('speedTooHigh', `${line.sku} is faster than this drop can carry.`, { path: 'services', hint: `Offer at most ${context.maxDownMbps} Mbps here.`, facts: { maxDownMbps: context.maxDownMbps } });
  }
  const { address } = payload;
  const zip = address.zip.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const short = (['internet', 'tv', 'phone'] as const).flatMap((type) => services.filter((one) => one.type === type).map((one) => ({ sku: one.sku, quantity: one.quantity })));
  const order: ProductOrder = {
    orderId: `ord_${payload.stripe_payment_intent.slice('pi_'.length)}`,
    placedOn: context.today,
    fibreId: address.fibre_id,
    address: {
      street: address.rue, city: address.ville, postalCode: `${zip.slice(0, 3)} ${zip.slice(3)}`,
      ...(address.lat === undefined ? {} : { latitude: address.lat }),
      ...(address.lng === undefined ? {} : { longitude: address.lng }),
      ...(address.olt_port === undefined ? {} : { oltPort: address.olt_port }),
    },
    customer: { name: payload.customer.name, email: email.value, phone: phone.value },
    services,
    addOns,
    commitmentMonths: selection.commitmentMonths ?? 0,
    quote,
    dueNowMinor: quote.dueNow.totalMinor,
    currency: quote.currency,
    jurisdiction: context.jurisdiction,
    ...wish.value,
    paymentIntent: payload.stripe_payment_intent,
    language: payload.language ?? 'fr',
    stb: quote.oneTime.lines.find((one) => one.sku === context.catalog.tvBoxSku)?.quantity ?? 0,
    hasInternet: has('internet'),
    hasTv: has('tv'),
    hasPhone: has('phone'),
    ...(line ? { access: { sku: line.sku, downKbps: line.downKbps!, upKbps: line.upKbps!, lineProfile: line.lineProfile! } } : {}),
    notes: [...short, ...addOns.map(({ sku }) => ({ sku, quantity: 1 }))]
      .map(({ sku, quantity }) => `${findOffering(context.catalog, sku)!.shortName}${quantity > 1 ? ` x${quantity}` : ''}`).join(' + '),
    policies: {
      catalog: `${context.catalog.id} ${context.catalog.version}`,
      taxTable: `${context.taxTable.id} ${context.taxTable.version}`,
      installation: `${context.policy.id} ${context.policy.version}`,
    },
  };
  return accept(order, `order ${order.orderId} stands for its payment intent`, ...wish.because, ...quote.because);
}
