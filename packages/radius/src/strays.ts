import type { Context } from './context.ts';
import { guarded } from './database.ts';
import { startsWith } from './dialect.ts';

/** Rows that will surprise somebody: each list holds names, at most `limit` of them. */
export interface Strays {
  /** Can log in, but no group says at what speed. */
  readonly withoutGroup: readonly string[];
  /** In a group, but no password: nobody can log in as this. */
  readonly withoutPassword: readonly string[];
  /** Several passwords: FreeRADIUS takes the first, so the newest may never have worked. */
  readonly duplicatePassword: readonly string[];
  /** The password's operator is not `:=`: every login is refused. */
  readonly wrongOperator: readonly string[];
  /** On several plans at once: the lowest priority wins, by chance. */
  readonly severalPlans: readonly string[];
  /** Groups with members that answer and check nothing. */
  readonly emptyGroups: readonly string[];
  /** Groups of plans nobody is on. */
  readonly unusedPlans: readonly string[];
}

/** The orphan report: what daily work leaves behind in tables without keys. Reads only. @example (await strays(context)()).withoutGroup */
export function strays({ db, groups }: Context) {
  /** @example (await report()).duplicatePassword // ['ord-12@isp'] */
  return async function report(limit = 1000): Promise<Strays> {
    return guarded('strays.report', 'read', async () => {
      const most = Math.min(10_000, Math.max(1, Math.trunc(limit)));
      const names = async (sql: string, params: readonly unknown[] = []) => (await db.query<{ name: string }>(`${sql} ORDER BY name LIMIT ${most}`, params)).rows.map(({ name }) => name);
      const password = "attribute LIKE '%-Password'";
      const [withoutGroup, withoutPassword, duplicatePassword, wrongOperator, severalPlans, emptyGroups, unusedPlans] = await Promise.all([
        names(`SELECT DISTINCT c.username AS name FROM radcheck c WHERE c.${password} AND NOT EXISTS (SELECT 1 FROM radusergroup u WHERE u.username = c.username)`),
        names(`SELECT DISTINCT u.username AS name FROM radusergroup u WHERE NOT EXISTS (SELECT 1 FROM radcheck c WHERE c.username = u.username AND c.${password})`),
        names(`SELECT username AS name FROM radcheck WHERE ${password} GROUP BY username HAVING count(*) > 1`),
        names(`SELECT DISTINCT username AS name FROM radcheck WHERE ${password} AND op <> ':='`),
        names(`SELECT username AS name FROM radusergroup WHERE ${startsWith('groupname', groups.plan, 1)} GROUP BY username HAVING count(*) > 1`, [groups.plan]),
        names(`SELECT DISTINCT u.groupname AS name FROM radusergroup u WHERE NOT EXISTS (SELECT 1 FROM radgroupreply r WHERE r.groupname = u.groupname) AND NOT EXISTS (SELECT 1 FROM radgroupcheck k WHERE k.groupname = u.groupname)`),
        names(`SELECT DISTINCT r.groupname AS name FROM radgroupreply r WHERE ${startsWith('r.groupname', groups.plan, 1)} AND NOT EXISTS (SELECT 1 FROM radusergroup u WHERE u.groupname = r.groupname)`, [groups.plan]),
      ]);
      return { withoutGroup, withoutPassword, duplicatePassword, wrongOperator, severalPlans, emptyGroups, unusedPlans };
    });
  };
}
