import type { FastifyInstance } from 'fastify';
import { paymentHistory } from '../../../payments/src/index.ts';
import type { AccountCharges, OrderPayments } from '../api.ts';
import type { Deps } from '../deps.ts';
import { id, line, object, ok, whole } from './shapes.ts';

const name = id('^[A-Za-z0-9._:-]{1,80}$');

/** What was charged to an account and paid for an order, from the ledger; no provider is asked (S2-116). */
export function paymentHistoryRoutes(app: FastifyInstance, { db }: Deps): void {
  const history = paymentHistory(db);
  app.get<{ Params: { accountId: string }; Querystring: { before?: string; limit?: number } }>('/v1/payments/accounts/:accountId/charges', {
    schema: { tags: ['payments'], summary: 'What was charged to an account, the newest first, declined attempts included', params: object({ accountId: name }, ['accountId']), querystring: object({ before: line(120), limit: whole(1, 200) }), response: ok('AccountCharges') },
  }, async ({ params, query }): Promise<AccountCharges> => ({ type: 'accountCharges', ...(await history.ofAccount(params.accountId, query)) }));
  app.get<{ Params: { orderId: string } }>('/v1/payments/orders/:orderId', {
    schema: { tags: ['payments'], summary: 'The payments of an order or an invoice, with every capture, cancellation and refund', params: object({ orderId: name }, ['orderId']), response: ok('OrderPayments') },
  }, async ({ params }): Promise<OrderPayments> => ({ type: 'orderPayments', payments: await history.ofOrder(params.orderId) }));
}
