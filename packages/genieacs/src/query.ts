import { chunkValues } from './chunkValues.ts';
import { rejected } from './errors.ts';
import { literal } from './literal.ts';

/** What a person may ask a device list for. All given conditions must hold. */
export interface DeviceFilter {
  readonly tag?: string;
  /** Only devices that do not carry this tag. */
  readonly withoutTag?: string;
  readonly oui?: string;
  readonly productClass?: string;
  readonly serials?: readonly string[];
  readonly ids?: readonly string[];
  /** ISO instants; `lastInformBefore` finds stale devices. */
  readonly lastInformBefore?: string;
  readonly lastBootstrapAfter?: string;
  /** A raw condition; checked, since an unknown operator kills an NBI worker. */
  readonly raw?: Readonly<Record<string, unknown>>;
}

const EXPANDED = new Set(['$eq', '$gt', '$gte', '$in', '$lt', '$lte', '$ne', '$nin', '$regex', '$exists']);
const PLAIN = new Set(['$in', '$nin', '$eq', '$gt', '$gte', '$lt', '$lte', '$ne', '$exists', '$type']);

/** @example bySerial('RCMG1', { oui: '000E5E' }) // { '_deviceId._SerialNumber': 'RCMG1', '_deviceId._OUI': '000E5E' } */
export function bySerial(serial: string, { oui, productClass }: { readonly oui?: string; readonly productClass?: string } = {}): Record<string, unknown> {
  return {
    '_deviceId._SerialNumber': literal(serial),
    ...(oui ? { '_deviceId._OUI': literal(oui) } : {}),
    ...(productClass ? { '_deviceId._ProductClass': literal(productClass) } : {}),
  };
}

/**
 * Turns a filter into queries, usually one; a long list of serials or ids into as many as keep each URL below what servers and proxies
 * take. No device matches two of them. @throws VendorError rejectedInput for anything the NBI would choke on.
 * @example deviceQueries({ tag: 'vip' }) // [{ _tags: 'vip' }]
 */
export function deviceQueries(filter: DeviceFilter): readonly Record<string, unknown>[] {
  if (filter.serials && filter.ids) throw rejected('devices.list', 'Both serials and ids were given.', 'Give one of them.');
  const rest = restOf(filter);
  const parts = filter.serials ? chunkValues('_deviceId._SerialNumber', filter.serials) : filter.ids ? chunkValues('_id', filter.ids) : undefined;
  if (!parts) return [both(rest)];
  return parts.map((part) => both([part, ...rest]));
}

const both = (all: readonly Record<string, unknown>[]): Record<string, unknown> => (all.length === 0 ? {} : all.length === 1 ? all[0]! : { $and: all });

function restOf(filter: DeviceFilter): Record<string, unknown>[] {
  const all: Record<string, unknown>[] = [];
  if (filter.tag) all.push({ _tags: literal(filter.tag) });
  if (filter.withoutTag) all.push({ _tags: { $ne: filter.withoutTag } });
  if (filter.oui) all.push({ '_deviceId._OUI': literal(filter.oui) });
  if (filter.productClass) all.push({ '_deviceId._ProductClass': literal(filter.productClass) });
  if (filter.lastInformBefore) all.push({ _lastInform: { $lt: filter.lastInformBefore } });
  if (filter.lastBootstrapAfter) all.push({ _lastBootstrap: { $gt: filter.lastBootstrapAfter } });
  if (filter.raw) {
    checkQuery('devices.list', filter.raw, EXPANDED);
    all.push({ ...filter.raw });
  }
  return all;
}

/** Tasks and faults know fewer operators than devices. @throws VendorError rejectedInput */
export function checkPlainQuery(operation: string, query: Readonly<Record<string, unknown>>): void {
  checkQuery(operation, query, PLAIN);
}

function checkQuery(operation: string, query: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): void {
  for (const [key, value] of Object.entries(query)) {
    if (key === '$and' || key === '$or' || key === '$nor') {
      if (!Array.isArray(value) || value.length === 0) throw rejected(operation, `${key} needs a list of conditions.`, 'Give at least one condition in square brackets.');
      for (const one of value) checkQuery(operation, one as Record<string, unknown>, known);
    } else if (key.startsWith('$')) {
      throw rejected(operation, `"${key}" is not an operator GenieACS knows at this place.`, 'Use $and, $or, $nor, or the name of a field.');
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const operators = Object.keys(value);
      const bad = operators.find((one) => !known.has(one));
      if (bad !== undefined || operators.length === 0) throw rejected(operation, `"${bad ?? '{}'}" is not an operator GenieACS knows for ${key}.`, `Use one of ${[...known].join(', ')}.`);
      if (operators.includes('$ne') && operators.length > 1) throw rejected(operation, `$ne cannot stand beside another operator for ${key}.`, 'Put it into a condition of its own inside $and.');
    }
  }
}
