import type { FastifyInstance } from 'fastify';
import { refuse } from '../../../../core/src/index.ts';
import type { SaasUsageEvent } from '../api.ts';
import { answer } from '../replies.ts';
import type { PaymentProviders } from './paymentsProviders.ts';
import { id, instant, line, object, ok, whole } from './shapes.ts';

const guid = id('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$');
const plan = line(100);
const usageEvent = object({ subscriptionId: guid, planId: plan, dimension: line(100), quantity: { type: 'number', minimum: 0 }, at: instant }, ['subscriptionId', 'planId', 'dimension', 'quantity', 'at']);
type Of = { Params: { id: string } };

/** `/v1/marketplace/*`: what customers bought on the Azure Marketplace. */
export function marketplaceRoutes(app: FastifyInstance, providers: PaymentProviders): void {
  const on = (operation: string) => providers.marketplace(operation);
  const schema = (summary: string, more: object = {}) => ({ schema: { tags: ['payments'], summary, response: ok('SaasSubscription'), ...more } });
  const one = { params: object({ id: guid }, ['id']) };
  app.get('/v1/marketplace/subscriptions', schema('Every subscription'), async () => ({ type: 'saasSubscriptions', subscriptions: await on('list').subscriptions.list() }));
  app.post<{ Body: { token: string } }>('/v1/marketplace/resolve', schema('What was bought, by the token of the landing page', { body: object({ token: line(8_192) }, ['token']) }), async ({ body }, reply) => {
    const decision = await on('resolve').subscriptions.resolve(body.token);
    return answer(reply, decision.type === 'refused' ? decision : { type: 'saasSubscription', ...decision.value });
  });
  app.post<Of & { Body: { planId: string; quantity?: number } }>('/v1/marketplace/subscriptions/:id/activate', schema('Tells Microsoft that the service runs; billing starts', { ...one, body: object({ planId: plan, quantity: whole(1, 1_000_000) }, ['planId']) }), async ({ params, body }, reply) => {
    const decision = await on('activate').subscriptions.activate(params.id, body.planId, body.quantity);
    return answer(reply, decision.type === 'refused' ? decision : { type: 'saasChanged', ...decision.value });
  });
  app.post<Of & { Body: { planId?: string; quantity?: number } }>('/v1/marketplace/subscriptions/:id/change', schema('Changes the plan or the quantity', { ...one, body: object({ planId: plan, quantity: whole(1, 1_000_000) }) }), async ({ params, body }, reply) => {
    if ((body.planId === undefined) === (body.quantity === undefined)) return answer(reply, refuse('badInput', 'Either planId or quantity is needed.', { path: 'planId', hint: 'Microsoft takes one change at a time.' }));
    const decision = await on('change').subscriptions.change(params.id, body.planId !== undefined ? { planId: body.planId } : { quantity: body.quantity ?? 0 });
    return answer(reply, decision.type === 'refused' ? decision : { type: 'saasChanged', ...decision.value });
  });
  app.post<Of>('/v1/marketplace/subscriptions/:id/cancel', schema('Ends the subscription', one), async ({ params }, reply) => {
    const decision = await on('cancel').subscriptions.cancel(params.id);
    return answer(reply, decision.type === 'refused' ? decision : { type: 'saasChanged', ...decision.value });
  });
  app.post<{ Params: { id: string; operationId: string }; Body: { success: boolean } }>('/v1/marketplace/subscriptions/:id/operations/:operationId/answer', schema('Says whether a change asked for in Azure was carried out', { params: object({ id: guid, operationId: guid }, ['id', 'operationId']), body: object({ success: { type: 'boolean' } }, ['success']) }), async ({ params, body }, reply) => {
    const decision = await on('answer').subscriptions.answer(params.id, params.operationId, body.success);
    return answer(reply, decision.type === 'refused' ? decision : { type: 'saasOperation', ...decision.value });
  });
  app.post<{ Body: { events: readonly SaasUsageEvent[] } }>('/v1/marketplace/usage', schema('Reports metered use; each event has its own verdict', { body: object({ events: { type: 'array', minItems: 1, maxItems: 1_000, items: usageEvent } }, ['events']) }), async ({ body }) => ({
    type: 'saasUsage', results: (await on('usage').usage.reportMany(body.events)).map((one) => (one.type === 'refused' ? one : { type: 'taken', ...one.value })),
  }));
}
