import type { Instant } from '../../../core/src/index.ts';

/** The part of a database that is used here; the journal's `Db` fits. */
export interface Queryable {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<{ readonly rows: Row[]; readonly rowCount: number }>;
}
export interface NoticeDb extends Queryable {
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
}
export type NoticeState = 'queued' | 'sent' | 'delivered' | 'failed' | 'suppressed';
export interface NoticeRow {
  readonly id: string;
  readonly trigger: string;
  readonly subject: string;
  readonly channel: string;
  readonly recipient: string;
  readonly text_hash: string;
  readonly state: NoticeState;
  readonly reason: string | null;
  readonly retryable: boolean;
  readonly vendor_id: string | null;
  readonly attempt: number;
  readonly claimed_until: Date | null;
  readonly created_at: Date;
  readonly sent_at: Date | null;
}

const CLAIM_MS = 120_000;

/** The row as it stands. */
export async function noticeRow(db: Queryable, id: string): Promise<NoticeRow | undefined> {
  return (await db.query<NoticeRow>('SELECT * FROM notice WHERE id = $1', [id])).rows[0];
}

/**
 * Takes the row for one attempt: a single conditional statement, so one of many gets it. A claim of a run that died lapses after two minutes.
 * @returns the claimed row, or undefined when another has it or nothing is left to do.
 */
export async function claim(db: Queryable, seen: NoticeRow, now: Instant, change: { readonly recipient: string; readonly textHash: string }): Promise<NoticeRow | undefined> {
  const { rows } = await db.query<NoticeRow>(
    `UPDATE notice SET state = 'queued', reason = NULL, attempt = attempt + 1, claimed_until = $3, recipient = $4, text_hash = $5, updated_at = $6
     WHERE id = $1 AND attempt = $2 AND (claimed_until IS NULL OR claimed_until <= $6)
       AND (state = 'queued' OR (retryable AND state IN ('failed', 'suppressed'))) RETURNING *`,
    [seen.id, seen.attempt, new Date(Date.parse(now) + CLAIM_MS).toISOString(), change.recipient, change.textHash, now],
  );
  return rows[0];
}
