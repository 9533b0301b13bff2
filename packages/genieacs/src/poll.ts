import type { Instant } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import { rejected } from './errors.ts';
import { deviceQueries, type DeviceFilter } from './query.ts';
import { IDENTITY, readDevice, readFault } from './read.ts';

/** `registered` seen for the first time · `bootstrap` factory reset or new · `boot` · `inform` called in · `fault` something was refused. */
export type AcsEventType = 'registered' | 'bootstrap' | 'boot' | 'inform' | 'fault';
export interface AcsEvent {
  readonly type: AcsEventType;
  readonly source: 'genieacs';
  readonly deviceId: string;
  readonly serial: string;
  readonly oui: string;
  readonly productClass: string;
  readonly at: Instant;
  /** The same for the same happening, however often it is told. */
  readonly dedupeKey: string;
  readonly device?: object;
  readonly fault?: object;
}
/** What must be kept between two polls; plain JSON. */
export interface PollCursor {
  readonly [event: string]: { readonly at: Instant; /** Told already, within the overlap: id → instant. */ readonly seen: Readonly<Record<string, Instant>> };
}
export interface PollOptions {
  readonly filter?: Pick<DeviceFilter, 'tag' | 'oui' | 'productClass'>;
  readonly projection?: readonly string[];
  /** Documents are written at the end of a session and stamped at its start: look back this far; default 120 000. */
  readonly overlapMs?: number;
  /** At most so many events of a kind a poll; the rest comes with the next one. Default 5000. */
  readonly most?: number;
}

const FIELDS: Readonly<Record<Exclude<AcsEventType, 'fault'>, string>> = { registered: '_registered', bootstrap: '_lastBootstrap', boot: '_lastBoot', inform: '_lastInform' };
const PAGE = 500;

/**
 * What happened since the last poll. The first poll of an event tells nothing and only remembers where GenieACS stands, by GenieACS' own
 * stamps, so that clocks may differ. Only documents with a newer stamp are fetched. Keep `cursor` after the events are handled: a crash in
 * between repeats events (same `dedupeKey`) and loses none. A device that informs twice between two polls is told once. Contract 31.
 * @throws VendorError when GenieACS cannot be read; the old cursor stays good
 * @example const { events, cursor } = await pollEvents(nbi, ['bootstrap', 'fault'], kept);
 */
export async function pollEvents(nbi: Nbi, types: readonly AcsEventType[], cursor: PollCursor = {}, options: PollOptions = {}): Promise<{ readonly events: readonly AcsEvent[]; readonly cursor: PollCursor; readonly first: boolean }> {
  if (types.length === 0) throw rejected('poll', 'No event was chosen.', 'Choose at least one.');
  const events: AcsEvent[] = [];
  const next: Record<string, PollCursor[string]> = {};
  let first = true;
  for (const type of types) {
    const before = cursor[type];
    if (before) first = false;
    const found = await since(nbi, type, before, options);
    next[type] = found.cursor;
    if (before) events.push(...found.events);
  }
  const faults = events.filter((one) => one.type === 'fault' && one.serial === '');
  const whose = faults.length > 0 ? await devicesOf(nbi, faults.map((one) => one.deviceId), options.filter ?? {}) : new Map<string, object>();
  const told = events.flatMap((one): AcsEvent[] => (one.type !== 'fault' ? [one] : whose.has(one.deviceId) ? [{ ...one, ...whose.get(one.deviceId) }] : Object.keys(options.filter ?? {}).length > 0 ? [] : [one]));
  return { events: told.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)), cursor: next, first };
}

async function since(nbi: Nbi, type: AcsEventType, before: PollCursor[string] | undefined, { filter = {}, projection = [], overlapMs = 120_000, most = 5_000 }: PollOptions): Promise<{ readonly events: readonly AcsEvent[]; readonly cursor: PollCursor[string] }> {
  const collection = type === 'fault' ? 'faults' : 'devices';
  const field = type === 'fault' ? 'timestamp' : FIELDS[type];
  const base = type === 'fault' ? [] : deviceQueries(filter).filter((one) => Object.keys(one).length > 0);
  const fields = type === 'fault' ? ['_id', 'device', 'channel', 'timestamp', 'code', 'message', 'retries', 'detail'] : ['_id', ...IDENTITY, ...projection];
  const page = (condition: object, sort: object, limit: number) => nbi.list(`poll.${type}`, collection, { query: base.length > 0 ? { $and: [...base, condition] } : condition, projection: fields, sort, limit });
  const stampOf = (doc: Record<string, unknown>): string => String(doc[field] ?? '');
  const ago = (at: Instant): Instant => new Date(Math.max(0, Date.parse(at) - overlapMs)).toISOString();

  const start = before?.at ?? stampOf((await page({ [field]: { $gt: new Date(0).toISOString() } }, { [field]: -1 }, 1)).items[0] ?? {});
  if (start === '') return { events: [], cursor: { at: new Date(0).toISOString(), seen: {} } };
  const seen: Record<string, Instant> = { ...before?.seen };
  const events: AcsEvent[] = [];
  let at: Instant = start;
  let after: { readonly stamp: string; readonly id: string } | undefined;
  for (;;) {
    const condition: object = after ? { $or: [{ [field]: { $gt: after.stamp } }, { [field]: { $eq: after.stamp }, _id: { $gt: after.id } }] } : { [field]: { $gt: ago(start) } };
    const { items } = await page(condition, { [field]: 1, _id: 1 }, PAGE);
    for (const doc of items) {
      const [id, stamp] = [String(doc['_id']), stampOf(doc)];
      after = { stamp, id };
      if (seen[id] === stamp) continue;
      seen[id] = stamp;
      if (stamp > at) at = stamp;
      events.push(eventOf(type, doc, stamp));
    }
    if (items.length < PAGE || (before && events.length >= most)) break;
  }
  const edge = ago(at);
  return { events, cursor: { at, seen: Object.fromEntries(Object.entries(seen).filter(([, stamp]) => stamp > edge)) } };
}

function eventOf(type: AcsEventType, doc: Record<string, unknown>, at: Instant): AcsEvent {
  const key = `genieacs:${type}:${String(doc['_id'])}:${at}`;
  if (type === 'fault') {
    const fault = readFault(doc);
    return { type, source: 'genieacs', deviceId: fault.deviceId, serial: '', oui: '', productClass: '', at, dedupeKey: key, fault };
  }
  const device = readDevice(doc);
  return { type, source: 'genieacs', deviceId: device.id, serial: device.serial, oui: device.oui, productClass: device.productClass, at, dedupeKey: key, device };
}

async function devicesOf(nbi: Nbi, ids: readonly string[], filter: NonNullable<PollOptions['filter']>): Promise<Map<string, object>> {
  const found = new Map<string, object>();
  for (const query of deviceQueries({ ...filter, ids })) {
    for (const doc of (await nbi.list('poll.devices', 'devices', { query, projection: ['_id', '_deviceId'], sort: { _id: 1 } })).items) {
      const { id, serial, oui, productClass } = readDevice(doc);
      found.set(id, { serial, oui, productClass });
    }
  }
  return found;
}
