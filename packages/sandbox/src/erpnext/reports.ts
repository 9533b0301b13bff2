import { invalid, missing } from './fault.ts';
import { demand, parseJson, type Site } from './site.ts';

type Args = Readonly<Record<string, unknown>>;

/** `query_report.run` for the one report the path needs: open invoices, with a row of sums in the list form the real one has. */
export function runQueryReport(site: Site, args: Args): Record<string, unknown> {
  const name = String(args['report_name'] ?? '');
  if (name !== 'Accounts Receivable') throw missing('Report', name);
  demand(site, 'Sales Invoice', 'read');
  const filters = (typeof args['filters'] === 'string' ? parseJson(args['filters']) : args['filters'] ?? {}) as Args;
  if (!filters['company']) throw invalid('Please set Company', 'MandatoryError');
  const columns = [['party', 'Customer', 'Link'], ['voucher_no', 'Voucher No', 'Dynamic Link'], ['due_date', 'Due Date', 'Date'], ['invoiced', 'Invoiced Amount', 'Currency'], ['outstanding', 'Outstanding Amount', 'Currency']].map(([fieldname, label, fieldtype]) => ({ fieldname, label, fieldtype, width: 120 }));
  const open = [...site.store.rows('Sales Invoice').values()].filter((row) => row['docstatus'] === 1 && row['company'] === filters['company'] && Number(row['outstanding_amount']) !== 0 && (!filters['party'] || (filters['party'] as unknown[]).includes(row['customer'])));
  const result: unknown[] = open.map((row) => ({ party: row['customer'], voucher_no: row.name, due_date: row['due_date'], invoiced: row['grand_total'], outstanding: row['outstanding_amount'] }));
  const sum = (field: string) => Math.round(open.reduce((total, row) => total + Number(row[field]), 0) * 100) / 100;
  if (result.length > 0) result.push(['Total', '', '', sum('grand_total'), sum('outstanding_amount')]);
  return { columns, result, add_total_row: 1, report_summary: null, chart: null, execution_time: 0.01 };
}
