import type { FastifyInstance } from 'fastify';
import { refuse } from '../../../../core/src/index.ts';
import type { NewSubscription, Subscription } from '../api.ts';
import type { Parts } from '../parts.ts';
import { answer, hubError } from '../replies.ts';
import { id, object, ok, okList, typePattern } from './shapes.ts';

const TENANT = 'main';

/** Who is told of what by signed webhook. The same address and types is one subscription, so a trigger that registers twice hears once. */
export function subscriptionRoutes(app: FastifyInstance, { db, clock, vault, random }: Parts): void {
  app.post<{ Body: NewSubscription }>(
    '/v1/subscriptions',
    {
      schema: {
        tags: ['subscriptions'], summary: 'Subscribes an address to event types', response: ok('Subscription'),
        body: object({ url: { type: 'string', maxLength: 2000 }, types: { type: 'array', minItems: 1, maxItems: 50, items: typePattern }, secret: { type: 'string', minLength: 16, maxLength: 200 } }, ['url', 'types', 'secret']),
      },
    },
    async ({ body }, reply) => {
      if (!URL.canParse(body.url) || !/^https?:$/.test(new URL(body.url).protocol) || new URL(body.url).username) {
        return answer(reply, refuse('badInput', 'url must be an http or https address without credentials.', { path: 'url', hint: 'Send the full address, e.g. https://n8n.example/webhook/….' }));
      }
      const types = [...new Set(body.types)].sort();
      return db.transaction(async (tx): Promise<Subscription> => {
        const fresh = `sub_${Buffer.from(random(12)).toString('base64url')}`;
        const { rows } = await tx.query<{ id: string }>(
          `INSERT INTO subscription (id, tenant, url, types, secret, created_at) VALUES ($1, $2, $3, $4::text[], '', $5::timestamptz)
           ON CONFLICT (tenant, url, types) DO UPDATE SET url = excluded.url RETURNING id`,
          [fresh, TENANT, body.url, types, clock.now()],
        );
        const subscriptionId = rows[0]!.id;
        await tx.query('UPDATE subscription SET secret = $2 WHERE id = $1', [subscriptionId, vault.seal(body.secret, `subscription:${subscriptionId}`)]);
        return { id: subscriptionId, url: body.url, types };
      });
    },
  );

  app.get('/v1/subscriptions', { schema: { tags: ['subscriptions'], summary: 'Who is subscribed', response: okList('Subscription') } }, async () =>
    (await db.query<Subscription>('SELECT id, url, types FROM subscription WHERE tenant = $1 ORDER BY created_at, id', [TENANT])).rows);

  app.delete<{ Params: { id: string } }>('/v1/subscriptions/:id', { schema: { tags: ['subscriptions'], summary: 'Ends a subscription and what it was still owed', params: object({ id: id() }, ['id']), response: { 204: { description: 'Ended', type: 'null' } } } }, async ({ params }, reply) => {
    const { rows } = await db.query(`WITH gone AS (DELETE FROM subscription WHERE tenant = $1 AND id = $2 RETURNING id)
      , owed AS (DELETE FROM outbox USING gone WHERE outbox.target = gone.id AND outbox.topic = 'webhook' AND outbox.state = 'pending') SELECT id FROM gone`, [TENANT, params.id]);
    if (rows.length === 0) throw hubError('notFound', 'subscriptions.delete', 'There is no such subscription.', 'List them with GET /v1/subscriptions.');
    return reply.code(204).send();
  });
}
