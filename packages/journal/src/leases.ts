import { refuse, type Clock, type Refused } from '../../../core/src/index.ts';
import type { Db } from './db.ts';
import { dropFromRow, dropState, findDrops, type DropRow } from './drops.ts';

export type LeaseCode = 'portHeld' | 'portOccupied' | 'boxMissing' | 'leaseExpired' | 'leaseNotYours' | 'serialInUse' | 'dropUnknown';
export interface PortLease {
  readonly type: 'held' | 'confirmed' | 'released' | 'occupied';
  readonly token: string;
  readonly drop: DropRow;
}
export interface LeaseOwner { readonly orderId: string; readonly token: string }

/** $2 order, $3 token. */
const MINE = 'd.hold_order = $2::text AND d.hold_token = $3::text';
const DAY = 86_400;

/**
 * Fibre-port leases (S1-097, S1-098). Every move is one conditional statement that also appends its event, so the loser of a race
 * changes nothing and nothing happens unrecorded. Owner and token guard every later move: a stale owner cannot touch a new one's hold.
 * Expiry is judged by the statement itself against the given clock; the sweeper only tidies up and tells.
 */
export function portLeases(db: Db, clock: Clock, newToken: () => string, tenant = 'main') {
  /** Runs `UPDATE fibre_drop … SET … WHERE …` and appends `type` in the same statement. $1 fibre id, $4 now, $5 tenant. */
  async function move(type: string, fibreId: number, owner: LeaseOwner, set: string, where: string, more: readonly unknown[] = []): Promise<DropRow | null> {
    const { rows } = await db.query(
      `WITH m AS (UPDATE fibre_drop AS d SET ${set} WHERE d.tenant = $5 AND d.fibre_id = $1 AND ${where} RETURNING d.*, coalesce(d.hold_token, $3::text) AS moved_token)
       SELECT m.*, noted.id AS event_id FROM m, LATERAL append_event($5, 'drop-' || m.fibre_id, '${type}', '${type}:' || m.moved_token, $4::timestamptz,
         jsonb_build_object('fibreId', m.fibre_id, 'orderId', $2::text, 'until', iso_utc(m.hold_until)), NULL) AS noted`,
      [fibreId, owner.orderId, owner.token, clock.now(), tenant, ...more],
    );
    return rows[0] ? dropFromRow(rows[0]) : null;
  }

  async function explain(fibreId: number, owner: LeaseOwner): Promise<Refused<LeaseCode>> {
    const [drop] = await findDrops(db, [fibreId], tenant);
    if (!drop) return refuse('dropUnknown', `There is no fibre drop ${fibreId}.`, { path: 'fibreId', hint: 'Take the fibreId from an availability answer.' });
    const state = dropState(drop, clock.now());
    const mine = drop.holdOrder === owner.orderId && drop.holdToken === owner.token;
    if (state === 'occupied') {
      return refuse('portOccupied', `Drop ${fibreId} already has an ONT connected.`, { path: 'fibreId', hint: mine ? 'To release it, send the serial of the ONT that was taken away.' : 'Offer another drop of the building, or call a person.' });
    }
    if (mine && (state === 'free' || state === 'boxMissing')) return refuse('leaseExpired', `The hold on drop ${fibreId} has run out.`, { path: 'token', hint: 'Hold the drop again; if another order has it by now, offer another drop or refund.' });
    if (state === 'held' || state === 'reserved') {
      return owner.token === ''
        ? refuse('portHeld', `Drop ${fibreId} is ${state} for another order.`, { path: 'fibreId', hint: 'Try again when the hold has run out, or offer another drop.' })
        : refuse('leaseNotYours', `Drop ${fibreId} is ${state} under another order or token.`, { path: 'token', hint: 'Send the token that came with your own hold.' });
    }
    if (drop.boxMissing) return refuse('boxMissing', `Drop ${fibreId} has no box at the premises yet.`, { path: 'fibreId', hint: 'Put the customer on the waiting list and order the box installation.' });
    return refuse('leaseExpired', `Order ${owner.orderId} does not hold drop ${fibreId}.`, { path: 'token', hint: 'Hold the drop again.' });
  }

  return {
    /** Claims a free port, or finds the order's own claim again and extends it. Answers the lease as it stands: `held`, or already `confirmed` or `occupied`. */
    async hold(fibreId: number, orderId: string, seconds = 900): Promise<PortLease | Refused<LeaseCode>> {
      const drop = await move(
        'port.held', fibreId, { orderId, token: newToken() },
        `hold_token = CASE WHEN d.hold_order = $2 AND (d.hold_until > $4::timestamptz OR d.sn <> '') THEN d.hold_token ELSE $3::text END,
         reserved = d.reserved AND d.hold_order = $2 AND d.hold_until > $4::timestamptz,
         hold_until = CASE WHEN d.sn <> '' THEN NULL ELSE greatest(CASE WHEN d.hold_order = $2 THEN d.hold_until END, $4::timestamptz + make_interval(secs => $6::double precision)) END,
         hold_order = $2`,
        `((d.sn = '' AND NOT d.box_missing AND (d.hold_order IS NULL OR d.hold_until <= $4::timestamptz OR d.hold_order = $2)) OR (d.sn <> '' AND d.hold_order = $2))`,
        [seconds],
      );
      if (!drop) return explain(fibreId, { orderId, token: '' });
      return { type: drop.sn !== '' ? 'occupied' : drop.reserved ? 'confirmed' : 'held', token: drop.holdToken!, drop };
    },
    /**
     * Claims the first free one of several ports that serve one door, its own claim first: an apartment does not care which fibre it gets.
     * Each try is its own conditional statement, so that racing orders end on different ports. Refused with what stood in the way of the first.
     */
    async holdAny(fibreIds: readonly number[], orderId: string, seconds = 900): Promise<PortLease | Refused<LeaseCode>> {
      const own = (await findDrops(db, fibreIds, tenant)).filter((drop) => drop.holdOrder === orderId).map((drop) => drop.fibreId);
      let first: Refused<LeaseCode> | undefined;
      for (const fibreId of [...new Set([...own, ...fibreIds])]) {
        const got = await this.hold(fibreId, orderId, seconds);
        if (got.type !== 'refused') return got;
        first ??= got;
      }
      return first ?? refuse('dropUnknown', 'No fibre drop was named.', { path: 'fibreId', hint: 'Take the fibreId from an availability answer.' });
    },
    /** Turns an unexpired hold into an install reservation (30 days unless told). Repeating it is harmless, also once the ONT is connected (`occupied`). */
    async confirm(fibreId: number, owner: LeaseOwner, reserveDays = 30): Promise<PortLease | Refused<LeaseCode>> {
      const drop = await move(
        'port.confirmed', fibreId, owner,
        `reserved = true, hold_until = greatest(d.hold_until, $4::timestamptz + make_interval(secs => $6::double precision))`,
        `d.sn = '' AND ${MINE} AND d.hold_until > $4::timestamptz`, [reserveDays * DAY],
      );
      if (drop) return { type: 'confirmed', token: owner.token, drop };
      const [now] = await findDrops(db, [fibreId], tenant);
      const connected = now?.holdOrder === owner.orderId && now.holdToken === owner.token && now.sn !== '';
      return connected ? { type: 'occupied', token: owner.token, drop: now } : explain(fibreId, owner);
    },
    /** An ONT is connected: its serial is kept and the port is occupied until released. */
    async occupy(fibreId: number, owner: LeaseOwner, serial: string): Promise<PortLease | Refused<LeaseCode>> {
      try {
        const drop = await move(
          'port.occupied', fibreId, owner, `sn = $6, hold_until = NULL, reserved = false`,
          `${MINE} AND ((d.sn = '' AND d.hold_until > $4::timestamptz) OR d.sn = $6)`, [serial],
        );
        return drop ? { type: 'occupied', token: owner.token, drop } : explain(fibreId, owner);
      } catch (error) {
        if ((error as { code?: string }).code !== '23505') throw error;
        return refuse('serialInUse', 'This serial number is connected to another drop.', { path: 'serial', hint: 'Read the label of the ONT again, or release the other drop.' });
      }
    },
    /** Gives the port back. An occupied port needs the serial of the ONT that was taken away. Releasing what was already released or expired is harmless. */
    async release(fibreId: number, owner: LeaseOwner, serial = ''): Promise<PortLease | Refused<LeaseCode>> {
      const drop = await move(
        'port.released', fibreId, owner, `sn = '', hold_order = NULL, hold_token = NULL, hold_until = NULL, reserved = false`,
        `${MINE} AND (d.sn = '' OR d.sn = $6)`, [serial],
      );
      if (drop) return { type: 'released', token: owner.token, drop };
      const [now] = await findDrops(db, [fibreId], tenant);
      const { rows } = await db.query(`SELECT 1 FROM event WHERE tenant = $1 AND stream = $2 AND key IN ('port.released:' || $3, 'port.expired:' || $3) AND data->>'orderId' = $4`, [
        tenant, `drop-${fibreId}`, owner.token, owner.orderId,
      ]);
      return now && rows.length > 0 ? { type: 'released', token: owner.token, drop: now } : explain(fibreId, owner);
    },
    /** Frees every hold that has run out and says so in the log. Safe to run anywhere, any number of times. Returns how many. */
    async sweep(): Promise<number> {
      const { rows } = await db.query(
        `WITH gone AS (SELECT fibre_id, hold_order, hold_token FROM fibre_drop WHERE tenant = $1 AND sn = '' AND hold_until <= $2::timestamptz FOR UPDATE SKIP LOCKED),
         m AS (UPDATE fibre_drop d SET hold_order = NULL, hold_token = NULL, hold_until = NULL, reserved = false FROM gone
               WHERE d.tenant = $1 AND d.fibre_id = gone.fibre_id RETURNING gone.*)
         SELECT noted.id FROM m, LATERAL append_event($1, 'drop-' || m.fibre_id, 'port.expired', 'port.expired:' || m.hold_token, $2::timestamptz,
           jsonb_build_object('fibreId', m.fibre_id, 'orderId', m.hold_order), NULL) AS noted`,
        [tenant, clock.now()],
      );
      return rows.length;
    },
  };
}
export type PortLeases = ReturnType<typeof portLeases>;
