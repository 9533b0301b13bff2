import { defaultGardenPolicy, VendorError, type Clock, type GardenPolicy } from '../../../core/src/index.ts';
import { guarded, type Database, type Queryable } from './database.ts';
import { dialectOf, type Dialect } from './dialect.ts';
import { defaultGroups, type GroupNames } from './groups.ts';
import { checkUsername } from './username.ts';

export interface StoreOptions {
  readonly clock: Clock;
  /** Random octets for passwords, e.g. `randomBytes` of node:crypto. */
  readonly random: (octets: number) => Uint8Array;
  /** What a suspended customer may still do, per reason. */
  readonly garden?: GardenPolicy;
  /** How often NASes report a session; a session silent three times as long is not counted as online. Default 300 s. */
  readonly interimSeconds?: number;
  /** What this store's groups are called, where the operator has names of his own. */
  readonly groups?: Partial<GroupNames>;
}
/** What every part of the store works with. */
export interface Context {
  readonly db: Database;
  readonly sql: Dialect;
  readonly clock: Clock;
  readonly random: (octets: number) => Uint8Array;
  readonly garden: GardenPolicy;
  readonly interimSeconds: number;
  readonly groups: GroupNames;
  /** Runs `work` in one transaction, alone for each of these names. All locks are taken first and in order, so that no two writers wait for each other. */
  locked<T>(operation: string, names: readonly string[], work: (tx: Queryable) => Promise<T>): Promise<T>;
}

/** @example const context = contextOf(db, { clock, random: randomBytes }) */
export function contextOf(db: Database, options: StoreOptions): Context {
  const sql = dialectOf(db);
  return {
    db,
    sql,
    clock: options.clock,
    random: options.random,
    garden: options.garden ?? defaultGardenPolicy,
    interimSeconds: options.interimSeconds ?? 300,
    groups: { ...defaultGroups, ...options.groups },
    locked: (operation, names, work) =>
      guarded(operation, 'write', () =>
        db.transaction(async (tx) => {
          for (const name of [...new Set(names)].sort()) await sql.lock(tx, name);
          return work(tx);
        }),
      ),
  };
}
export const userLock = (username: string): string => `user ${username.toLowerCase()}`;
export const groupLock = (group: string): string => `group ${group.toLowerCase()}`;

/** @throws VendorError notFound when the account has no row to log in with. @example await mustExist(tx, 'subscribers.suspend', 'ord-12@isp') */
export async function mustExist(tx: Queryable, operation: string, username: string): Promise<void> {
  const { rows } = await tx.query('SELECT 1 AS there FROM radcheck WHERE username = $1 LIMIT 1', [username]);
  if (rows.length > 0) return;
  throw new VendorError({ vendor: 'radius', operation, kind: 'notFound', message: `RADIUS has no account ${username}.`, hint: 'Create it first, or check the spelling: capitals count.', detail: { username } });
}

/** The account's name as it may be looked up, or a refusal. @example nameFor(context, 'subscribers.get', 'ord-12@isp') // 'ord-12@isp' */
export function nameFor(context: Context, operation: string, username: string): string {
  checkUsername(operation, username, context.sql.longestName);
  return username;
}
