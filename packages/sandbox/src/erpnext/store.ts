export type Row = Record<string, unknown> & { name: string };

/** Tables with an undo log, so that a refused request leaves nothing, naming counters included. */
export interface Store {
  rows(doctype: string): ReadonlyMap<string, Row>;
  find(doctype: string, name: string): Row | undefined;
  put(doctype: string, row: Row): void;
  drop(doctype: string, name: string): void;
  /** The next number of a series, e.g. `CUST-2026-` → 1. */
  next(series: string): number;
  secret(key: string): string | undefined;
  setSecret(key: string, value: string | undefined): void;
  /** Keeps what was written so far, whatever becomes of the request: an ALTER TABLE does that. */
  commit(): void;
  /** Runs one request; what it wrote stays only when it does not throw and `commit` is true (a GET never commits). */
  transaction<T>(commit: boolean, work: () => T): T;
}

export function newStore(): Store {
  const tables = new Map<string, Map<string, Row>>();
  const series = new Map<string, number>();
  const secrets = new Map<string, string>();
  let undo: (() => void)[] = [];
  const table = (doctype: string) => {
    const found = tables.get(doctype) ?? new Map<string, Row>();
    tables.set(doctype, found);
    return found;
  };
  // Keeps the place of a row in its table when it is replaced, as a primary key does.
  const set = <K, V>(map: Map<K, V>, key: K, value: V | undefined) => {
    const before = map.get(key);
    undo.push(() => void (before === undefined ? map.delete(key) : map.set(key, before)));
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  };
  return {
    rows: table,
    find: (doctype, name) => table(doctype).get(name),
    put: (doctype, row) => set(table(doctype), row.name, row),
    drop: (doctype, name) => set(table(doctype), name, undefined),
    next(name) {
      const value = (series.get(name) ?? 0) + 1;
      set(series, name, value);
      return value;
    },
    secret: (key) => secrets.get(key),
    setSecret: (key, value) => set(secrets, key, value),
    commit() {
      undo = [];
    },
    transaction(commit, work) {
      undo = [];
      const rollback = () => {
        for (const step of undo.reverse()) step();
        undo = [];
      };
      try {
        const result = work();
        if (commit) undo = [];
        else rollback();
        return result;
      } catch (error) {
        rollback();
        throw error;
      }
    },
  };
}
