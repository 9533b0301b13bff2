/**
 * One line of CSV for a spreadsheet (RFC 4180, the line end is the caller's). Text that a spreadsheet would take for a formula is defused.
 * @example csvLine(['rue, nord', '=1+1', 7, null]) // '"rue, nord",\'=1+1,7,'
 */
export const csvLine = (cells: readonly unknown[]): string => cells.map(cell).join(',');

function cell(value: unknown): string {
  const text = String(value ?? '');
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
