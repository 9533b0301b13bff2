/** A row of a text table, and the line of the file it begins on. */
export interface CellRow { readonly line: number; readonly cells: readonly (string | null)[] }

/**
 * The rows of CSV or of MariaDB's exports, empty ones left out. The first line says what separates: comma, semicolon or tab. Quotes may hold
 * separators and line ends; a quote inside is doubled or follows a backslash; `\N` is null.
 * @throws Error when a quote is never closed.
 * @example readCells('a;b\n\n"1;2";\\N') // [{ line: 1, cells: ['a', 'b'] }, { line: 3, cells: ['1;2', null] }]
 */
export function readCells(table: string): CellRow[] {
  const text = table.replace(/^\uFEFF/, '');
  const separator = separatorOf(text);
  const rows: CellRow[] = [];
  let cells: (string | null)[] = [];
  let [line, began] = [1, 1];
  let cell = '';
  let quoted: 'no' | 'inside' | 'after' = 'no';
  let isNull = false;
  const end = (): void => {
    cells.push(isNull || (quoted === 'no' && cell === 'NULL') ? null : cell);
    [cell, quoted, isNull] = ['', 'no', false];
  };
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0' };
  const backslash = /\\[N\\"tn]/.test(text) && separator === '\t' || /\\N|\\"/.test(text);
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i]!;
    const next = text[i + 1];
    if (sign === '\n') line += 1;
    if (backslash && sign === '\\' && next !== undefined) {
      if (next === 'N' && cell === '' && quoted === 'no') isNull = true;
      else cell += escapes[next] ?? next;
      if (next === '\n') line += 1;
      i += 1;
    } else if (quoted === 'inside') {
      if (sign !== '"') cell += sign;
      else if (next === '"') { cell += '"'; i += 1; } else quoted = 'after';
    } else if (sign === '"' && cell === '' && quoted === 'no') quoted = 'inside';
    else if (sign === separator) end();
    else if (sign === '\n') {
      end();
      if (cells.length > 1 || cells[0] !== '') rows.push({ line: began, cells });
      [cells, began] = [[], line];
    } else if (sign !== '\r' || next !== '\n') cell += sign;
  }
  if (quoted === 'inside') throw new Error('A quote is opened and never closed: the file was cut off.');
  if (cell !== '' || cells.length > 0) { end(); rows.push({ line: began, cells }); }
  return rows;
}

/** What separates the cells of the first line, quoted text aside. */
function separatorOf(text: string): string {
  const line = (text.split(/\r?\n/, 1)[0] ?? '').replace(/"([^"\\]|\\.|"")*"/g, '');
  return ['\t', ';', ','].map((sign) => [sign, line.split(sign).length] as const).sort((a, b) => b[1] - a[1])[0]![0];
}
