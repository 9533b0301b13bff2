// The visitor: types an address, sees a price, pays, orders. Nothing of it is asked twice, so each answer is a journaled fact.
import { randomBytes } from 'node:crypto';
import { canadaTaxTable, civilDateIn, listOfferings, offerInstallationDates, priceCheckout, quebecInstallationPolicy, readCheckout, residentialCatalog, type CheckoutSelection, type ProductOrder } from '@leadlight/core';
import { accepted } from './accepted.ts';
import type { Clients } from './clients.ts';
import type { Journal } from './journal.ts';

export const ZONE = 'America/Toronto';
const JURISDICTION = 'CA-QC';
const wanted: CheckoutSelection = { services: [{ sku: 'FTTH150I', type: 'internet' }, { sku: 'TVBSTANDARD', type: 'tv' }, { sku: 'TELEPMENS', type: 'phone' }], tvBoxes: 1 };

/** From a typed address to a paid, priced order. @throws Error when it cannot be served, priced or paid */
export async function checkout(typed: string, { hub, stripe, clock }: Clients, journal: Journal, say: (what: string, readBack: string) => void): Promise<ProductOrder> {
  const run = await journal.once('run', () => randomBytes(8).toString('hex'));
  const today = await journal.once('today', () => civilDateIn(clock.now(), ZONE));

  const home = await journal.once('home', async () => {
    const { availability, premises, message } = await hub.availability.qualify({ address: typed });
    if (availability !== 'available' || !premises) throw new Error(`${typed}: ${message.en}`);
    const drop = await hub.drops.get(premises.fibreId);
    if ('code' in drop) throw new Error(drop.message);
    return drop;
  });
  const offered = listOfferings(residentialCatalog, { on: today, maxDownMbps: home.maxDownMbps });
  say('qualified', `${home.street}, ${home.city}: up to ${home.maxDownMbps} Mbps, ${offered.length} offerings`);

  const quote = accepted(priceCheckout(wanted, residentialCatalog, { firstTvBox: true, jurisdiction: JURISDICTION, on: today, taxTable: canadaTaxTable }));
  say('quoted', `${(quote.dueNow.totalMinor / 100).toFixed(2)} ${quote.currency} due now, taxes included`);

  // The key makes a repeated request find the first one's payment, should the program die before it wrote down the answer.
  const payment = await journal.once('payment', async () => {
    const { id, status } = await stripe.paymentIntents.create(
      { amount: quote.dueNow.totalMinor, currency: quote.currency.toLowerCase(), capture_method: 'manual', payment_method: 'pm_card_visa', confirm: true, return_url: 'https://example.com/merci' },
      { idempotencyKey: `lead-to-live-${run}` },
    );
    return { id, status };
  });
  say('authorised', `${payment.id}: ${payment.status}`);

  const order = await journal.once('order', () => accepted(readCheckout(
    {
      address: { fibre_id: home.fibreId, rue: home.street, ville: home.city, zip: home.postalCode, lat: home.latitude, lng: home.longitude },
      customer: { name: 'Jean Tremblay', email: 'jean.tremblay@example.ca', phone: '+15145551234' },
      services: wanted.services, tv_boxes: wanted.tvBoxes, language: 'fr',
      preferred_dates: offerInstallationDates(today, quebecInstallationPolicy).slice(0, 3),
      stripe_payment_intent: payment.id, expected_total_minor: quote.dueNow.totalMinor,
    },
    { catalog: residentialCatalog, taxTable: canadaTaxTable, jurisdiction: JURISDICTION, today, policy: quebecInstallationPolicy, maxDownMbps: home.maxDownMbps },
  )));
  const opened = await hub.orders.open(order.orderId, { order: JSON.parse(JSON.stringify(order)) });
  if (opened.type === 'refused') throw new Error(opened.message);
  say('ordered', `${order.orderId}: ${order.notes}`);
  return order;
}
