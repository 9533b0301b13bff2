import { VendorError, type Clock } from '../../../core/src/index.ts';
import { accounting, type Session } from './accounting.ts';
import { guarded, type Database, type Queryable } from './database.ts';
import { BLOCKED, defaultGarden, PLAN_PREFIX, PRIORITY, WALLED_GARDEN } from './groups.ts';
import { readAccess, type Access, type GroupRow } from './readAccess.ts';
import { syncRows, type RadiusAttribute } from './rows.ts';
import { checkUsername } from './username.ts';

/** What a subscriber shall have. */
export interface SubscriberWanted {
  readonly username: string;
  /** Group of the plan. Name it after plan and rates, so that it never has to change under other subscribers. */
  readonly planGroup: string;
  /** What the plan's group answers to a NAS. */
  readonly planReply: readonly RadiusAttribute[];
  readonly framedIp?: string;
  readonly delegatedPrefix?: string;
}
export interface SubscriberState {
  readonly username: string;
  readonly access: Access;
  readonly planGroup: string | null;
  readonly framedIp: string | null;
  /** What an Access-Accept would carry now; repeated ones joined by `; `. Never the password. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly sessions: readonly Session[];
}
export interface SubscriberChange extends SubscriberState {
  readonly changed: boolean;
}
export interface StoreOptions {
  readonly clock: Clock;
  /** Random octets for passwords, e.g. `randomBytes` of node:crypto. */
  readonly random: (octets: number) => Uint8Array;
  /** What a suspended customer may still do; default: 512 kbit/s, address list and filter `walled-garden`. */
  readonly walledGarden?: readonly RadiusAttribute[];
  /** How often NASes report a session; a session silent three times as long is not counted as online. Default 300 s. */
  readonly interimSeconds?: number;
}

const MANAGED_REPLY = ['Framed-IP-Address', 'Delegated-IPv6-Prefix'] as const;

/**
 * Subscribers in FreeRADIUS's tables (S0-100…102). Every change runs in one transaction under a lock on the user name, because the
 * tables have no unique key, and ends with reading back what FreeRADIUS would now answer.
 * @throws VendorError rejectedInput for a user name FreeRADIUS could not look up, notFound where there is no account.
 * @example const store = radiusStore(db, { clock, random: randomBytes }); await store.suspend('ord-12@isp')
 */
export function radiusStore(db: Database, options: StoreOptions) {
  const book = accounting(db, options.clock, options.interimSeconds ?? 300);

  async function get(username: string): Promise<SubscriberState> {
    return guarded('subscribers.get', async () => {
      checkUsername('subscribers.get', username);
      const [check, reply, groups, sessions] = await Promise.all([
        db.query<RadiusAttribute>('SELECT attribute, op, value FROM radcheck WHERE username = $1 ORDER BY id', [username]),
        db.query<RadiusAttribute>('SELECT attribute, op, value FROM radreply WHERE username = $1 ORDER BY id', [username]),
        db.query<GroupRow>(
          `SELECT u.groupname, u.priority,
                  coalesce((SELECT json_agg(json_build_object('attribute', c.attribute, 'op', c.op, 'value', c.value) ORDER BY c.id) FROM radgroupcheck c WHERE c.groupname = u.groupname), '[]') AS "check",
                  coalesce((SELECT json_agg(json_build_object('attribute', r.attribute, 'op', r.op, 'value', r.value) ORDER BY r.id) FROM radgroupreply r WHERE r.groupname = u.groupname), '[]') AS reply
             FROM radusergroup u WHERE u.username = $1 ORDER BY u.priority, u.id`,
          [username],
        ),
        book.sessions(username),
      ]);
      const { access, attributes } = readAccess(check.rows, reply.rows, groups.rows);
      return {
        username,
        access,
        planGroup: groups.rows.find((row) => row.groupname.startsWith(PLAN_PREFIX))?.groupname ?? null,
        framedIp: reply.rows.find((row) => row.attribute === 'Framed-IP-Address')?.value ?? null,
        attributes,
        sessions,
      };
    });
  }

  /** Runs `work` alone for this user name, then reads back. */
  async function change(operation: string, username: string, work: (tx: Queryable) => Promise<boolean>): Promise<SubscriberChange> {
    const changed = await guarded(operation, async () => {
      checkUsername(operation, username);
      return db.transaction(async (tx) => {
        await lock(tx, username);
        return work(tx);
      });
    });
    return { ...(await get(username)), changed };
  }

  /** Creates or corrects the account. An existing password stays: replacing it would cut a working customer off. */
  function ensure(wanted: SubscriberWanted): Promise<SubscriberChange> {
    const { username, planGroup, planReply, framedIp, delegatedPrefix } = wanted;
    return change('subscribers.ensure', username, async (tx) => {
      if (!planGroup.startsWith(PLAN_PREFIX)) throw new RangeError(`a plan's group starts with "${PLAN_PREFIX}"`);
      const password = await tx.query<{ value: string }>(`SELECT value FROM radcheck WHERE username = $1 AND attribute = 'Cleartext-Password' ORDER BY id LIMIT 1`, [username]);
      const value = password.rows[0]?.value ?? mint(options.random);
      // The default operator of the column, `==`, would make FreeRADIUS reject everyone.
      const checks = await syncRows(tx, 'radcheck', username, ['Cleartext-Password'], [{ attribute: 'Cleartext-Password', op: ':=', value }]);
      const replies = await syncRows(tx, 'radreply', username, MANAGED_REPLY, [
        ...(framedIp ? [{ attribute: 'Framed-IP-Address', op: ':=' as const, value: framedIp }] : []),
        ...(delegatedPrefix ? [{ attribute: 'Delegated-IPv6-Prefix', op: ':=' as const, value: delegatedPrefix }] : []),
      ]);
      await lock(tx, `group ${planGroup}`);
      const group = await syncRows(tx, 'radgroupreply', planGroup, undefined, planReply);
      const plans = await tx.query<{ groupname: string }>('SELECT groupname FROM radusergroup WHERE username = $1 AND starts_with(groupname, $2)', [username, PLAN_PREFIX]);
      if (plans.rows.length === 1 && plans.rows[0]!.groupname === planGroup) return checks || replies || group;
      await tx.query('DELETE FROM radusergroup WHERE username = $1 AND starts_with(groupname, $2)', [username, PLAN_PREFIX]);
      await tx.query('INSERT INTO radusergroup (username, groupname, priority) VALUES ($1, $2, $3)', [username, planGroup, PRIORITY.plan]);
      return true;
    });
  }

  async function mustExist(tx: Queryable, operation: string, username: string): Promise<void> {
    const { rows } = await tx.query('SELECT 1 FROM radcheck WHERE username = $1 LIMIT 1', [username]);
    if (rows.length > 0) return;
    throw new VendorError({ vendor: 'radius', operation, kind: 'notFound', message: `RADIUS has no account ${username}.`, hint: 'Create it first.', detail: { username } });
  }

  function enter(operation: string, group: typeof WALLED_GARDEN | typeof BLOCKED, username: string): Promise<SubscriberChange> {
    return change(operation, username, async (tx) => {
      await mustExist(tx, operation, username);
      await lock(tx, `group ${group}`);
      await syncRows(tx, 'radgroupreply', group, undefined, group === BLOCKED ? [{ attribute: 'Reply-Message', op: ':=', value: 'Account blocked' }] : (options.walledGarden ?? defaultGarden));
      if (group === BLOCKED) await syncRows(tx, 'radgroupcheck', group, undefined, [{ attribute: 'Auth-Type', op: ':=', value: 'Reject' }]);
      const { rowCount } = await tx.query(
        'INSERT INTO radusergroup (username, groupname, priority) SELECT $1::text, $2::text, $3::int WHERE NOT EXISTS (SELECT 1 FROM radusergroup WHERE username = $1 AND groupname = $2)',
        [username, group, PRIORITY[group]],
      );
      return rowCount > 0;
    });
  }
  function leave(operation: string, group: string, username: string): Promise<SubscriberChange> {
    return change(operation, username, async (tx) => {
      await mustExist(tx, operation, username);
      const { rowCount } = await tx.query('DELETE FROM radusergroup WHERE username = $1 AND groupname = $2', [username, group]);
      return rowCount > 0;
    });
  }

  return {
    ensure,
    get,
    /** Into the walled garden from the next login on. Twice is one row. */
    suspend: (username: string) => enter('subscribers.suspend', WALLED_GARDEN, username),
    resume: (username: string) => leave('subscribers.resume', WALLED_GARDEN, username),
    /** No login at all. */
    reject: (username: string) => enter('subscribers.reject', BLOCKED, username),
    admit: (username: string) => leave('subscribers.admit', BLOCKED, username),
    /** Deletes what this store wrote; accounting stays (law and billing), rows others wrote stay too. */
    remove: (username: string) =>
      change('subscribers.remove', username, async (tx) => {
        const check = await syncRows(tx, 'radcheck', username, ['Cleartext-Password'], []);
        const reply = await syncRows(tx, 'radreply', username, MANAGED_REPLY, []);
        const { rowCount } = await tx.query('DELETE FROM radusergroup WHERE username = $1 AND (starts_with(groupname, $2) OR groupname = ANY($3::text[]))', [username, PLAN_PREFIX, [WALLED_GARDEN, BLOCKED]]);
        return check || reply || rowCount > 0;
      }),
    sessions: book.sessions,
    usage: book.usage,
    closeStale: book.closeStale,
  };
}
export type RadiusStore = ReturnType<typeof radiusStore>;

async function lock(tx: Queryable, name: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('leadlight:radius:' || $1::text, 0))`, [name]);
}

/** A hundred bits in letters and digits nobody confuses, all of which FreeRADIUS leaves unescaped. */
function mint(random: (octets: number) => Uint8Array): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789A';
  return [...random(20)].map((octet) => letters[octet & 31]).join('');
}
