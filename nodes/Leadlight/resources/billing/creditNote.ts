import { creditNote as decide, type CreditedInvoice, type CustomerBill, type SalesInvoiceSettings } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, jsonField, optionsField, textField } from '../../../shared/fields.ts';

/** A bill that gives back, as ERPNext writes it against its invoice; refused when it is more than is left of it. */
export const creditNote = defineOperation<undefined>({
  value: 'creditNote',
  name: 'Credit Note',
  action: 'Compose credit note',
  description: 'Write a bill that gives back as the fields of an ERPNext credit note against an invoice, for ERPNext: Ensure Credit Note; more than is left of the invoice is refused',
  fields: [
    jsonField('bill', 'Bill', 'The credit note that Next Bill or Final Bill gave as its value', { default: '={{ $json.value }}' }),
    jsonField('invoice', 'Invoice', 'The invoice it is written against, as ERPNext: Get Balance of Sales Invoice gives it', { default: '{}' }),
    jsonField('taxAccounts', 'Tax Accounts', 'Ledger account of each tax by its code, e.g. {"GST": "TPS à payer - GF", "QST": "TVQ à payer - GF"}', { default: '{}' }),
    optionsField([
      choiceField('discounts', 'Charges', { invoiceDiscount: 'Discount on Net Total', negativeLines: 'Negative Lines' }, 'invoiceDiscount', 'How charges that lower the credit are written'),
      choiceField('language', 'Language', { en: 'English', fr: 'French' }, 'fr', 'How taxes are called on the credit note'),
      textField('location', 'Location', { placeholder: 'e.g. LOC-00042', description: 'Service location in ERPNext' }),
      textField('sellingPriceList', 'Price List', { placeholder: 'e.g. Standard Selling', description: 'Price list in ERPNext' }),
    ]),
  ],
  run: ({ read }) => {
    const options = read.options('options');
    const given = Object.fromEntries(['discounts', 'language', 'location', 'sellingPriceList'].flatMap((name) => (options.text(name) === undefined ? [] : [[name, options.text(name)]])));
    return decide(read.object('bill') as unknown as CustomerBill, read.object('invoice') as unknown as CreditedInvoice, { taxAccounts: read.object('taxAccounts') as SalesInvoiceSettings['taxAccounts'], ...given });
  },
});
