import { setDirectly } from './documents.ts';
import { invalid } from './fault.ts';
import { blank } from './fields.ts';
import type { Hooks } from './hooks.ts';
import { rowName } from './naming.ts';
import { checkReturn, chooseBalance, refuseWhileReturned, returnedInvoice, wasReturned } from './returns.ts';
import { roundTo, type RoundingMethod } from './rounding.ts';
import type { Site } from './site.ts';
import type { Row } from './store.ts';

const num = (value: unknown) => Number(value ?? 0);
const txt = (value: unknown) => (typeof value === 'string' ? value : '');
const method = (site: Site) => txt(site.setting('System Settings', 'rounding_method')) as RoundingMethod;
const flt = (site: Site, value: number) => roundTo(value, 2, method(site));

/** Sales Invoice: missing values from company, customer and item; totals; advances; outstanding; status. */
export const invoiceHooks: Readonly<Record<string, Hooks>> = {
  'Sales Invoice': {
    defaults(site, row, input) {
      row['company'] ??= site.setting('Global Defaults', 'default_company') ?? null;
      const company = site.store.find('Company', txt(row['company']));
      const customer = site.store.find('Customer', txt(row['customer']));
      row['customer_name'] = customer?.['customer_name'] ?? null;
      row['currency'] ??= customer?.['default_currency'] ?? company?.['default_currency'] ?? null;
      row['selling_price_list'] ??= customer?.['default_price_list'] ?? site.setting('Selling Settings', 'selling_price_list') ?? null;
      row['price_list_currency'] ??= site.store.find('Price List', txt(row['selling_price_list']))?.['currency'] ?? null;
      for (const rate of ['conversion_rate', 'plc_conversion_rate']) if (num(row[rate]) === 0) row[rate] = 1;
      row['debit_to'] ??= company?.['default_receivable_account'] ?? null;
      // Without set_posting_time the day sent is ignored.
      if (!row['set_posting_time'] || !txt(row['posting_date'])) {
        row['posting_date'] = site.today();
        row['posting_time'] = site.stamp().slice(11);
      }
      row['posting_time'] ??= site.stamp().slice(11);
      row['due_date'] ??= row['posting_date'];
      // Global Defaults sets the field's default; a value sent wins. A template named without rows adds none over REST.
      if (input['disable_rounded_total'] === undefined) row['disable_rounded_total'] = num(site.setting('Global Defaults', 'disable_rounded_total'));
      if (row['is_return'] && input['naming_series'] === undefined) row['naming_series'] = 'ACC-SINV-RET-.YYYY.-';
      fillItems(site, row, company);
    },
    validate(site, row, before) {
      if (before && before['docstatus'] !== 0) return;
      fillItems(site, row, site.store.find('Company', txt(row['company'])));
      if (txt(row['due_date']) && txt(row['due_date']) < txt(row['posting_date'])) throw invalid('Due Date cannot be before Posting / Supplier Invoice Date');
      chooseBalance(site, row);
      calculate(site, row);
      checkReturn(site, row);
      if (row['allocate_advances_automatically'] && !row['is_return']) takeAdvances(site, row);
      const advances = (row['advances'] as Row[]).reduce((sum, one) => sum + num(one['allocated_amount']), 0);
      row['total_advance'] = flt(site, advances);
      const owed = num(row['rounded_total']) || num(row['grand_total']);
      if (!row['is_return'] && num(row['total_advance']) > owed + 1e-9) throw invalid('Advance amount cannot be greater than the total');
      row['outstanding_amount'] = flt(site, owed - num(row['total_advance']));
      row['status'] = row['docstatus'] === 1 ? statusOf(site, row) : 'Draft';
    },
    submitted(site, row) {
      for (const advance of row['advances'] as Row[]) if (num(advance['allocated_amount']) > 0) allocate(site, row, advance);
      const original = returnedInvoice(site, row);
      if (original && !row['update_outstanding_for_self']) {
        applyPayment(site, original.name, flt(site, -num(row['grand_total'])), original);
        setDirectly(site, 'Sales Invoice', row.name, { outstanding_amount: 0 });
      }
    },
    cancelled(site, row) {
      refuseWhileReturned(site, row.name);
      const original = returnedInvoice(site, row);
      if (original && !row['update_outstanding_for_self']) applyPayment(site, original.name, flt(site, num(row['grand_total'])), original);
      for (const payment of site.store.rows('Payment Entry').values()) {
        const references = payment['references'] as Row[];
        const kept = references.filter((one) => one['reference_name'] !== row.name);
        if (kept.length === references.length || payment['docstatus'] !== 1) continue;
        const freed = references.filter((one) => one['reference_name'] === row.name).reduce((sum, one) => sum + num(one['allocated_amount']), 0);
        setDirectly(site, 'Payment Entry', payment.name, { references: kept, total_allocated_amount: flt(site, num(payment['total_allocated_amount']) - freed), unallocated_amount: flt(site, num(payment['unallocated_amount']) + freed) });
      }
      setDirectly(site, 'Sales Invoice', row.name, { status: 'Cancelled', outstanding_amount: 0 });
    },
  },
};

function fillItems(site: Site, row: Row, company: Row | undefined): void {
  for (const line of row['items'] as Row[]) {
    const item = site.store.find('Item', txt(line['item_code']));
    const own = (item?.['item_defaults'] as Row[] | undefined)?.find((one) => one['company'] === row['company']);
    line['item_name'] ??= item?.['item_name'] ?? null;
    line['description'] ??= item?.['description'] ?? line['item_name'];
    line['uom'] ??= item?.['stock_uom'] ?? null;
    if (num(line['conversion_factor']) === 0) line['conversion_factor'] = 1;
    line['income_account'] ??= own?.['income_account'] ?? company?.['default_income_account'] ?? null;
    line['cost_center'] ??= own?.['selling_cost_center'] ?? company?.['cost_center'] ?? null;
    if (item && num(line['price_list_rate']) === 0) {
      // Of several the one in force with the latest first day; one without a day is the oldest.
      const day = txt(row['posting_date']) || site.today();
      const price = [...site.store.rows('Item Price').values()]
        .filter((one) => one['item_code'] === item.name && one['price_list'] === row['selling_price_list'] && txt(one['valid_from']) <= day && (txt(one['valid_upto']) || day) >= day)
        .sort((a, b) => txt(b['valid_from']).localeCompare(txt(a['valid_from'])))[0];
      line['price_list_rate'] = price?.['price_list_rate'] ?? 0;
      // A rate of 0 cannot be told from one that was not sent.
      if (num(line['rate']) === 0) line['rate'] = line['price_list_rate'];
    }
  }
}

/** Net, tax and grand totals: taxes summed unrounded over the lines, then rounded per row. */
function calculate(site: Site, row: Row): void {
  const lines = row['items'] as Row[];
  for (const line of lines) {
    if (num(line['qty']) === 0) throw invalid(`Row #${String(line['idx'])}: Quantity for Item ${txt(line['item_code'])} cannot be zero.`, 'InvalidQtyError');
    if (!row['is_return'] && num(line['qty']) < 0) throw invalid(`For an item ${txt(line['item_code'])}, quantity must be positive number`);
    if (row['is_return'] && num(line['qty']) > 0) throw invalid(`For an item ${txt(line['item_code'])}, quantity must be negative number`);
    if (num(line['rate']) < 0 && !site.setting('Selling Settings', 'allow_negative_rates_for_items')) throw invalid(`For item ${txt(line['item_code'])}, rate must be a positive number. To Allow negative rates, enable Allow Negative rates for Items in Selling Settings`);
    line['amount'] = flt(site, num(line['rate']) * num(line['qty']));
    line['net_rate'] = num(line['rate']);
    line['net_amount'] = line['amount'];
  }
  const total = flt(site, lines.reduce((sum, line) => sum + num(line['amount']), 0));
  row['total'] = total;
  row['total_qty'] = lines.reduce((sum, line) => sum + num(line['qty']), 0);
  let net = total;
  taxRows(site, row, net);
  const discount = num(row['additional_discount_percentage']) ? flt(site, (row['apply_discount_on'] === 'Net Total' ? total : num(row['grand_total'])) * num(row['additional_discount_percentage']) / 100) : num(row['discount_amount']);
  if (discount !== 0) {
    row['discount_amount'] = discount;
    const base = row['apply_discount_on'] === 'Net Total' ? total : num(row['grand_total']);
    net = 0;
    lines.forEach((line, index) => {
      const share = (discount * num(line['net_amount'])) / base;
      line['net_amount'] = flt(site, num(line['net_amount']) - share);
      net = flt(site, net + num(line['net_amount']));
      // The last line takes the cent that rounding left over.
      if (index === lines.length - 1 && row['apply_discount_on'] === 'Net Total') {
        const left = flt(site, total - discount - net);
        line['net_amount'] = flt(site, num(line['net_amount']) + left);
        net = flt(site, net + left);
      }
      line['net_rate'] = flt(site, num(line['net_amount']) / num(line['qty']));
    });
    taxRows(site, row, net);
  }
  row['net_total'] = net;
  if (!row['is_return'] && num(row['grand_total']) < 0) throw invalid('Grand Total cannot be negative');
  // The Canadian dollar has no smallest fraction in ERPNext's country data: rounding is to the whole dollar.
  const fraction = num(site.store.find('Currency', txt(row['currency']))?.['smallest_currency_fraction_value']) || 1;
  const rounded = roundTo(num(row['grand_total']) / fraction, 0, method(site)) * fraction;
  row['rounded_total'] = row['disable_rounded_total'] ? 0 : flt(site, rounded);
  row['rounding_adjustment'] = row['disable_rounded_total'] ? 0 : flt(site, rounded - num(row['grand_total']));
}

function taxRows(site: Site, row: Row, net: number): void {
  let running = net;
  const rows = row['taxes'] as Row[];
  rows.forEach((tax, index) => {
    const previous = rows[(Number(tax['row_id']) || index) - 1];
    const base = tax['charge_type'] === 'On Net Total' ? net : tax['charge_type'] === 'On Previous Row Amount' ? num(previous?.['tax_amount']) : tax['charge_type'] === 'On Previous Row Total' ? num(previous?.['total']) : 0;
    const amount = tax['charge_type'] === 'Actual' ? num(tax['tax_amount']) : tax['charge_type'] === 'On Item Quantity' ? num(tax['rate']) * num(row['total_qty']) : (base * num(tax['rate'])) / 100;
    tax['tax_amount'] = flt(site, amount);
    tax['tax_amount_after_discount_amount'] = tax['tax_amount'];
    running = flt(site, running + num(tax['tax_amount']));
    tax['total'] = running;
    tax['cost_center'] ??= site.store.find('Company', txt(row['company']))?.['cost_center'] ?? null;
  });
  row['grand_total'] = running;
  row['total_taxes_and_charges'] = flt(site, running - net);
}

function takeAdvances(site: Site, row: Row): void {
  let left = num(row['rounded_total']) || num(row['grand_total']);
  const open = [...site.store.rows('Payment Entry').values()]
    .filter((one) => one['docstatus'] === 1 && one['payment_type'] === 'Receive' && one['party'] === row['customer'] && one['company'] === row['company'] && num(one['unallocated_amount']) > 0)
    .sort((a, b) => txt(a['posting_date']).localeCompare(txt(b['posting_date'])));
  row['advances'] = open.map((payment, index) => {
    const allocated = Math.min(left, num(payment['unallocated_amount']));
    left = flt(site, left - allocated);
    const at = site.stamp();
    return {
      ...blank(site, site.meta('Sales Invoice Advance')), name: rowName(site), owner: site.user, creation: at, modified: at, modified_by: site.user, docstatus: 0, idx: index + 1,
      parent: row.name, parentfield: 'advances', parenttype: 'Sales Invoice', doctype: 'Sales Invoice Advance',
      reference_type: 'Payment Entry', reference_name: payment.name, advance_amount: num(payment['unallocated_amount']), allocated_amount: flt(site, allocated),
    };
  });
}

function allocate(site: Site, invoice: Row, advance: Row): void {
  const payment = site.store.find('Payment Entry', txt(advance['reference_name']));
  const amount = num(advance['allocated_amount']);
  if (!payment || num(payment['unallocated_amount']) + 1e-9 < amount) throw invalid('Payment Entry has been modified after you pulled it. Please pull it again.');
  const at = site.stamp();
  const reference = {
    ...blank(site, site.meta('Payment Entry Reference')), name: rowName(site), owner: site.user, creation: at, modified: at, modified_by: site.user, docstatus: 1, idx: (payment['references'] as Row[]).length + 1,
    parent: payment.name, parentfield: 'references', parenttype: 'Payment Entry', doctype: 'Payment Entry Reference',
    reference_doctype: 'Sales Invoice', reference_name: invoice.name, total_amount: invoice['grand_total'], outstanding_amount: num(invoice['outstanding_amount']) + amount, allocated_amount: amount,
  };
  setDirectly(site, 'Payment Entry', payment.name, {
    references: [...(payment['references'] as Row[]), reference],
    total_allocated_amount: flt(site, num(payment['total_allocated_amount']) + amount),
    unallocated_amount: flt(site, num(payment['unallocated_amount']) - amount),
  });
}

/** A payment or credit settles part of an invoice: a direct write, so no Sales Invoice event and a new `modified`. */
export function applyPayment(site: Site, name: string, amount: number, invoice: Row): void {
  const outstanding = flt(site, num(invoice['outstanding_amount']) - amount);
  setDirectly(site, 'Sales Invoice', name, { outstanding_amount: outstanding, status: statusOf(site, { ...invoice, outstanding_amount: outstanding }) });
}

function statusOf(site: Site, row: Row): string {
  if (row['is_return']) return 'Return';
  const outstanding = num(row['outstanding_amount']);
  if (outstanding <= 0) return wasReturned(site, row.name) ? 'Credit Note Issued' : 'Paid';
  if (txt(row['due_date']) < site.today()) return 'Overdue';
  return outstanding < (num(row['rounded_total']) || num(row['grand_total'])) ? 'Partly Paid' : 'Unpaid';
}
