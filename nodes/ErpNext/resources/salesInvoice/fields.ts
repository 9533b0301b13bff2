import type { INodeProperties } from 'n8n-workflow';
import { money } from '../../../../core/src/index.ts';
import type { InvoiceTotals } from '../../../../packages/erpnext/src/index.ts';
import { numberField, textField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';

export const currencyField = textField('currency', 'Currency', { default: 'CAD', description: 'ISO 4217 code' });

/** One invoice of the site. */
export const invoice: INodeProperties = {
  displayName: 'Invoice',
  name: 'invoice',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'A submitted Sales Invoice, by its name (ID)',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose an invoice…', typeOptions: { searchListMethod: 'searchInvoices', searchable: true } },
    { displayName: 'Name', name: 'name', type: 'string', placeholder: 'e.g. ACC-SINV-2026-00010' },
    { displayName: 'URL', name: 'url', type: 'string', placeholder: 'e.g. https://erp.example.com/app/sales-invoice/ACC-SINV-2026-00010', extractValue: { type: 'regex', regex: 'https?://[^/]+/app/[^/]+/([^/?#]+)' } },
  ],
};

/** The net and tax of a document, when they are to agree as well. `of` says what is meant. */
export const partOptions = (of: string): INodeProperties[] => [
  numberField('netMinor', 'Net (Minor Units)', 0, `What ${of} must amount to before taxes, in cents`),
  numberField('taxMinor', 'Tax (Minor Units)', 0, 'What the taxes must amount to, in cents'),
];

/** What ERPNext must agree to. */
export function readTotals(read: Inputs): InvoiceTotals {
  const options = read.options('options');
  const currency = read.text('currency').toUpperCase();
  const [net, tax] = [options.number('netMinor'), options.number('taxMinor')];
  return { total: money(read.number('totalMinor'), currency), ...(net === undefined ? {} : { net: money(net, currency) }), ...(tax === undefined ? {} : { tax: money(tax, currency) }) };
}
