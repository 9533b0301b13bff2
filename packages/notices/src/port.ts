import { createHash } from 'node:crypto';
import { afterFailure, inTurns, isVendorError, type Clock, type Instant, type Json, type RetryPolicy, type VendorError } from '../../../core/src/index.ts';
import type { Carried, Carrier, CarrierRefusal, Message } from './carrier.ts';
import { maskRecipient } from './mask.ts';
import { claim, noticeRow, type NoticeDb, type NoticeRow, type NoticeState, type Queryable } from './store.ts';

export interface NoticeOrder {
  readonly trigger: string;
  readonly subject: string;
  readonly channel: 'sms' | 'email' | 'chat';
  readonly to: string;
  readonly language: 'fr' | 'en';
  /** Rendered by core; the port chooses no words. */
  readonly message: { readonly subject?: string; readonly text: string; readonly html?: string };
}
export interface NoticeView {
  readonly type: 'notice';
  readonly id: string;
  readonly trigger: string;
  readonly subject: string;
  readonly channel: NoticeOrder['channel'];
  readonly state: NoticeState;
  /** It had been asked for before; nothing left now. */
  readonly repeated: boolean;
  readonly vendorId?: string;
  readonly reason?: string;
}
export interface NoticeParts {
  readonly db: NoticeDb;
  readonly clock: Clock;
  /** undefined: this way out is not set up. */
  readonly carrierFor: (channel: NoticeOrder['channel'], to: string) => Carrier | undefined;
  /** Called inside the transaction that records the state. */
  readonly publish: (event: { readonly type: string; readonly stream: string; readonly key: string; readonly data: Record<string, Json> }, tx: Queryable) => Promise<unknown>;
  /** Where the carrier reports what became of a notice. */
  readonly statusUrl?: (noticeId: string) => string;
}
type Outcome = { readonly state: Exclude<NoticeState, 'queued'>; readonly reason?: string; readonly vendorId?: string; readonly retryable?: boolean } | { readonly state: 'queued'; readonly reason: 'outcomeUnknown' };

const RETRY: RetryPolicy = { attempts: 3, firstDelayMs: 500, maxDelayMs: 5_000 };
const RANK: Readonly<Record<NoticeState, number>> = { queued: 0, sent: 1, suppressed: 2, failed: 2, delivered: 2 };
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The same trigger, subject and channel always have the same id. @example noticeId('orderConfirmed', 'ord_1', 'sms').startsWith('ntc_') // true */
export function noticeId(trigger: string, subject: string, channel: string): string {
  return `ntc_${hash(JSON.stringify([trigger, subject, channel])).slice(0, 24)}`;
}

/**
 * Notices that leave once per trigger, subject and channel (S0-129). The intent is written before the vendor is called; a call whose outcome
 * is unknown is looked up before it is repeated, and where nothing can be looked up (chat) it counts as failed and is not repeated. A notice
 * that fails is a state and an event, never an exception: the order goes on. Run `noticeMigrations` first.
 * @example const notices = noticePort({ db, clock, carrierFor, publish });
 */
export function noticePort({ db, clock, carrierFor, publish, statusUrl }: NoticeParts) {
  const turn = inTurns();

  async function deliver(row: NoticeRow, order: NoticeOrder, carrier: Carrier, first: boolean, textHash: string): Promise<Outcome> {
    const message: Message = { noticeId: row.id, to: order.to, ...order.message, ...(statusUrl ? { statusUrl: statusUrl(row.id) } : {}) };
    let look = !first;
    let last: VendorError | undefined;
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (look) {
          if (!carrier.find) return { state: 'failed', reason: 'outcomeUnknown' };
          const found = await mine(row, await carrier.find({ noticeId: row.id, to: order.to, since: row.created_at.toISOString(), isText: (text) => hash(text) === row.text_hash || hash(text) === textHash }));
          if (found) return fromCarried(found);
          if (attempt > RETRY.attempts) return failure(last);
          look = false;
        }
        const result = await carrier.send(message);
        return 'type' in result ? fromRefusal(result) : fromCarried(result);
      } catch (error) {
        if (!isVendorError(error)) throw error;
        last = error;
        look ||= error.outcome === 'unknown';
        // A lost or unreadable answer: what follows is a look, and a look may be repeated.
        const kind = error.outcome === 'unknown' ? 'timedOut' : error.kind;
        const next = afterFailure({ kind, outcome: 'notApplied', ...(error.retryAfterMs !== undefined ? { retryAfterMs: error.retryAfterMs } : {}) }, attempt, { ...RETRY, attempts: RETRY.attempts + (look ? 1 : 0) });
        if (next.type !== 'repeat') return look ? (carrier.find ? { state: 'queued', reason: 'outcomeUnknown' } : { state: 'failed', reason: 'outcomeUnknown' }) : failure(error);
        await clock.sleep(next.delayMs);
      }
    }
  }

  /** Of what the vendor holds, the one that no other notice stands for. */
  async function mine(row: NoticeRow, found: readonly (Carried & { readonly vendorId: string })[]) {
    if (found.length === 0) return undefined;
    const { rows } = await db.query<{ vendor_id: string }>('SELECT vendor_id FROM notice WHERE vendor_id = ANY($1) AND id <> $2', [found.map((one) => one.vendorId), row.id]);
    const taken = new Set(rows.map((other) => other.vendor_id));
    return found.find((one) => !taken.has(one.vendorId));
  }

  /** Records a state that is further on than the row's, and tells it; a late report changes nothing. */
  async function advance(id: string, outcome: Outcome, attempt?: number): Promise<boolean> {
    return db.transaction(async (tx) => {
      const { rows } = await tx.query<NoticeRow>('SELECT * FROM notice WHERE id = $1 FOR UPDATE', [id]);
      const row = rows[0];
      if (!row || (attempt !== undefined && row.attempt !== attempt)) return false;
      if ('vendorId' in outcome && outcome.vendorId && row.vendor_id && row.vendor_id !== outcome.vendorId) return false;
      const now = clock.now();
      if (outcome.state === 'queued' || RANK[outcome.state] <= RANK[row.state]) {
        if (row.state === 'queued') await tx.query('UPDATE notice SET reason = $2, claimed_until = NULL, updated_at = $3 WHERE id = $1', [id, outcome.reason ?? null, now]);
        return false;
      }
      const left = outcome.state === 'sent' || outcome.state === 'delivered' || (outcome.state === 'failed' && outcome.vendorId !== undefined);
      await tx.query(
        `UPDATE notice SET state = $2, reason = $3, retryable = $4, vendor_id = coalesce(vendor_id, $5), claimed_until = NULL, updated_at = $6::timestamptz,
           sent_at = CASE WHEN $7 THEN coalesce(sent_at, $6::timestamptz) ELSE sent_at END, delivered_at = CASE WHEN $2 = 'delivered' THEN $6::timestamptz ELSE delivered_at END WHERE id = $1`,
        [id, outcome.state, outcome.reason ?? null, outcome.retryable ?? false, outcome.vendorId ?? null, now, left],
      );
      if (left && row.sent_at === null) await tell(row, 'sent', now, {}, tx);
      if (outcome.state !== 'sent') await tell(row, outcome.state, now, outcome.reason ? { reason: outcome.reason } : {}, tx);
      return true;
    });
  }

  async function tell(row: NoticeRow, what: string, now: Instant, more: Record<string, Json>, tx: Queryable): Promise<void> {
    const key = what === 'failed' || what === 'suppressed' ? `${what}:${row.attempt}` : what;
    const { id, trigger, subject, channel, recipient } = row;
    await publish({ type: `notice.${what}`, stream: `notice-${id}`, key, data: { noticeId: id, trigger, subject, channel, to: recipient, latencyMs: Date.parse(now) - row.created_at.getTime(), ...more } }, tx);
  }

  return {
    /** Sends a notice once, or says what became of it. */
    async send(order: NoticeOrder): Promise<NoticeView> {
      const id = noticeId(order.trigger, order.subject, order.channel);
      return turn(id, async () => {
        const textHash = hash(order.message.text);
        const recipient = maskRecipient(order.to);
        await db.query(
          `INSERT INTO notice (id, trigger, subject, channel, recipient, language, text_hash, state, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, $8) ON CONFLICT DO NOTHING`,
          [id, order.trigger, order.subject, order.channel, recipient, order.language, textHash, clock.now()],
        );
        const seen = (await noticeRow(db, id))!;
        const carrier = carrierFor(order.channel, order.to);
        // An open attempt went to the first recipient: only there can it be looked up. A refused recipient stays refused until it is corrected.
        const same = seen.recipient === recipient;
        if (seen.attempt > 0 && (seen.state === 'queued' ? !same : same && /^(invalidRecipient|optedOut)/.test(seen.reason ?? ''))) return viewOf(seen, true);
        const row = carrier || seen.attempt === 0 ? await claim(db, seen, clock.now(), { recipient, textHash }) : undefined;
        if (!row) return viewOf((await noticeRow(db, id))!, true);
        const first = seen.attempt === 0 || seen.state !== 'queued';
        const outcome: Outcome = carrier ? await deliver({ ...row, text_hash: seen.text_hash }, order, carrier, first, textHash) : { state: 'suppressed', reason: 'notConfigured', retryable: true };
        await advance(id, outcome, row.attempt);
        return viewOf((await noticeRow(db, id))!, false);
      });
    },

    /** Every notice of a subject, oldest first. */
    async list(subject: string): Promise<readonly NoticeView[]> {
      const { rows } = await db.query<NoticeRow>('SELECT * FROM notice WHERE subject = $1 ORDER BY created_at, id', [subject]);
      return rows.map((row) => viewOf(row, true));
    },

    /** A carrier's report. It never takes a notice back, and settles one whose answer was lost. */
    async report(id: string, carried: Carried): Promise<boolean> {
      return advance(id, fromCarried(carried));
    },
  };
}
export type NoticePort = ReturnType<typeof noticePort>;

const fromCarried = ({ state, reason, vendorId }: Carried): Outcome => ({ state, ...(reason ? { reason } : {}), ...(vendorId ? { vendorId } : {}) });
const fromRefusal = ({ code, facts }: CarrierRefusal): Outcome => ({ state: code === 'optedOut' ? 'suppressed' : 'failed', reason: facts?.['code'] ? `${code}:${String(facts['code'])}` : code, retryable: code !== 'rejected' });
const failure = (error: VendorError | undefined): Outcome => ({ state: 'failed', reason: error ? `${error.vendor}:${error.kind}` : 'unknown', retryable: true });

function viewOf(row: NoticeRow, repeated: boolean): NoticeView {
  const { id, trigger, subject, channel, state, vendor_id: vendorId, reason } = row;
  return { type: 'notice', id, trigger, subject, channel: channel as NoticeOrder['channel'], state, repeated, ...(vendorId ? { vendorId } : {}), ...(reason ? { reason } : {}) };
}
