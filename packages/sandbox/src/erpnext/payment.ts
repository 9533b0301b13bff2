import { invalid } from './fault.ts';
import type { Hooks } from './hooks.ts';
import { applyPayment } from './invoice.ts';
import { roundTo } from './rounding.ts';
import type { Site } from './site.ts';
import type { Row } from './store.ts';

const num = (value: unknown) => Number(value ?? 0);
const txt = (value: unknown) => (typeof value === 'string' ? value : '');
const flt = (value: number) => roundTo(value, 2, 'Commercial Rounding');

/** Payment Entry: what it allocates, what stays as an advance, what it settles. */
export const paymentHooks: Readonly<Record<string, Hooks>> = {
  'Payment Entry': {
    defaults(site, row) {
      row['company'] ??= site.setting('Global Defaults', 'default_company') ?? null;
      row['posting_date'] ??= site.today();
      for (const side of ['paid_from', 'paid_to']) row[`${side}_account_currency`] ??= site.store.find('Account', txt(row[side]))?.['account_currency'] ?? null;
      for (const rate of ['source_exchange_rate', 'target_exchange_rate']) if (num(row[rate]) === 0) row[rate] = 1;
      if (row['party_type'] === 'Customer') row['party_name'] = site.store.find('Customer', txt(row['party']))?.['customer_name'] ?? null;
    },
    validate(site, row, before) {
      if (before && before['docstatus'] !== 0) return;
      if (row['payment_type'] !== 'Internal Transfer' && !(txt(row['party_type']) && txt(row['party']))) throw invalid('Party is mandatory', 'MandatoryError');
      if (num(row['paid_amount']) <= 0 || num(row['received_amount']) <= 0) throw invalid('Paid Amount and Received Amount are mandatory');
      const bank = [row['paid_from'], row['paid_to']].some((name) => site.store.find('Account', txt(name))?.['account_type'] === 'Bank');
      if (bank && !(txt(row['reference_no']) && txt(row['reference_date']))) throw invalid('Reference No and Reference Date is mandatory for Bank transaction');
      let allocated = 0;
      for (const one of row['references'] as Row[]) {
        if (one['reference_doctype'] !== 'Sales Invoice') continue;
        const invoice = invoiceOf(site, one);
        if (invoice['docstatus'] !== 1) throw invalid(`${txt(one['reference_doctype'])} ${invoice.name} must be submitted`);
        if (invoice['customer'] !== row['party']) throw invalid(`Sales Invoice ${invoice.name} is not associated with Customer ${txt(row['party'])}`);
        const [mine, open] = [num(one['allocated_amount']), num(invoice['outstanding_amount'])];
        if (open >= 0 ? mine > open + 1e-9 : mine < open - 1e-9) throw invalid(`Row #${String(one['idx'])}: Allocated Amount cannot be greater than outstanding amount.`);
        one['total_amount'] = num(invoice['grand_total']);
        one['outstanding_amount'] = open;
        allocated += mine;
      }
      row['total_allocated_amount'] = flt(Math.abs(allocated));
      const deductions = (row['deductions'] as Row[]).reduce((sum, one) => sum + num(one['amount']), 0);
      if (flt(Math.abs(allocated)) > flt(num(row['paid_amount']))) throw invalid('Total Allocated Amount cannot be greater than Paid Amount');
      row['unallocated_amount'] = flt(num(row['paid_amount']) - Math.abs(allocated));
      row['difference_amount'] = flt(num(row['paid_amount']) - num(row['received_amount']) - deductions);
      if (row['docstatus'] === 1 && num(row['difference_amount']) !== 0) throw invalid('Difference Amount must be zero');
      row['status'] = row['docstatus'] === 1 ? 'Submitted' : 'Draft';
    },
    submitted(site, row) {
      for (const one of row['references'] as Row[]) if (one['reference_doctype'] === 'Sales Invoice') applyPayment(site, txt(one['reference_name']), num(one['allocated_amount']), invoiceOf(site, one));
    },
    cancelled(site, row) {
      for (const one of row['references'] as Row[]) if (one['reference_doctype'] === 'Sales Invoice') applyPayment(site, txt(one['reference_name']), -num(one['allocated_amount']), invoiceOf(site, one));
    },
  },
};

function invoiceOf(site: Site, reference: Row): Row {
  const invoice = site.store.find('Sales Invoice', txt(reference['reference_name']));
  if (!invoice) throw invalid(`Could not find Sales Invoice: ${txt(reference['reference_name'])}`, 'LinkValidationError');
  return invoice;
}
