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
  const [first = '', separator] = [plain.split(/\r?\n/, 1)[0], separatorOf(plain)];
  if (first.trim() === '' && plain.trim() !== '') throw new Error('Line 1 is empty; it must be the header or the first row.');
  const lines = cells(plain, separator);
  const header = columns ?? lines.shift()?.map((one) => (one ?? '').trim().toLowerCase()) ?? [];
  if (header.length < 2) throw new Error('The file has fewer than two columns. Is it a table? Separators are commas, semicolons and tabs.');
  return lines.map((line, i) => {
    if (line.length > header.length) throw new Error(`Row ${i + 1} has ${line.length} cells, but there are ${header.length} columns.`);
    return Object.fromEntries(header.map((name, at) => [name, line[at] ?? null]));
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

/** What separates the cells of the first line, quoted text aside. */
function separatorOf(text: string): string {
  const line = (text.split(/\r?\n/, 1)[0] ?? '').replace(/"([^"\\]|\\.|"")*"/g, '');
  return ['\t', ';', ','].map((sign) => [sign, line.split(sign).length] as const).sort((a, b) => b[1] - a[1])[0]![0];
}

/** Lines of cells. Quotes may hold separators and line ends; a quote inside is doubled or follows a backslash; `\N` is null. */
function cells(text: string, separator: string): (string | null)[][] {
  const lines: (string | null)[][] = [];
  let line: (string | null)[] = [];
  let cell = '';
  let quoted: 'no' | 'inside' | 'after' = 'no';
  let isNull = false;
  const end = (): void => {
    line.push(isNull || (quoted === 'no' && cell === 'NULL') ? null : cell);
    [cell, quoted, isNull] = ['', 'no', false];
  };
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0' };
  const backslash = /\\[N\\"tn]/.test(text) && separator === '\t' || /\\N|\\"/.test(text);
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i]!;
    const next = text[i + 1];
    if (backslash && sign === '\\' && next !== undefined) {
      if (next === 'N' && cell === '' && quoted === 'no') isNull = true;
      else cell += escapes[next] ?? next;
      i += 1;
    } else if (quoted === 'inside') {
      if (sign !== '"') cell += sign;
      else if (next === '"') { cell += '"'; i += 1; } else quoted = 'after';
    } else if (sign === '"' && cell === '' && quoted === 'no') quoted = 'inside';
    else if (sign === separator) end();
    else if (sign === '\n' || (sign === '\r' && next === '\n')) {
      if (sign === '\r') i += 1;
      end();
      if (line.length > 1 || line[0] !== '') lines.push(line);
      line = [];
    } else cell += sign;
  }
  if (quoted === 'inside') throw new Error('A quote is opened and never closed: the file was cut off.');
  if (cell !== '' || line.length > 0) { end(); lines.push(line); }
  return lines;
}
