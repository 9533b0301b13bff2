import { toDecimal } from '../kernel/decimal.ts';
import { deriveId } from '../kernel/id.ts';
import type { Json } from '../kernel/json.ts';
import { checkPhone } from '../ordering/checkPhone.ts';
import type { DocumentPlan } from '../ordering/documentPlan.ts';
import type { ErpSettings } from '../ordering/erpSettings.ts';
import { legacyEmail, legacyName } from './legacyAccount.ts';
import { addressOf, followLegacy, type LegacyClass, type LegacyLink, type LegacyReason, type LegacyRules, type LegacyStop, type LegacyWorld } from './legacyChain.ts';
import { legacyCell, legacyMapColumns as columns, type LegacyTables } from './legacyTable.ts';

/** A Service Location or Service Subscription as the ERP has it; '' where a field is empty. */
export interface KnownLocation { readonly name: string; readonly key: string; readonly fibreId: string; readonly customer: string; readonly status: string }
export interface KnownSubscription { readonly name: string; readonly key: string; readonly customer: string; readonly location: string; readonly item: string; readonly status: string }
export interface LegacyErp extends LegacyWorld {
  readonly locations: readonly KnownLocation[];
  readonly subscriptions: readonly KnownSubscription[];
}
/** `write` makes it, `identify` gives a Customer known by e-mail its old id, `kept` is there and says otherwise: the ERP is newer. */
export type LegacyVerdict = 'unchanged' | 'write' | 'identify' | 'kept';
export type KeptBecause = 'otherCustomer' | 'ended' | 'fromOrder' | 'locationKept';
export interface LegacyDocument {
  /** Its `step` is its key; `links` name the steps of others in this plan. Fields are for a document that is made. */
  readonly plan: DocumentPlan;
  /** Its name where it is there already. */
  readonly name: string | null;
  readonly verdict: LegacyVerdict;
  readonly because?: KeptBecause;
}
export interface LegacyPlan {
  /** Customers, then locations, then subscriptions: every link comes before what uses it. */
  readonly documents: readonly LegacyDocument[];
  readonly stops: readonly LegacyStop[];
  /** By row of `fibre`, each counted once: linked + free + ended + repeated + orphaned + ambiguous + invalid = rows. */
  readonly counts: Readonly<Record<LegacyClass | 'rows' | 'linked', number>>;
  /** The same rows by reason, e.g. `{ serviceMissing: 12 }`: where the chain broke. */
  readonly reasons: Readonly<Partial<Record<LegacyReason, number>>>;
}
export interface LegacySettings extends LegacyRules { readonly erp: ErpSettings }

const CLASSES: readonly LegacyClass[] = ['free', 'ended', 'repeated', 'orphaned', 'ambiguous', 'invalid'];

/**
 * What the old tables become in the ERP: per drop its Customer, Service Location and Service Subscription, each found again by its key
 * (`legacy:account:…`, `legacy:fibre:…`, `legacy:service:…`), so that a second run finds nothing to do. What is there is never overwritten:
 * an order, another household or a termination is newer than the old tables, and is kept and told.
 * @example planLegacyMap({ fibre: [{ id: 5012 }], service: [], delivery: [], account: [] }, { customers: [], items: [], locations: [], subscriptions: [] }, { currency: 'CAD', erp: gigafibreErp }).counts // { rows: 1, linked: 0, free: 1, ended: 0, repeated: 0, orphaned: 0, ambiguous: 0, invalid: 0 }
 */
export function planLegacyMap(tables: LegacyTables, world: LegacyErp, settings: LegacySettings): LegacyPlan {
  const { links, stops } = followLegacy(tables, world, settings);
  const [locationByKey, subscriptionByKey] = [new Map(world.locations.map((one) => [one.key, one])), new Map(world.subscriptions.map((one) => [one.key, one]))];
  const locationByFibre = new Map(world.locations.filter(({ status, fibreId }) => status !== 'Terminated' && fibreId !== '').map((one) => [one.fibreId, one]));
  const soldAt = new Map(world.subscriptions.filter(({ status }) => status !== 'Cancelled').map((one) => [`${one.location}\n${one.item}`, one]));
  const customers = new Map<string, LegacyDocument>();
  const locations: LegacyDocument[] = [];
  const subscriptions: LegacyDocument[] = [];
  for (const link of links) {
    const customer = customers.get(link.accountId) ?? customerOf(link, settings);
    customers.set(link.accountId, customer);
    const place = locationByKey.get(keyOf('fibre', link.fibreId)) ?? locationByFibre.get(link.fibreId);
    const because = place && (place.status === 'Terminated' ? 'ended' : place.customer !== customer.name ? 'otherCustomer' : undefined);
    const location: LegacyDocument = { plan: locationPlan(link, customer.plan.step, settings), name: place?.name ?? null, verdict: because ? 'kept' : place ? 'unchanged' : 'write', ...(because ? { because } : {}) };
    locations.push(location);
    subscriptions.push(subscriptionOf(link, customer, location, subscriptionByKey.get(keyOf('service', link.serviceId)), soldAt, settings));
  }
  const count = (is: LegacyClass): number => stops.filter((one) => one.is === is).length;
  const reasons: Partial<Record<LegacyReason, number>> = {};
  for (const { reason } of stops) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    documents: [...customers.values(), ...locations, ...subscriptions], stops, reasons,
    counts: { rows: tables.fibre.length, linked: links.length, ...(Object.fromEntries(CLASSES.map((is) => [is, count(is)])) as Record<LegacyClass, number>) },
  };
}

const keyOf = (kind: 'account' | 'fibre' | 'service', id: string): string => deriveId('legacy', kind, id);
const planOf = (doctype: string, key: string, fields: Readonly<Record<string, Json>>, links: Readonly<Record<string, string>> = {}): DocumentPlan => ({ step: key, doctype, key, fields, links });

function customerOf({ accountId, account, end }: LegacyLink, { erp, currency }: LegacySettings): LegacyDocument {
  const step = keyOf('account', accountId);
  if (end.by === 'legacyId') return { plan: planOf('Customer', step, {}), name: end.customer, verdict: 'unchanged' };
  if (end.by === 'email') return { plan: planOf('Customer', step, { legacy_customer_id: accountId }), name: end.customer, verdict: 'identify' };
  const [email, phone] = [legacyEmail(account!), checkPhone(legacyCell(account!, columns.phone))];
  return {
    plan: planOf('Customer', step, {
      customer_name: legacyName(account!), customer_type: legacyCell(account!, columns.company) ? 'Company' : 'Individual', customer_group: erp.customerGroup, territory: erp.territory,
      language: /^en/i.test(legacyCell(account!, columns.language)) ? 'en' : 'fr', default_currency: currency, ...(erp.taxCategory ? { tax_category: erp.taxCategory } : {}),
      ...(email ? { email_id: email } : {}), ...(phone.type === 'accepted' ? { mobile_no: phone.value } : {}), legacy_customer_id: accountId,
    }),
    name: null, verdict: 'write',
  };
}

function locationPlan({ fibre, delivery, fibreId, service }: LegacyLink, customer: string, { erp }: LegacySettings): DocumentPlan {
  const { street, city, postalCode } = addressOf(fibre, delivery)!;
  const whole = (text: string): number | null => (/^\d{1,5}$/.test(text) ? Number(text) : null);
  const degree = (names: readonly string[], max: number): number | null => {
    const value = Number(legacyCell(fibre, names) || NaN);
    return Number.isFinite(value) && value !== 0 && Math.abs(value) <= max ? value : null;
  };
  const cells = [columns.frame, columns.slot, columns.port].map((names) => whole(legacyCell(fibre, names)));
  const [frame, slot, port] = cells.includes(null) ? legacyCell(fibre, columns.path).split('/').map(whole) : cells;
  const [ontId, latitude, longitude, oltIp] = [whole(legacyCell(fibre, columns.ontId)), degree(columns.latitude, 90), degree(columns.longitude, 180), legacyCell(fibre, columns.oltIp)];
  const onPort = frame != null && slot != null && port != null;
  return planOf('Service Location', keyOf('fibre', fibreId), {
    status: service.status, connection_type: 'FTTH', address_line: street.slice(0, 140), city: city.slice(0, 140), province: erp.province, country: erp.country, fibre_id: fibreId,
    ...(postalCode ? { postal_code: postalCode } : {}), ...(latitude !== null && longitude !== null ? { latitude, longitude } : {}), ...(/^[\d.]{7,15}$/.test(oltIp) ? { olt_ip: oltIp } : {}),
    ...(onPort ? { olt_frame: frame, olt_slot: slot, olt_port: port, ...(ontId !== null ? { ont_id: ontId, olt_path: `${frame}/${slot}/${port}:${ontId}` } : {}) } : {}),
  }, { customer });
}

function subscriptionOf({ serviceId, service }: LegacyLink, customer: LegacyDocument, location: LegacyDocument, known: KnownSubscription | undefined, soldAt: ReadonlyMap<string, KnownSubscription>, { currency }: LegacySettings): LegacyDocument {
  const plan = planOf('Service Subscription', keyOf('service', serviceId), {
    status: service.status, service_type: 'Internet', item: service.item, qty: 1, rate: Number(toDecimal(service.mrcMinor, currency)), currency, billing_interval: 'Month', ...(service.start ? { start_date: service.start } : {}),
  }, { customer: customer.plan.step, service_location: location.plan.step });
  const kept = (name: string | null, because: KeptBecause): LegacyDocument => ({ plan, name, verdict: 'kept', because });
  if (known) return known.customer === customer.name ? { plan, name: known.name, verdict: 'unchanged' } : kept(known.name, 'otherCustomer');
  if (location.verdict === 'kept') return kept(null, 'locationKept');
  const sold = location.name === null ? undefined : soldAt.get(`${location.name}\n${service.item}`);
  return sold ? kept(sold.name, 'fromOrder') : { plan, name: null, verdict: 'write' };
}
