import { salesInvoice as decide, type CustomerBill, type SalesInvoiceSettings } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, jsonField, optionsField, textField } from '../../../shared/fields.ts';

/** A bill as ERPNext writes it, with what ERPNext must echo. */
export const salesInvoice = defineOperation<undefined>({
  value: 'salesInvoice',
  name: 'Sales Invoice',
  action: 'Compose sales invoice',
  description: 'Write a bill as the fields of an ERPNext Sales Invoice, with the totals ERPNext must agree to, for ERPNext: Ensure Sales Invoice',
  fields: [
    jsonField('bill', 'Bill', 'The bill First Invoice gave as its value', { default: '={{ $json.value }}' }),
    textField('customer', 'Customer', { placeholder: 'e.g. CUST-00042', description: 'Name of the customer in ERPNext' }),
    textField('company', 'Company', { placeholder: 'e.g. Gigafibre', description: 'Name of the selling company in ERPNext' }),
    jsonField('taxAccounts', 'Tax Accounts', 'Ledger account of each tax by its code, e.g. {"GST": "TPS à payer - GF", "QST": "TVQ à payer - GF"}', { default: '{}' }),
    optionsField([
      choiceField('discounts', 'Discounts', { invoiceDiscount: 'Discount on Net Total', negativeLines: 'Negative Lines' }, 'invoiceDiscount', 'How discounts are written'),
      choiceField('language', 'Language', { en: 'English', fr: 'French' }, 'fr', 'How taxes are called on the invoice'),
      textField('location', 'Location', { placeholder: 'e.g. LOC-00042', description: 'Service location in ERPNext' }),
      textField('sellingPriceList', 'Price List', { placeholder: 'e.g. Standard Selling', description: 'Price list in ERPNext' }),
    ]),
  ],
  run: ({ read }) => {
    const options = read.options('options');
    const given = Object.fromEntries(['discounts', 'language', 'location', 'sellingPriceList'].flatMap((name) => (options.text(name) === undefined ? [] : [[name, options.text(name)]])));
    return decide(read.object('bill') as unknown as CustomerBill, {
      customer: read.text('customer'),
      company: read.text('company'),
      taxAccounts: read.object('taxAccounts') as SalesInvoiceSettings['taxAccounts'],
      ...given,
    });
  },
});
