import type { Clock, Instant, JsonObject } from '../../../core/src/index.ts';
import type { Filter } from './doc.ts';
import { list } from './read.ts';
import { fromSiteTime, toSiteTime } from './time.ts';
import type { Wire } from './wire.ts';

/** What one poll leaves for the next; keep it where it survives a restart. */
export interface Watermark {
  /** The newest `modified` that was seen, in site time. */
  readonly modified: string;
  /** Saves told already that a later poll will meet again: `name|modified`. */
  readonly told: readonly string[];
}
export interface ReconcileQuery {
  readonly doctype: string;
  /** IANA zone of the site. */
  readonly zone: string;
  readonly since: Watermark | Instant;
  readonly fields?: readonly string[];
  readonly filters?: readonly Filter[];
  /** How far behind the newest save one looks again; default 5 minutes: `modified` is stamped before the commit. */
  readonly overlapMs?: number;
}

const HOUR = 3_600_000;

/**
 * What was saved since the last poll, each save once: what a webhook lost, or a change no webhook is fired for. Oldest first.
 * The watermark is the site's own time, so clocks need not agree; the hour that comes twice in autumn is looked at twice.
 * @example const { rows, next } = await reconcile(wire, { doctype: 'Dispatch Job', zone: 'America/Toronto', since: kept, fields: ['status'] });
 */
export async function reconcile(wire: Wire, query: ReconcileQuery): Promise<{ readonly rows: readonly JsonObject[]; readonly next: Watermark }> {
  const { zone, overlapMs = 300_000 } = query;
  const since: Watermark = typeof query.since === 'string' ? { modified: toSiteTime(query.since, zone), told: [] } : query.since;
  const told = new Set(since.told);
  const rows: JsonObject[] = [];
  let newest = since.modified;
  for await (const row of changedSince(wire, query, behind(since.modified, zone, overlapMs, wire.clock))) {
    const id = `${String(row['name'])}|${String(row['modified'])}`;
    if (String(row['modified']) > newest) newest = String(row['modified']);
    if (told.has(id)) continue;
    told.add(id);
    rows.push(row);
  }
  const oldest = shift(newest, -(overlapMs + HOUR));
  return { rows, next: { modified: newest, told: [...told].filter((id) => id.slice(id.lastIndexOf('|') + 1) >= oldest) } };
}

// By keyset: a row saved meanwhile moves to the end and hides no other.
async function* changedSince(wire: Wire, { doctype, fields = [], filters = [] }: ReconcileQuery, first: string): AsyncGenerator<JsonObject> {
  const limit = 500;
  let from = first;
  let start = 0;
  for (;;) {
    const page = await list(wire, doctype, { fields: [...new Set(['name', 'modified', ...fields])], filters: [...filters, ['modified', '>=', from]], orderBy: 'modified asc, name asc', start, limit });
    yield* page;
    const last = String(page.at(-1)?.['modified'] ?? '');
    if (page.length < limit) return;
    start = last === from ? start + limit : 0;
    from = last;
  }
}

/** Where to look from: the overlap before the newest save, and the hour more that the site's clock went back since. */
function behind(modified: string, zone: string, overlapMs: number, clock: Clock): string {
  const from = Date.parse(fromSiteTime(modified, zone)) - overlapMs;
  const now = Date.parse(clock.now());
  const wall = (ms: number) => toSiteTime(new Date(ms).toISOString(), zone);
  const wentBack = Math.max(0, now - from - (naive(wall(now)) - naive(wall(from))));
  return shift(wall(from), now > from ? -wentBack : 0);
}
const naive = (text: string): number => Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`);
const shift = (text: string, ms: number): string => new Date(naive(text) + ms).toISOString().slice(0, 19).replace('T', ' ');
