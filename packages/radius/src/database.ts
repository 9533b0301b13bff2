import { isVendorError, VendorError } from '../../../core/src/index.ts';

/** What is needed of a PostgreSQL, embedded or not. */
export interface Queryable {
  query<Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<{ readonly rows: Row[]; readonly rowCount: number }>;
}
export interface Database extends Queryable {
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
}

/** Turns a database failure into the one failure class. The driver's text is left out: it may quote a row with a password. */
export async function guarded<T>(operation: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isVendorError(error) || error instanceof RangeError) throw error;
    const state = String((error as { code?: unknown }).code ?? '');
    const answered = /^[0-9A-Z]{5}$/.test(state) && !/^(08|57)/.test(state);
    throw new VendorError({
      vendor: 'radius',
      operation,
      kind: !answered ? 'unavailable' : state.startsWith('42') ? 'rejectedInput' : 'unexpectedReply',
      // Everything runs in one transaction: what the server refused was rolled back; a lost connection may have lost the answer only.
      outcome: answered ? 'notApplied' : 'unknown',
      message: `The RADIUS database failed${state ? ` (${state})` : ''}.`,
      hint: state === '42P01' ? 'It has no FreeRADIUS tables: load FreeRADIUS’s schema.sql.' : state === '42501' ? 'The database user may not write these tables.' : 'Is PostgreSQL up and the address right?',
      detail: { sqlState: state },
    });
  }
}
