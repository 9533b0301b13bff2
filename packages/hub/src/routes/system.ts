import type { FastifyInstance } from 'fastify';
import type { Parts } from '../parts.ts';
import { hubError } from '../replies.ts';
import { object, ok, okList, whole } from './shapes.ts';

/** Is it up, what is switched on, what is stuck. */
export function systemRoutes(app: FastifyInstance, { db, config, intake, log, outbox, stream }: Parts): void {
  app.get('/health', { config: { auth: 'public' }, schema: { tags: ['system'], summary: 'Up, with its database', security: [], response: ok('{ status: "ok" }') } }, async () => {
    await db.query('SELECT 1').catch(() => {
      throw hubError('unavailable', 'health', 'The hub cannot reach its database.', 'Check DATABASE_URL and the database server.');
    });
    return { status: 'ok' };
  });

  app.get('/v1/system', { schema: { tags: ['system'], summary: 'What is connected and what waits', response: ok('systems, outbox, position of the log') } }, async () => ({
    type: 'system',
    database: db.kind,
    systems: { stripe: !!config.stripe, paypal: !!config.paypal, azureMarketplace: !!config.azureMarketplace, twilio: !!config.twilio, mailjet: !!config.mailjet, chat: Object.keys(config.chat ?? {}), voltha: !!config.voltha, radius: !!config.radius, routr: !!config.routr },
    deviceEvents: intake.state(),
    outbox: await outbox.counts(),
    lastEventId: await log.head(),
    eventStreams: stream.followers,
  }));

  app.get<{ Querystring: { state?: 'pending' | 'delivered' | 'dead'; limit?: number } }>(
    '/v1/deliveries',
    { schema: { tags: ['system'], summary: 'Webhook deliveries, newest first; `dead` ones need a person', querystring: object({ state: { type: 'string', enum: ['pending', 'delivered', 'dead'] }, limit: whole(1, 500) }), response: okList('deliveries with attempts, last error and latency') } },
    async ({ query }) =>
      (await outbox.list(query)).map(({ id, target, key, state, attempts, createdAt, dueAt, deliveredAt, lastError }) => ({
        id, subscriptionId: target, eventId: Number(key), state, attempts, createdAt, dueAt, deliveredAt, lastError, latencyMs: deliveredAt ? Date.parse(deliveredAt) - Date.parse(createdAt) : null,
      })),
  );

  app.post<{ Params: { id: number } }>('/v1/deliveries/:id/retry', { schema: { tags: ['system'], summary: 'Gives a dead delivery all its attempts again', params: object({ id: whole(1, Number.MAX_SAFE_INTEGER) }, ['id']), response: ok('{ type: "revived" }') } }, async ({ params }) => {
    if (!(await outbox.revive(params.id))) throw hubError('notFound', 'deliveries.retry', `There is no dead delivery ${params.id}.`, 'List them with GET /v1/deliveries?state=dead.');
    return { type: 'revived', id: params.id };
  });
}
