import { readRates, VendorError, type ReadRates } from '../../../core/src/index.ts';
import { groupLock, type Context } from './context.ts';
import { guarded } from './database.ts';
import { startsWith } from './dialect.ts';
import { checkGroup } from './groups.ts';
import { readRows, readRowsOf, syncRows, type RadiusAttribute } from './rows.ts';

export interface PlanState {
  /** Name of the group in `radusergroup`. */
  readonly group: string;
  readonly rates: ReadRates | null;
  readonly attributes: readonly (readonly [attribute: string, value: string])[];
  /** Users on it. */
  readonly subscribers: number;
}
export interface PlanChange extends PlanState {
  readonly changed: boolean;
}

/** Plans as groups: what all subscribers of a plan are answered (S0-101). @example await plans(context).list() */
export function plans({ db, sql, groups, locked }: Context) {
  const pairs = (rows: readonly RadiusAttribute[]) => rows.map(({ attribute, value }) => [attribute, value] as const);

  async function get(group: string): Promise<PlanState | null> {
    return guarded('plans.get', 'read', async () => {
      const rows = await readRows(db, 'radgroupreply', group);
      const subscribers = await members(group);
      return rows.length === 0 && subscribers === 0 ? null : { group, rates: readRates(pairs(rows)), attributes: pairs(rows), subscribers };
    });
  }
  async function members(group: string, on: Pick<typeof db, 'query'> = db): Promise<number> {
    const { rows } = await on.query<{ n: string }>(`SELECT ${sql.digits('count(DISTINCT username)')} AS n FROM radusergroup WHERE groupname = $1`, [group]);
    return Number(rows[0]!.n);
  }

  /**
   * Makes the group answer exactly these attributes. It changes everybody on it at the next login: put rates into the name instead.
   * @throws RangeError when the name does not start like a plan's.
   * @example await plans.ensure('plan:FTTH150I:mikrotik:150000-20000', reply)
   */
  async function ensure(group: string, reply: readonly RadiusAttribute[]): Promise<PlanChange> {
    if (!group.startsWith(groups.plan)) throw new RangeError(`a plan's group starts with "${groups.plan}"`);
    if (reply.length === 0) throw new RangeError('a plan answers at least one attribute');
    checkGroup('plans.ensure', group, sql.longestName);
    const changed = await locked('plans.ensure', [groupLock(group)], (tx) => syncRows(tx, 'radgroupreply', group, undefined, reply));
    return { ...(await get(group))!, changed };
  }

  /** Every plan's group by name, those with members only included. @param after name of the last one already seen. */
  async function list({ after = '', limit = 100 }: { readonly after?: string; readonly limit?: number } = {}): Promise<readonly PlanState[]> {
    return guarded('plans.list', 'read', async () => {
      const { rows } = await db.query<{ name: string; subscribers: string }>(
        `SELECT g.groupname AS name, ${sql.digits('count(DISTINCT u.username)')} AS subscribers
           FROM (SELECT groupname FROM radgroupreply UNION SELECT groupname FROM radusergroup) g LEFT JOIN radusergroup u ON u.groupname = g.groupname
          WHERE ${startsWith('g.groupname', groups.plan, 1)} AND g.groupname > $2 GROUP BY g.groupname ORDER BY g.groupname LIMIT ${Math.min(1000, Math.max(1, Math.trunc(limit)))}`,
        [groups.plan, after],
      );
      const replyOf = await readRowsOf(db, 'radgroupreply', rows.map(({ name }) => name));
      return rows.map(({ name, subscribers }) => ({ group: name, rates: readRates(pairs(replyOf(name))), attributes: pairs(replyOf(name)), subscribers: Number(subscribers) }));
    });
  }

  /**
   * Deletes a plan nobody is on.
   * @returns whether there was one.
   * @throws VendorError conflict, with how many are on it.
   */
  async function remove(group: string): Promise<boolean> {
    if (!group.startsWith(groups.plan)) throw new RangeError(`a plan's group starts with "${groups.plan}"`);
    return locked('plans.remove', [groupLock(group)], async (tx) => {
      const subscribers = await members(group, tx);
      if (subscribers > 0) throw new VendorError({ vendor: 'radius', operation: 'plans.remove', kind: 'conflict', message: `${subscribers} subscribers are on this plan.`, hint: 'Put them on another plan first.', detail: { subscribers } });
      const reply = await syncRows(tx, 'radgroupreply', group, undefined, []);
      const check = await syncRows(tx, 'radgroupcheck', group, undefined, []);
      return reply || check;
    });
  }

  return { get, ensure, list, remove };
}
