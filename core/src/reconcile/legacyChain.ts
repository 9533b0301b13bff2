import type { LegacyValues } from '../network/legacyRow.ts';
import { legacyCustomerFinder, legacyName, type LegacyCustomer, type LegacyEnd } from './legacyAccount.ts';
import { readLegacyService, type LegacyService, type LegacyServiceFault } from './legacyService.ts';
import { legacyCell, legacyId, legacyIndex, legacyMapColumns as columns, type LegacyTables } from './legacyTable.ts';

export interface LegacyLink {
  readonly row: number;
  readonly fibreId: string;
  readonly serviceId: string;
  readonly accountId: string;
  readonly fibre: LegacyValues;
  readonly delivery: LegacyValues;
  readonly account: LegacyValues | undefined;
  readonly service: LegacyService;
  readonly end: LegacyEnd;
}
export type LegacyHop = 'service' | 'delivery' | 'account' | 'customer';
export type LegacyClass = 'free' | 'ended' | 'repeated' | 'orphaned' | 'ambiguous' | 'invalid';
export type LegacyReason = 'noService' | 'serviceEnded' | 'sameRow' | `${LegacyHop}Missing` | `${'fibre' | LegacyHop}RowsDisagree` | 'serviceOnSeveralFibres' | 'severalCustomers' | 'severalAccounts'
  | 'idUnreadable' | 'addressMissing' | 'nameMissing' | LegacyServiceFault;
/** A drop that leads to no customer: which, why, and the id the chain broke at. Never a name, an address or a number. */
export interface LegacyStop { readonly row: number; readonly fibreId: string; readonly is: LegacyClass; readonly reason: LegacyReason; readonly at?: string }
export interface LegacyWorld {
  readonly customers: readonly LegacyCustomer[];
  /** Codes of the items that exist. */
  readonly items: readonly string[];
}
export interface LegacyRules {
  readonly currency: string;
  /** Old product code → item code. */
  readonly products?: Readonly<Record<string, string>>;
  /** Makes a Customer of an account the ERP does not know. Default false: such a drop is orphaned at its customer. */
  readonly createCustomers?: boolean;
}

/**
 * Follows every drop: fibre → service → delivery → account → Customer (S1-163). Each row of `fibre` is a link or one stop, never both.
 * What disagrees is told and left: the rule does not choose. An id decides before an e-mail; an e-mail decides only where it is one
 * account's and one customer's.
 * @example followLegacy({ fibre: [{ id: 5012, service_id: 7 }], service: [], delivery: [], account: [] }, { customers: [], items: [] }, { currency: 'CAD' }).stops // [{ row: 1, fibreId: '5012', is: 'orphaned', reason: 'serviceMissing', at: '7' }]
 */
export function followLegacy(tables: LegacyTables, world: LegacyWorld, rules: LegacyRules): { readonly links: readonly LegacyLink[]; readonly stops: readonly LegacyStop[] } {
  const fibreOf = legacyIndex(tables.fibre, columns.fibreId);
  const [serviceOf, deliveryOf, accountOf] = [legacyIndex(tables.service, columns.serviceId), legacyIndex(tables.delivery, columns.deliveryId), legacyIndex(tables.account, columns.accountId)];
  const endOf = legacyCustomerFinder(tables.account, world.customers);
  const items = new Set(world.items);
  const links: LegacyLink[] = [];
  const stops: LegacyStop[] = [];
  const seen = new Set<string>();
  const takers = new Map<string, Set<string>>();
  for (const fibre of tables.fibre) {
    const [fibreId, serviceId] = [legacyId(legacyCell(fibre, columns.fibreId)), legacyId(legacyCell(fibre, columns.toService))];
    if (fibreId && serviceId) takers.set(serviceId, (takers.get(serviceId) ?? new Set()).add(fibreId));
  }
  tables.fibre.forEach((fibre, index) => {
    const [fibreId, serviceId] = [legacyId(legacyCell(fibre, columns.fibreId)), legacyId(legacyCell(fibre, columns.toService))];
    const stop = (is: LegacyClass, reason: LegacyReason, at?: string): void => void stops.push({ row: index + 1, fibreId: fibreId ?? '', is, reason, ...(at ? { at } : {}) });
    if (!fibreId || serviceId === null) return stop('invalid', 'idUnreadable');
    const only = fibreOf(fibreId);
    if (only === 'rowsDisagree') return stop('ambiguous', 'fibreRowsDisagree', fibreId);
    if (seen.has(fibreId)) return stop('repeated', 'sameRow');
    seen.add(fibreId);
    if (serviceId === '') return stop('free', 'noService');
    if (takers.get(serviceId)!.size > 1) return stop('ambiguous', 'serviceOnSeveralFibres', serviceId);
    const row = serviceOf(serviceId);
    if (!row) return stop('orphaned', 'serviceMissing', serviceId);
    if (row === 'rowsDisagree') return stop('ambiguous', 'serviceRowsDisagree', serviceId);
    const service = readLegacyService(row, items, rules.products ?? {}, rules.currency);
    if (typeof service === 'string') return stop('invalid', service, serviceId);
    if (service.status === 'ended') return stop('ended', 'serviceEnded', serviceId);
    const deliveryId = legacyId(legacyCell(row, columns.toDelivery));
    const delivery = deliveryId ? deliveryOf(deliveryId) : undefined;
    if (!delivery) return stop('orphaned', 'deliveryMissing', deliveryId || serviceId);
    if (delivery === 'rowsDisagree') return stop('ambiguous', 'deliveryRowsDisagree', deliveryId!);
    const accountId = legacyId(legacyCell(delivery, columns.toAccount));
    const found = accountId ? accountOf(accountId) : undefined;
    if (!accountId) return stop('orphaned', 'accountMissing', deliveryId!);
    const account = found === 'rowsDisagree' ? undefined : found;
    const end = endOf(accountId, account);
    if (typeof end === 'string') return stop('ambiguous', end, accountId);
    if (!end && found === 'rowsDisagree') return stop('ambiguous', 'accountRowsDisagree', accountId);
    if (!end && !account) return stop('orphaned', 'accountMissing', accountId);
    if (!end && !rules.createCustomers) return stop('orphaned', 'customerMissing', accountId);
    if (!end && legacyName(account!) === '') return stop('invalid', 'nameMissing', accountId);
    if (!addressOf(fibre, delivery)) return stop('invalid', 'addressMissing', fibreId);
    links.push({ row: index + 1, fibreId, serviceId, accountId, fibre, delivery, account, service, end: end ?? { customer: null, by: 'account' } });
  });
  return { links, stops };
}

/** Where the drop is: the drop's own words, else the delivery's. @example addressOf({ rue: '12 rue X', ville: 'Ormstown' }, {}) // { street: '12 rue X', city: 'Ormstown', postalCode: '' } */
export function addressOf(fibre: LegacyValues, delivery: LegacyValues): { readonly street: string; readonly city: string; readonly postalCode: string } | null {
  for (const row of [fibre, delivery]) {
    const [street, city, postalCode] = [legacyCell(row, columns.street), legacyCell(row, columns.city), legacyCell(row, columns.postalCode)];
    if (street && city) return { street, city, postalCode: postalCode.slice(0, 10) };
  }
  return null;
}
