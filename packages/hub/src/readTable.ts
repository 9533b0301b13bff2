import { readCells } from './readCells.ts';

// Rows of an exported table: CSV with a header, MariaDB's `INTO OUTFILE` and `mariadb-dump --tab` (tabs, backslashes, \N), JSON as phpMyAdmin,
// `JSON_OBJECT` queries and most tools write it, or one JSON object per line.
export type TableRow = Readonly<Record<string, unknown>>;
export interface TableFormat {
  /** Names of the columns in order, for a file without a header. */
  readonly columns?: readonly string[];
}

/**
 * Reads an exported table, whatever of these forms it has.
 * @throws Error that names the line (never its content) when it has none of them, or a line has more cells than there are columns.
 * @example readTable('mac;ssid\n"40:3f";"Chez ""Léo"""\n') // [{ mac: '40:3f', ssid: 'Chez "Léo"' }]
 */
export function readTable(text: string, { columns }: TableFormat = {}): readonly TableRow[] {
  const plain = text.replace(/^\uFEFF/, '');
  if (/^\s*[[{]/.test(plain)) return readJson(plain);
  if (/^\s*\n/.test(plain) && plain.trim() !== '') throw new Error('Line 1 is empty; it must be the header or the first row.');
  const lines = readCells(plain);
  const header = columns ?? lines.shift()?.cells.map((one) => (one ?? '').trim().toLowerCase()) ?? [];
  if (header.length < 2) throw new Error('The file has fewer than two columns. Is it a table? Separators are commas, semicolons and tabs.');
  return lines.map(({ cells }, i) => {
    if (cells.length > header.length) throw new Error(`Row ${i + 1} has ${cells.length} cells, but there are ${header.length} columns.`);
    return Object.fromEntries(header.map((name, at) => [name, cells[at] ?? null]));
  });
}

function readJson(text: string): readonly TableRow[] {
  const rowsOf = (value: unknown): readonly TableRow[] | undefined => {
    // One object alone: a file of one line, or an envelope.
    if (!Array.isArray(value)) return typeof value !== 'object' || value === null ? undefined : 'data' in value ? rowsOf(value.data) : [value as TableRow];
    // phpMyAdmin: a list of header, database and table, of which the table holds the rows.
    const table = value.find((one) => one?.type === 'table' && Array.isArray(one.data));
    if (table) return rowsOf(table.data);
    return value.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one)) ? value : undefined;
  };
  let rows: readonly TableRow[] | undefined;
  try {
    rows = rowsOf(JSON.parse(text));
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    rows = lines.map((line, i) => {
      try {
        return JSON.parse(line) as TableRow;
      } catch {
        throw new Error(`Line ${i + 1} is no JSON; a file that begins with a brace holds a list of objects, or one object a line.`);
      }
    });
  }
  if (!rows) throw new Error('The JSON holds no list of objects.');
  return rows;
}
