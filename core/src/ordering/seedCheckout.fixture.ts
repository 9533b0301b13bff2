// The checkout of the seed, with its Saturday put right, and a drop that fits it. For tests.
import { residentialCatalog } from '../tenant/residentialCatalog.ts';
import { quebecInstallationPolicy } from '../field/installationPolicy.ts';
import { canadaTaxTable } from '../tenant/canadaTaxTable.ts';
import type { DropFacts } from '../qualification/drop.ts';
import { readCheckout, type CheckoutReading } from './readCheckout.ts';
import type { ProductOrder } from './productOrder.ts';

export const reading: CheckoutReading = {
  catalog: residentialCatalog, taxTable: canadaTaxTable, jurisdiction: 'CA-QC', today: '2026-04-02', policy: quebecInstallationPolicy,
};

export const seedCheckout = {
  address: { fibre_id: 5012, rue: '123 rue Principale', ville: 'Saint-Anicet', zip: 'J0S 1M0', olt_port: '0/1/5', lat: 45.1234567, lng: -74.3456789 },
  customer: { name: 'Jean Tremblay', email: 'jean@example.ca', phone: '514 555-0123' },
  services: [{ sku: 'FTTH150I', type: 'internet' }, { sku: 'TVBSTANDARD', type: 'tv' }, { sku: 'TELEPMENS', type: 'phone' }],
  preferred_dates: ['2026-04-07', '2026-04-09', '2026-04-10'],
  stripe_payment_intent: 'pi_3NxSeedOrder0001abcDEF',
};

export const seedDrop: DropFacts = {
  fibreId: 5012, street: '123 RUE PRINCIPALE', city: 'ST-ANICET', postalCode: 'J0S1M0', latitude: 45.12345, longitude: -74.34567,
  oltName: 'Saint-Anicet', oltIp: '172.17.16.2', frame: 0, slot: 1, port: 5, ontId: 12, zone: 'A', maxDownMbps: 1500, state: 'held',
};

/** Reads a checkout that must be good. */
export function orderOf(payload: unknown = seedCheckout, context: CheckoutReading = reading): ProductOrder {
  const read = readCheckout(payload, context);
  if (read.type === 'refused') throw new Error(`${read.code} at ${read.path}`);
  return read.value;
}
