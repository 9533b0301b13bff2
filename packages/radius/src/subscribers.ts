import { radiusGarden, readRates, VendorError, type Instant, type ReadRates } from '../../../core/src/index.ts';
import type { Session } from './accounting.ts';
import { groupLock, mustExist, nameFor, userLock, type Context } from './context.ts';
import { guarded, type Queryable } from './database.ts';
import { anyOf, startsWith } from './dialect.ts';
import { checkGroup, isGarden, isOurs, PRIORITY } from './groups.ts';
import { notePending, readNote, wordOf, writeNote } from './notes.ts';
import { readAccess, type Access } from './readAccess.ts';
import { readRows, readRowsOf, syncRows, type RadiusAttribute } from './rows.ts';

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
  readonly throttled: boolean;
  readonly planGroup: string | null;
  readonly framedIp: string | null;
  /** The speeds a login would be given, where the NAS's dialect has numbers. */
  readonly rates: ReadRates | null;
  /** What an Access-Accept would carry now, in order; repeated ones repeat. Never the password. */
  readonly answer: readonly (readonly [attribute: string, value: string])[];
  /** The same for reading, repeated ones joined by `; `. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly sessions: readonly Session[];
  /** Sessions that began before this moment have not been told of the last change; null when all have. */
  readonly pendingSince: Instant | null;
}
export interface SubscriberChange extends SubscriberState {
  readonly changed: boolean;
}
const MANAGED_REPLY = ['Framed-IP-Address', 'Delegated-IPv6-Prefix'] as const;

/** Accounts one at a time (S0-100, S0-101). Every change runs under a lock on the user name and ends with reading back. @example await subscribers(context, book.sessions).suspend('ord-12@isp', 'abuse') */
export function subscribers(context: Context, sessionsOf: (username: string) => Promise<readonly Session[]>) {
  const { db, sql, groups } = context;

  async function get(username: string): Promise<SubscriberState> {
    return guarded('subscribers.get', 'read', async () => {
      nameFor(context, 'subscribers.get', username);
      const [check, reply, member, pending, sessions] = await Promise.all([
        readRows(db, 'radcheck', username),
        readRows(db, 'radreply', username),
        db.query<{ groupname: string; priority: number }>('SELECT groupname, priority FROM radusergroup WHERE username = $1 ORDER BY priority, id', [username]),
        readNote(db, groups, 'pending', username),
        sessionsOf(username),
      ]);
      const names = member.rows.map((row) => row.groupname);
      const [checkOf, replyOf] = await Promise.all([readRowsOf(db, 'radgroupcheck', names), readRowsOf(db, 'radgroupreply', names)]);
      const read = readAccess(check, reply, member.rows.map(({ groupname, priority }) => ({ groupname, priority, check: checkOf(groupname), reply: replyOf(groupname) })), groups);
      return {
        username,
        access: read.access,
        throttled: read.throttled,
        planGroup: names.find((name) => name.startsWith(groups.plan)) ?? null,
        framedIp: reply.find((row) => row.attribute === 'Framed-IP-Address')?.value ?? null,
        rates: readRates(read.answer),
        answer: read.answer,
        attributes: read.attributes,
        sessions,
        pendingSince: wordOf(pending, 'since') ?? null,
      };
    });
  }

  /** Runs `work` alone for this user name and these groups, notes that running sessions do not know it yet, then reads back. */
  async function change(operation: string, username: string, touched: readonly string[], work: (tx: Queryable) => Promise<boolean>): Promise<SubscriberChange> {
    nameFor(context, operation, username);
    for (const group of touched) checkGroup(operation, group, sql.longestName);
    const changed = await context.locked(operation, [userLock(username), ...touched.map(groupLock)], async (tx) => {
      const done = await work(tx);
      if (done) await notePending(tx, groups, username, context.clock.now());
      return done;
    });
    return { ...(await get(username)), changed };
  }

  async function join(tx: Queryable, username: string, group: string, priority: number): Promise<boolean> {
    const { rows } = await tx.query('SELECT 1 AS there FROM radusergroup WHERE username = $1 AND groupname = $2 LIMIT 1', [username, group]);
    if (rows.length > 0) return false;
    await tx.query('INSERT INTO radusergroup (username, groupname, priority) VALUES ($1, $2, $3)', [username, group, priority]);
    return true;
  }

  /** Creates or corrects the account. An existing password stays: replacing it would cut a working customer off. */
  function ensure(wanted: SubscriberWanted): Promise<SubscriberChange> {
    const { username, planGroup, planReply, framedIp, delegatedPrefix } = wanted;
    if (!planGroup.startsWith(groups.plan)) throw new RangeError(`a plan's group starts with "${groups.plan}"`);
    return change('subscribers.ensure', username, [planGroup], async (tx) => {
      const there = await tx.query<{ username: string; attribute: string; value: string }>('SELECT username, attribute, value FROM radcheck WHERE username = $1 ORDER BY id', [username]);
      if (there.rows.some((row) => row.username !== username)) {
        throw new VendorError({ vendor: 'radius', operation: 'subscribers.ensure', kind: 'conflict', message: 'An account of the same name in other capitals is there, and this database takes the two for one.', hint: 'Use the spelling that is there, or another name.' });
      }
      const value = there.rows.find(({ attribute }) => attribute === 'Cleartext-Password')?.value ?? mint(context.random);
      // The default operator of the column, `==`, would make FreeRADIUS reject everyone.
      const checks = await syncRows(tx, 'radcheck', username, ['Cleartext-Password'], [{ attribute: 'Cleartext-Password', op: ':=', value }]);
      const replies = await syncRows(tx, 'radreply', username, MANAGED_REPLY, [
        ...(framedIp ? [{ attribute: 'Framed-IP-Address', op: ':=' as const, value: framedIp }] : []),
        ...(delegatedPrefix ? [{ attribute: 'Delegated-IPv6-Prefix', op: ':=' as const, value: delegatedPrefix }] : []),
      ]);
      const group = await syncRows(tx, 'radgroupreply', planGroup, undefined, planReply);
      const mine = `username = $1 AND ${startsWith('groupname', groups.plan, 2)}`;
      const plans = await tx.query<{ groupname: string }>(`SELECT groupname FROM radusergroup WHERE ${mine}`, [username, groups.plan]);
      if (plans.rows.length === 1 && plans.rows[0]!.groupname === planGroup) return checks || replies || group;
      await tx.query(`DELETE FROM radusergroup WHERE ${mine}`, [username, groups.plan]);
      await tx.query('INSERT INTO radusergroup (username, groupname, priority) VALUES ($1, $2, $3)', [username, planGroup, PRIORITY.plan]);
      return true;
    });
  }

  /** Puts an account that is there on another plan; address and password stay. @throws VendorError notFound. */
  function changePlan(username: string, planGroup: string, planReply: readonly RadiusAttribute[]): Promise<SubscriberChange> {
    if (!planGroup.startsWith(groups.plan)) throw new RangeError(`a plan's group starts with "${groups.plan}"`);
    return change('subscribers.changePlan', username, [planGroup], async (tx) => {
      await mustExist(tx, 'subscribers.changePlan', username);
      const group = await syncRows(tx, 'radgroupreply', planGroup, undefined, planReply);
      const others = await tx.query(`DELETE FROM radusergroup WHERE username = $1 AND ${startsWith('groupname', groups.plan, 2)} AND groupname <> $3`, [username, groups.plan, planGroup]);
      return (await join(tx, username, planGroup, PRIORITY.plan)) || group || others.rowCount > 0;
    });
  }

  /** Into the walled garden of a reason. Twice is one row. What undoes the fence in a running session is kept with it. */
  function suspend(username: string, reason = 'nonPayment'): Promise<SubscriberChange> {
    const garden = gardenOf('subscribers.suspend', reason);
    return change('subscribers.suspend', username, [garden.group], async (tx) => {
      await mustExist(tx, 'subscribers.suspend', username);
      await syncRows(tx, 'radgroupreply', garden.group, undefined, garden.reply);
      await writeNote(tx, groups, 'restore', username, garden.restore);
      return join(tx, username, garden.group, PRIORITY.garden);
    });
  }
  /** Takes one reason away, or all of them; the customer stays fenced in while another is left. */
  function resume(username: string, reason: string | 'any' = 'nonPayment'): Promise<SubscriberChange> {
    return change('subscribers.resume', username, [], async (tx) => {
      await mustExist(tx, 'subscribers.resume', username);
      const { rows } = await tx.query<{ groupname: string }>('SELECT groupname FROM radusergroup WHERE username = $1', [username]);
      const leave = rows.map((row) => row.groupname).filter((group) => (reason === 'any' ? isGarden(group, groups) : group === gardenOf('subscribers.resume', reason).group));
      for (const group of leave) await tx.query('DELETE FROM radusergroup WHERE username = $1 AND groupname = $2', [username, group]);
      return leave.length > 0;
    });
  }
  function gardenOf(operation: string, reason: string) {
    const garden = radiusGarden(reason, context.garden, groups.garden);
    if (garden.type === 'accepted') return garden.value;
    throw new VendorError({ vendor: 'radius', operation, kind: 'rejectedInput', message: garden.message, hint: garden.hint ?? '' });
  }

  /** No login at all, and nothing of the plan is shown. */
  function reject(username: string): Promise<SubscriberChange> {
    return change('subscribers.reject', username, [groups.blocked], async (tx) => {
      await mustExist(tx, 'subscribers.reject', username);
      await syncRows(tx, 'radgroupreply', groups.blocked, undefined, [{ attribute: 'Reply-Message', op: ':=', value: 'Account blocked' }]);
      await syncRows(tx, 'radgroupcheck', groups.blocked, undefined, [{ attribute: 'Auth-Type', op: ':=', value: 'Reject' }]);
      return join(tx, username, groups.blocked, PRIORITY.blocked);
    });
  }
  function admit(username: string): Promise<SubscriberChange> {
    return change('subscribers.admit', username, [], async (tx) => {
      await mustExist(tx, 'subscribers.admit', username);
      return (await tx.query('DELETE FROM radusergroup WHERE username = $1 AND groupname = $2', [username, groups.blocked])).rowCount > 0;
    });
  }

  /** Deletes what this store wrote; accounting stays (law and billing), rows others wrote stay too. */
  function remove(username: string): Promise<SubscriberChange> {
    return change('subscribers.remove', username, [], async (tx) => {
      const check = await syncRows(tx, 'radcheck', username, ['Cleartext-Password'], []);
      const reply = await syncRows(tx, 'radreply', username, MANAGED_REPLY, []);
      const { rows } = await tx.query<{ groupname: string }>('SELECT groupname FROM radusergroup WHERE username = $1', [username]);
      const ours = rows.map((row) => row.groupname).filter((group) => isOurs(group, groups));
      if (ours.length > 0) await tx.query(`DELETE FROM radusergroup WHERE username = $1 AND ${anyOf('groupname', ours, 2)}`, [username, ...ours]);
      for (const note of ['restore', 'pending', 'throttle'] as const) await writeNote(tx, groups, note, username, []);
      return check || reply || ours.length > 0;
    });
  }

  return { get, ensure, changePlan, suspend, resume, reject, admit, remove };
}

/** A hundred bits in letters and digits nobody confuses, all of which FreeRADIUS leaves unescaped. */
function mint(random: (octets: number) => Uint8Array): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789A';
  return [...random(20)].map((octet) => letters[octet & 31]).join('');
}
