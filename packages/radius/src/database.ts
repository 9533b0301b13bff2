import { isVendorError, VendorError } from '../../../core/src/index.ts';

/** What is needed of a SQL server: statements with `$1` … placeholders. */
export interface Queryable {
  query<Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<{ readonly rows: Row[]; readonly rowCount: number }>;
}
/** PostgreSQL (embedded or not) or MariaDB/MySQL; `dialectOf` knows where their SQL differs. */
export interface Database extends Queryable {
  readonly kind: 'postgresql' | 'pglite' | 'mysql';
  /** Runs `work` in one transaction; a throw rolls it back whole. Locks taken in it are given back when it ends. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
}
/** Nothing can have been sent. */
const BEFORE_SENDING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Turns a database failure into the one failure class. The driver's text is left out: it may quote a row with a password.
 * @param effect whether `work` writes: only then a lost connection leaves the outcome unknown.
 * @throws VendorError; RangeError and VendorError of `work` pass.
 * @example await guarded('plans.list', 'read', () => db.query('SELECT …'))
 */
export async function guarded<T>(operation: string, effect: 'read' | 'write', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isVendorError(error) || error instanceof RangeError) throw error;
    const { code = '', sqlState, errno } = error as { code?: string; sqlState?: string; errno?: number };
    const state = sqlState ?? (/^[0-9A-Z]{5}$/.test(code) ? code : '');
    const answered = state !== '' && !/^(08|57)/.test(state);
    const [kind, hint] = reading(state, errno, code);
    throw new VendorError({
      vendor: 'radius',
      operation,
      kind,
      // Everything runs in one transaction: what the server refused was rolled back; a lost connection may have lost the answer only.
      outcome: answered || effect === 'read' || BEFORE_SENDING.has(code) ? 'notApplied' : 'unknown',
      message: `The RADIUS database failed${state || code ? ` (${state || code})` : ''}.`,
      hint,
      detail: { sqlState: state },
    });
  }
}

function reading(state: string, errno: number | undefined, code: string): readonly [VendorError['kind'], string] {
  if (state === '42P01' || state === '42S02') return ['rejectedInput', 'It has no FreeRADIUS tables: load FreeRADIUS’s schema.sql.'];
  if (state === '42501' || errno === 1142 || errno === 1143) return ['unauthorised', 'The database user may not write these tables: grant it SELECT, INSERT, UPDATE and DELETE.'];
  if (/^28/.test(state) || errno === 1045) return ['unauthorised', 'The database does not let this user in: check user and password of its address.'];
  if (state === '3D000' || errno === 1049 || errno === 1044) return ['rejectedInput', 'There is no database of that name, or not for this user.'];
  if (state === '40001' || state === '40P01' || errno === 1205 || errno === 1213) return ['conflict', 'Another writer was first and nothing was written: do it again.'];
  if (/^22/.test(state)) return ['rejectedInput', 'A name or value is too long or of the wrong form for the tables of FreeRADIUS.'];
  if (/^53/.test(state) || errno === 1040) return ['unavailable', 'The database has no connection left: raise its limit or try later.'];
  if (/^42/.test(state)) return ['rejectedInput', 'The tables are not those of FreeRADIUS 3: compare them with its schema.sql.'];
  if (state !== '' && !/^(08|57)/.test(state)) return ['unexpectedReply', 'See the log of the database.'];
  return ['unavailable', BEFORE_SENDING.has(code) ? 'Nothing answers there: is the database up and its address right?' : 'The connection broke: read the account before doing it again.'];
}
