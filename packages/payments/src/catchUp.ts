import { inTurns, type Clock, type Instant } from '../../../core/src/index.ts';
import type { PaymentLedger } from './ledger.ts';
import type { EventFeed } from './port.ts';
import type { Queryable } from './queryable.ts';

export interface CatchUpParts { readonly db: Queryable; readonly feed: EventFeed; readonly ledger: Pick<PaymentLedger, 'receive' | 'readAgain'>; readonly clock: Clock }
export interface CaughtUp {
  readonly from: Instant;
  readonly until: Instant;
  /** Events the provider told of; those that had come by webhook are `repeated`. */
  readonly seen: number;
  readonly applied: number;
  readonly ignored: number;
  readonly repeated: number;
  /** The last look is longer ago than the provider keeps events: what happened between is told by nobody any more. */
  readonly gap: boolean;
  /** After a gap: the open payments of the ledger, which were read one by one. */
  readonly readAgain: number;
}
export interface ReadUntil { readonly readUntil: Instant; readonly lookedAt: Instant }

const DAY_MS = 86_400_000;
/** Twice read is harmless. Covers clocks that differ and events that were written late. */
const OVERLAP_MS = 3_600_000;
const AT_ONCE = 500;

/**
 * Finds the events whose webhook never came, in the provider's own list, and gives them to the ledger as if it had (S2-092). The oldest
 * first; how far it came is kept, so a run that broke off goes on there. An event that was received before is known by its id.
 * @example const missed = catchUp({ db, feed: stripeEvents(options), ledger, clock }); await missed.run(); // { seen: 12, applied: 1, repeated: 11, … }
 */
export function catchUp({ db, feed, ledger, clock }: CatchUpParts) {
  const turn = inTurns();
  const iso = (at: Date | string | number): Instant => new Date(at).toISOString();

  async function state(): Promise<ReadUntil | undefined> {
    const { rows } = await db.query<{ read_until: Date | string; looked_at: Date | string }>('SELECT read_until, looked_at FROM payment_feed WHERE provider = $1', [feed.provider]);
    return rows[0] && { readUntil: iso(rows[0].read_until), lookedAt: iso(rows[0].looked_at) };
  }
  const keep = (until: Instant) => db.query(
    `INSERT INTO payment_feed AS f (provider, read_until, looked_at) VALUES ($1, $2, $3)
     ON CONFLICT (provider) DO UPDATE SET read_until = greatest(f.read_until, excluded.read_until), looked_at = excluded.looked_at`,
    [feed.provider, until, clock.now()],
  );
  const recorded = async (ids: readonly string[]): Promise<ReadonlySet<string>> =>
    new Set((await db.query<{ event_id: string }>('SELECT event_id FROM payment_event WHERE event_id = ANY($1::text[])', [ids])).rows.map(({ event_id }) => event_id));

  async function run(since?: Instant): Promise<CaughtUp> {
    const until = clock.now();
    const kept = Date.parse(until) - feed.keptDays * DAY_MS;
    const before = await state();
    const readUntil = before ? Date.parse(before.readUntil) : kept;
    const from = Math.max(kept, since === undefined ? readUntil - OVERLAP_MS : Date.parse(since));
    // A look that begins later than the last one ended leaves a hole, and must not hide it.
    const whole = from <= Math.max(readUntil, kept);
    // Before anything is kept: a run that breaks off here finds the same gap again.
    const gap = readUntil < kept;
    const { rows: open } = gap ? await db.query<{ payment_intent: string }>(`SELECT payment_intent FROM payment WHERE provider = $1 AND state IN ('unpaid', 'processing', 'authorised') ORDER BY created_at`, [feed.provider]) : { rows: [] };
    for (const { payment_intent } of open) await ledger.readAgain(payment_intent);
    const counts = { applied: 0, ignored: 0, repeated: 0 };
    const events = await feed.since(iso(from));
    for (let i = 0; i < events.length; i += AT_ONCE) {
      const part = events.slice(i, i + AT_ONCE);
      const known = await recorded(part.map(({ event }) => event.id));
      for (const { event } of part) counts[known.has(event.id) ? 'repeated' : await ledger.receive(event)] += 1;
      if (whole) await keep(part.at(-1)!.at);
    }
    if (whole) await keep(until);
    return { from: iso(from), until, seen: events.length, ...counts, gap, readAgain: open.length };
  }

  return {
    /**
     * Looks from where the last look ended, or from `since`.
     * @throws VendorError when the provider does not answer; what was settled by then stays settled.
     */
    run: (since?: Instant): Promise<CaughtUp> => turn('catch up', () => run(since)),
    /** Up to when everything is known to have been read; undefined before the first look. */
    state,
  };
}
export type CatchUp = ReturnType<typeof catchUp>;
