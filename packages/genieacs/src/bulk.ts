import { isVendorError } from '../../../core/src/index.ts';
import type { Devices } from './devices.ts';
import { rejected } from './errors.ts';

/** One device of a bulk run: by the serial on its label, or by its id. `key` names the row when it is resumed; default serial or id. */
export interface BulkInput {
  readonly key?: string;
  readonly serial?: string;
  readonly deviceId?: string;
}
/** What one device's part came to. `missing`, `ambiguous`, `failed` and `held` were never sent to a device. */
export interface BulkItem {
  readonly key: string;
  readonly serial: string | null;
  readonly deviceId: string | null;
  readonly type: string;
  readonly because: string;
  readonly hint?: string;
  /** Taken over from the report that was given to resume. */
  readonly carried?: true;
  /** What the operation itself answered. */
  readonly result?: object;
}
export interface BulkReport {
  readonly type: 'bulk';
  readonly total: number;
  /** How many items ended with each type. */
  readonly counts: Readonly<Record<string, number>>;
  /** One per input, in the order given. */
  readonly items: readonly BulkItem[];
  readonly stopped: string | null;
}
export interface BulkOptions {
  /** Devices worked on at the same time; default 10, at most 50. */
  readonly concurrency?: number;
  /** The items of an earlier report: what is finished there is taken over without a request. */
  readonly resume?: readonly BulkItem[];
  /** Hold the rest back after this many devices faulted, failed or are unknown. */
  readonly stopAfterFailures?: number;
  /** Called after each device, so that a caller can keep what is done so far. */
  readonly onItem?: (item: BulkItem) => unknown;
}
/** The work for one device. `repeatable` says whether it may be sent again when an earlier run ended unknown or still waits. */
export interface BulkWork {
  readonly repeatable: boolean;
  run(deviceId: string): Promise<{ readonly type: string; readonly because?: string } & object>;
}

const FINISHED = new Set(['executed', 'same', 'applied', 'accepted', 'upgraded', 'tagged', 'untagged']);
const SENT = new Set(['queued', 'unknown', 'faulted', 'notApplied']);
const BAD = new Set(['faulted', 'failed', 'unknown', 'notApplied']);

/**
 * The same work on many devices, so many at a time, one item per input in its order. One device's trouble stops no other; wrong credentials
 * stop all. Run again with the earlier items as `resume`, it does only what is left. S0-108, contract 27.
 * @throws VendorError rejectedInput for an input without serial and id
 * @example await bulk(devices, [{ serial: 'RCMG1' }], { repeatable: true, run: (id) => acs.tasks.refreshObject(id, 'Device.WiFi') })
 */
export async function bulk(devices: Devices, inputs: readonly BulkInput[], work: BulkWork, options: BulkOptions = {}): Promise<BulkReport> {
  const { concurrency = 10, resume = [], stopAfterFailures = Number.POSITIVE_INFINITY, onItem } = options;
  const rows = inputs.map((input, i) => {
    const key = input.key ?? input.serial ?? input.deviceId;
    if (!key || !(input.serial || input.deviceId)) throw rejected('bulk', `Input ${i + 1} names no device.`, 'Give a serial or a device id.');
    return { ...input, key };
  });
  const before = new Map(resume.map((one) => [one.key, one]));
  const over = (key: string): BulkItem | undefined => {
    const earlier = before.get(key);
    return earlier && (FINISHED.has(earlier.type) || (!work.repeatable && SENT.has(earlier.type))) ? { ...earlier, carried: true } : undefined;
  };
  const ids = await resolve(devices, rows.filter((row) => !row.deviceId && !over(row.key)).map((row) => row.serial!));
  const items: (BulkItem | undefined)[] = rows.map(() => undefined);
  const firstOf = new Map<string, number>();
  let bad = 0;
  let stopped: string | null = null;
  let next = 0;

  async function one(at: number): Promise<BulkItem> {
    const row = rows[at]!;
    const named = { key: row.key, serial: row.serial ?? null };
    const carried = over(row.key);
    if (carried) return carried;
    const found = row.deviceId ? [row.deviceId] : (ids.get(row.serial!) ?? []);
    if (found.length === 0) return { ...named, deviceId: null, type: 'missing', because: `GenieACS knows no device with serial ${row.serial}.`, hint: 'Has it informed this ACS yet? Compare the serial with the label.' };
    if (found.length > 1) return { ...named, deviceId: null, type: 'ambiguous', because: `Serial ${row.serial} belongs to ${found.join(' and ')}.`, hint: 'Give the device id.' };
    const deviceId = found[0]!;
    if (stopped !== null) return { ...named, deviceId, type: 'held', because: stopped };
    try {
      const result = await work.run(deviceId);
      return { ...named, deviceId, type: result.type, because: result.because ?? '', result };
    } catch (error) {
      if (!isVendorError(error)) throw error;
      if (error.kind === 'unauthorised') stopped = error.message;
      const type = error.kind === 'notFound' ? 'missing' : error.outcome === 'unknown' ? 'unknown' : 'failed';
      return { ...named, deviceId, type, because: error.message, hint: error.hint };
    }
  }
  async function worker(): Promise<void> {
    for (let at = next++; at < rows.length; at = next++) {
      const same = firstOf.get(rows[at]!.key);
      firstOf.set(rows[at]!.key, same ?? at);
      if (same !== undefined) continue; // Named twice: done once, told twice.
      const item = await one(at);
      items[at] = item;
      if (!item.carried && BAD.has(item.type) && ++bad >= stopAfterFailures) stopped ??= `Stopped after ${bad} devices that did not end well.`;
      await onItem?.(item);
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, 50, rows.length)) }, worker));
  const told = items.map((item, i) => item ?? items[firstOf.get(rows[i]!.key)!]!);
  const counts: Record<string, number> = {};
  for (const { type } of told) counts[type] = (counts[type] ?? 0) + 1;
  return { type: 'bulk', total: told.length, counts, items: told, stopped };
}

async function resolve(devices: Devices, serials: readonly string[]): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>();
  if (serials.length === 0) return ids;
  for await (const { id, serial } of devices.list({ serials })) ids.set(serial, [...(ids.get(serial) ?? []), id]);
  return ids;
}
