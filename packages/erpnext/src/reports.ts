import { VendorError, type Json, type JsonObject } from '../../../core/src/index.ts';
import type { Fields } from './doc.ts';
import { payload, type Wire } from './wire.ts';

export interface ReportColumn {
  readonly fieldname: string;
  readonly label: string;
  readonly fieldtype: string;
}
export interface ReportResult {
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly JsonObject[];
  /** The row of sums, where the report has one. */
  readonly total?: JsonObject;
}

/**
 * Runs a report and gives its rows by field name, whatever form the report has them in. By GET, which never commits: a report changes nothing.
 * @throws VendorError `unavailable` when the site only has it prepared in the background and it is not ready
 * @example runReport(wire, 'Accounts Receivable', { company: 'Gigafibre', report_date: '2026-04-30' })
 */
export async function runReport(wire: Wire, name: string, filters: Fields = {}): Promise<ReportResult> {
  const operation = `run report ${name}`;
  if (name.trim() === '') throw new VendorError({ vendor: 'ERPNext', operation: 'run report', kind: 'rejectedInput', message: 'The report has no name.', hint: 'Give it as ERPNext does, e.g. Accounts Receivable.' });
  const told = payload(await wire.ask({ method: 'GET', path: '/api/method/frappe.desk.query_report.run', query: { report_name: name, filters: JSON.stringify(filters), ignore_prepared_report: 'true' }, operation, safety: 'read' }), 'message', operation, false) as JsonObject | null;
  if (told?.['prepared_report'] && !Array.isArray(told['result'])) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unavailable', message: `The report ${name} is prepared in the background and is not ready.`, hint: 'Open it once in Desk, or untick Prepared Report in its settings.' });
  if (!Array.isArray(told?.['columns']) || !Array.isArray(told['result'])) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', message: `ERPNext gave no rows to ${operation}.`, hint: 'Check the name of the report and its mandatory filters.' });
  const columns = (told['columns'] as readonly Json[]).map(asColumn);
  const rows = (told['result'] as readonly Json[]).filter((row) => typeof row === 'object' && row !== null).map((row) => asRow(row as JsonObject | readonly Json[], columns));
  if (!told['add_total_row'] || rows.length === 0) return { columns, rows };
  return { columns, rows: rows.slice(0, -1), total: rows.at(-1)! };
}

// A dictionary, or the old notation `Label:Link/Customer:120`.
function asColumn(column: Json, index: number): ReportColumn {
  if (typeof column === 'object' && column !== null && !Array.isArray(column)) {
    const { fieldname, label, fieldtype } = column as Record<string, Json>;
    return { fieldname: String(fieldname ?? `column_${index + 1}`), label: String(label ?? fieldname ?? ''), fieldtype: String(fieldtype ?? 'Data') };
  }
  const [label = '', type = 'Data'] = String(column).split(':');
  return { fieldname: label.trim().toLowerCase().replace(/[\s-]+/g, '_') || `column_${index + 1}`, label, fieldtype: type.split('/')[0] || 'Data' };
}
const asRow = (row: JsonObject | readonly Json[], columns: readonly ReportColumn[]): JsonObject => (Array.isArray(row) ? Object.fromEntries(columns.map(({ fieldname }, at) => [fieldname, (row as readonly Json[])[at] ?? null])) : (row as JsonObject));
