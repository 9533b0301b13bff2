import { defineOperation } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { invoice } from './fields.ts';

/** What is left of an invoice, in cents. */
export const getBalance = defineOperation<ErpNext>({
  value: 'getBalance',
  name: 'Get Balance',
  action: 'Get balance of sales invoice',
  description: 'Read what an invoice charged, what was credited of it and what is left to pay, in cents, for Leadlight: Credit Note',
  fields: [invoice],
  run: ({ read, client }) => client.invoices.balance(read.picked('invoice')),
});
