import type { FastifyInstance } from 'fastify';
import { refuse } from '../../../../core/src/index.ts';
import type { ChargeRequest } from '../api.ts';
import { answer } from '../replies.ts';
import type { PaymentProviders } from './paymentsProviders.ts';
import { id, object, ok, whole } from './shapes.ts';

/** Tokens only: no pattern here lets a card number through (S2-095). */
const method = id('^pm_[A-Za-z0-9_]{1,64}$');
const account = id('^[A-Za-z0-9._:-]{1,80}$');

/** Stored methods of an account, and charges while the customer is away. */
export function paymentMethodRoutes(app: FastifyInstance, providers: PaymentProviders): void {
  const schema = (summary: string, more: object = {}) => ({ schema: { tags: ['payments'], summary, response: ok('PaymentMethods'), ...more } });
  const path = '/v1/payments/accounts/:accountId/methods';
  const ofAccount = { params: object({ accountId: account }, ['accountId']) };
  const ofMethod = { params: object({ accountId: account, methodId: method }, ['accountId', 'methodId']) };
  app.get<{ Params: { accountId: string } }>(path, schema('Stored methods, the newest first: brand, last four digits, expiry', ofAccount), async ({ params }) => ({ type: 'paymentMethods', methods: await providers.charges('methods').methods(params.accountId) }));
  app.post<{ Params: { accountId: string }; Body: { token: string; asDefault?: boolean } }>(path, schema('Stores a method by its token; the first becomes the default', { ...ofAccount, body: object({ token: method, asDefault: { type: 'boolean' } }, ['token']) }), async ({ params, body }, reply) => {
    const decision = await providers.charges('addMethod').addMethod(params.accountId, body.token, body.asDefault);
    return answer(reply, decision.type === 'refused' ? decision : { type: 'paymentMethods', ...decision.value });
  });
  app.get<{ Params: { accountId: string; methodId: string } }>(`${path}/:methodId`, schema('One stored method', ofMethod), async ({ params }, reply) => {
    const methods = (await providers.charges('method').methods(params.accountId)).filter((one) => one.id === params.methodId);
    return methods.length > 0 ? { type: 'paymentMethods', methods } : answer(reply, refuse('methodUnknown', 'This payment method is not one of the account.', { path: 'methodId', hint: 'List the methods of the account.' }));
  });
  app.post<{ Params: { accountId: string; methodId: string } }>(`${path}/:methodId/default`, schema('Makes a method the default', ofMethod), async ({ params }, reply) => {
    const decision = await providers.charges('setDefault').setDefault(params.accountId, params.methodId);
    return answer(reply, decision.type === 'refused' ? decision : { type: 'paymentMethods', ...decision.value });
  });
  app.delete<{ Params: { accountId: string; methodId: string } }>(`${path}/:methodId`, schema('Removes a method; where it was the default, another is promoted', ofMethod), async ({ params }, reply) => {
    const decision = await providers.charges('removeMethod').removeMethod(params.accountId, params.methodId);
    return answer(reply, decision.type === 'refused' ? decision : { type: 'paymentMethods', ...decision.value });
  });
  app.post<{ Body: ChargeRequest }>('/v1/payments/charge', {
    schema: {
      tags: ['payments'], summary: 'Charges a stored method for an invoice, once per attempt and at most once per invoice', response: ok('PaymentState'),
      body: object({ accountId: account, invoiceId: account, attempt: whole(1, 99), amountMinor: whole(1, 99_999_999), currency: { type: 'string', pattern: '^[A-Z]{3}$' }, paymentMethod: method }, ['accountId', 'invoiceId', 'amountMinor', 'currency']),
    },
  }, async ({ body }, reply) => {
    const decision = await providers.charges('charge').charge(body);
    return answer(reply, decision.type === 'refused' ? decision : { type: 'charged', ...decision.value });
  });
}
