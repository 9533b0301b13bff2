import { firstInvoice as decide, type FirstInvoiceInput, type FirstInvoicePolicy } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, numberField, optionsField, textField } from '../../../shared/fields.ts';
import { policyOption, taxTableOf, taxTableOption } from '../../fields.ts';
import { list, record, shaped } from '../../shaped.ts';

const quoted = record(['lines'], { lines: list(record(['sku', 'label', 'amountMinor'])) });

/** The first bill, from the day the service went live (S1-118). */
export const firstInvoice = defineOperation<undefined>({
  value: 'firstInvoice',
  name: 'First Invoice',
  action: 'Compute first invoice',
  description: 'Make the first bill of an order from the day its service went live: prorated charges, taxes once on the sum, the prepayment taken off, every amount in cents',
  fields: [
    textField('orderId', 'Order ID', { default: 'ord_1', placeholder: 'e.g. ord_3NxQ7mK2', description: 'The order that went live' }),
    jsonField('account', 'Account', 'Of the customer: zone, currency, jurisdiction and, if it has one, anchorDay', { default: '{"zone": "America/Toronto", "currency": "CAD", "jurisdiction": "CA-QC"}' }),
    jsonField('lines', 'Lines', 'Charges: sku, description, charge (mrc or nrc), amountMinor; or the quote of the order as it is', { default: '[{ "sku": "FTTH150I", "description": "Internet 150", "charge": "mrc", "amountMinor": 9995 }]' }),
    textField('activatedAt', 'Activated At', { default: '={{ $now.toUTC().toISO() }}', description: 'When the service went live, as an ISO instant in UTC' }),
    numberField('prepaymentMinor', 'Prepayment (Minor Units)', 0, 'What was paid at checkout, taxes included, in cents', { minValue: 0 }),
    optionsField([policyOption, taxTableOption]),
  ],
  run: ({ read }) => shaped(read, { lines: { oneOf: [list(record(['sku', 'amountMinor'])), record(['monthly', 'oneTime'], { monthly: quoted, oneTime: quoted })] } }, ({ lines }) => {
    const options = read.options('options');
    const policy = options.json('policy') as FirstInvoicePolicy | undefined;
    return decide({
      orderId: read.text('orderId'),
      account: read.object('account') as unknown as FirstInvoiceInput['account'],
      lines,
      activatedAt: read.text('activatedAt'),
      prepaymentMinor: read.number('prepaymentMinor'),
      taxTable: taxTableOf(options),
      ...(policy === undefined ? {} : { policy }),
    });
  }),
});
