// Not emmett: it has no driver for PGlite in this process, and events, leases and outbox must commit in one transaction of one connection.
import type { Clock, Instant, JsonObject } from '../../../core/src/index.ts';
import type { Db, Queryable } from './db.ts';

/** An event as it stands in the log. `id` is its position among all streams, `version` its place in its own. */
export interface RecordedEvent {
  readonly id: number;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly at: Instant;
  readonly data: JsonObject;
}
export interface NewEvent {
  readonly type: string;
  readonly stream: string;
  /** The same key in the same stream is recorded once; the first content stays. */
  readonly key: string;
  readonly data: JsonObject;
}
export interface EventQuery {
  readonly after?: number;
  /** Comma-separated; `*` stands for any run of characters: `order.*,port.held`. */
  readonly types?: string;
  readonly stream?: string;
  readonly limit?: number;
}

/** Thrown by `append` when the stream moved on since it was read. Re-read, decide again. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

interface Row { readonly id: number; readonly stream: string; readonly version: number; readonly type: string; readonly at: Date; readonly data: JsonObject }
const fromRow = (row: Row): RecordedEvent => ({ id: row.id, stream: row.stream, version: row.version, type: row.type, at: row.at.toISOString(), data: row.data });

/**
 * The append-only log of one tenant. Append last in a transaction: it takes the log's write lock until commit.
 * @example const log = eventLog(db, clock); await log.publish({ type: 'order.opened', stream: 'order-1', key: 'opened', data: {} });
 */
export function eventLog(db: Db, clock: Clock, tenant = 'main') {
  const append = async (event: NewEvent, expected: number | null, on: Queryable) => {
    try {
      const { rows } = await on.query<Row & { repeated: boolean }>('SELECT * FROM append_event($1, $2, $3, $4, $5::timestamptz, $6::jsonb, $7::integer)', [
        tenant, event.stream, event.type, event.key, clock.now(), JSON.stringify(event.data), expected,
      ]);
      const row = rows[0]!;
      return { event: fromRow({ ...row, stream: event.stream }), repeated: row.repeated };
    } catch (error) {
      if ((error as { code?: string }).code === 'LL409') throw new VersionConflict(`${event.stream}: ${(error as Error).message}`);
      throw error;
    }
  };
  return {
    /** Records once per stream and key; a repetition gives back what was recorded first. */
    publish: (event: NewEvent, tx: Queryable = db) => append(event, null, tx),
    /**
     * Records only if the stream still ends at version `expected` (0 = empty). A repeated key is given back even then.
     * @throws VersionConflict
     */
    append: (event: NewEvent, expected: number, tx: Queryable = db) => append(event, expected, tx),
    /** Events after a position, oldest first, at most `limit` (default 100, highest 1000). */
    async list(query: EventQuery = {}, on: Queryable = db): Promise<readonly RecordedEvent[]> {
      const patterns = (query.types ?? '').split(',').map((one) => one.trim()).filter(Boolean);
      const { rows } = await on.query<Row>(
        `SELECT id, stream, version, type, at, data FROM event
         WHERE tenant = $1 AND id > $2 AND ($3::text IS NULL OR stream = $3) AND (cardinality($4::text[]) = 0 OR type LIKE ANY ($4::text[]))
         ORDER BY id LIMIT $5`,
        [tenant, query.after ?? 0, query.stream ?? null, patterns.map((one) => one.replace(/[\\%_]/g, '\\$&').replace(/\*/g, '%')), Math.min(query.limit ?? 100, 1000)],
      );
      return rows.map(fromRow);
    },
    /** Every event of one stream, in order. */
    async stream(name: string, on: Queryable = db): Promise<readonly RecordedEvent[]> {
      const { rows } = await on.query<Row>('SELECT id, stream, version, type, at, data FROM event WHERE tenant = $1 AND stream = $2 ORDER BY version', [tenant, name]);
      return rows.map(fromRow);
    },
    /** The position of the newest event, 0 when there is none. */
    async head(): Promise<number> {
      const { rows } = await db.query<{ head: number }>('SELECT coalesce(max(id), 0) AS head FROM event WHERE tenant = $1', [tenant]);
      return rows[0]!.head;
    },
  };
}
export type EventLog = ReturnType<typeof eventLog>;
