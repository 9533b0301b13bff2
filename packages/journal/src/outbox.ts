import type { Clock, Instant, JsonObject } from '../../../core/src/index.ts';
import type { Db, Queryable } from './db.ts';

export interface Delivery {
  readonly id: number;
  readonly topic: string;
  readonly target: string;
  readonly key: string;
  readonly body: JsonObject;
  readonly state: 'pending' | 'delivered' | 'dead';
  readonly attempts: number;
  readonly createdAt: Instant;
  readonly dueAt: Instant;
  readonly deliveredAt: Instant | null;
  readonly lastError: string | null;
}
export interface OutboxPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** A worker that dies keeps its deliveries this long. */
  readonly claimMs: number;
}
/** Ten attempts over about two hours, then dead and visible. */
export const webhookPolicy: OutboxPolicy = { attempts: 10, firstDelayMs: 5_000, maxDelayMs: 3_600_000, claimMs: 60_000 };

/** Thrown by a deliverer when repeating cannot help (the receiver said it is gone). */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}

interface Row { id: number; topic: string; target: string; key: string; body: JsonObject; state: Delivery['state']; attempts: number; created_at: Date; due_at: Date; delivered_at: Date | null; last_error: string | null }
const fromRow = (row: Row): Delivery => ({
  id: row.id, topic: row.topic, target: row.target, key: row.key, body: row.body, state: row.state, attempts: row.attempts, createdAt: row.created_at.toISOString(),
  dueAt: row.due_at.toISOString(), deliveredAt: row.delivered_at?.toISOString() ?? null, lastError: row.last_error,
});

/**
 * Effects that leave after commit: written in the caller's transaction, delivered at least once, never lost silently.
 * Workers of several processes share the rows (SKIP LOCKED). Receivers deduplicate by key.
 * @example await outbox(db, clock).runDue('webhook', async (delivery) => post(delivery));
 */
export function outbox(db: Db, clock: Clock, policy: OutboxPolicy = webhookPolicy, tenant = 'main') {
  async function claim(topic: string, limit: number): Promise<readonly Delivery[]> {
    const now = clock.now();
    const { rows } = await db.query<Row>(
      `UPDATE outbox SET attempts = attempts + 1, claimed_until = $3::timestamptz + make_interval(secs => $4::double precision)
       WHERE id IN (SELECT id FROM outbox WHERE tenant = $1 AND topic = $2 AND state = 'pending' AND due_at <= $3::timestamptz
                    AND (claimed_until IS NULL OR claimed_until <= $3::timestamptz) ORDER BY id LIMIT $5 FOR UPDATE SKIP LOCKED)
       RETURNING *`,
      [tenant, topic, now, policy.claimMs / 1000, limit],
    );
    return rows.map(fromRow).sort((a, b) => a.id - b.id);
  }
  const settle = (id: number, state: Delivery['state'], error: string | null, delayMs: number) =>
    db.query(
      `UPDATE outbox SET state = $2, last_error = $3, claimed_until = NULL, due_at = CASE WHEN $2 = 'pending' THEN $4::timestamptz + make_interval(secs => $5::double precision) ELSE due_at END,
       delivered_at = CASE WHEN $2 = 'delivered' THEN $4::timestamptz END WHERE id = $1 AND state = 'pending'`,
      [id, state, error, clock.now(), delayMs / 1000],
    );
  return {
    /** Puts one effect in the box; the same topic, target and key once. Pass the transaction that made it necessary. */
    async put(entry: { topic: string; target: string; key: string; body: JsonObject }, tx: Queryable = db): Promise<{ repeated: boolean }> {
      const { rows } = await tx.query(
        `INSERT INTO outbox (tenant, topic, target, key, body, created_at, due_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6::timestamptz, $6::timestamptz)
         ON CONFLICT (tenant, topic, target, key) DO NOTHING RETURNING id`,
        [tenant, entry.topic, entry.target, entry.key, JSON.stringify(entry.body), clock.now()],
      );
      return { repeated: rows.length === 0 };
    },
    /** Delivers what is due now. A failure waits twice as long each time; after the last attempt it is dead and stays listed. */
    async runDue(topic: string, deliver: (delivery: Delivery) => Promise<void>, limit = 50): Promise<{ delivered: number; failed: number; dead: number }> {
      const tally = { delivered: 0, failed: 0, dead: 0 };
      const mine = await claim(topic, limit);
      await Promise.all(
        mine.map(async (delivery) => {
          try {
            await deliver(delivery);
            await settle(delivery.id, 'delivered', null, 0);
            tally.delivered += 1;
          } catch (error) {
            const last = delivery.attempts >= policy.attempts || (error as Error).name === 'Undeliverable';
            const message = (error instanceof Error ? error.message : 'failed').slice(0, 200);
            await settle(delivery.id, last ? 'dead' : 'pending', message, Math.min(policy.firstDelayMs * 2 ** (delivery.attempts - 1), policy.maxDelayMs));
            tally[last ? 'dead' : 'failed'] += 1;
          }
        }),
      );
      return tally;
    },
    /** What stands in the box, newest first. */
    async list(filter: { readonly state?: Delivery['state']; readonly target?: string; readonly limit?: number } = {}): Promise<readonly Delivery[]> {
      const { rows } = await db.query<Row>('SELECT * FROM outbox WHERE tenant = $1 AND ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR target = $3) ORDER BY id DESC LIMIT $4', [
        tenant, filter.state ?? null, filter.target ?? null, Math.min(filter.limit ?? 100, 500),
      ]);
      return rows.map(fromRow);
    },
    /** Gives a dead delivery all its attempts again, now. False when there is no such dead delivery. */
    async revive(id: number): Promise<boolean> {
      const { rows } = await db.query(`UPDATE outbox SET state = 'pending', attempts = 0, due_at = $3::timestamptz WHERE tenant = $1 AND id = $2 AND state = 'dead' RETURNING id`, [tenant, id, clock.now()]);
      return rows.length === 1;
    },
    async counts(): Promise<Readonly<Record<Delivery['state'], number>>> {
      const { rows } = await db.query<{ state: Delivery['state']; n: number }>('SELECT state, count(*) AS n FROM outbox WHERE tenant = $1 GROUP BY state', [tenant]);
      return { pending: 0, delivered: 0, dead: 0, ...Object.fromEntries(rows.map((row) => [row.state, Number(row.n)])) };
    },
  };
}
export type Outbox = ReturnType<typeof outbox>;
