/** The part of a database that is used here; the journal's `Db` fits. */
export interface Queryable {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<{ readonly rows: Row[]; readonly rowCount: number }>;
}
