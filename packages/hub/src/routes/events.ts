import type { FastifyInstance } from 'fastify';
import type { PublishEvent, Published } from '../api.ts';
import type { Parts } from '../parts.ts';
import { id, json, object, ok, okList, whole } from './shapes.ts';

const types = { type: 'string', pattern: '^[A-Za-z0-9.*, ]{0,400}$', description: 'Comma-separated, `*` for any: order.*,port.held' } as const;
const after = whole(0, Number.MAX_SAFE_INTEGER);

/** The log: read it, follow it, add to it (S1-101). */
export function eventRoutes(app: FastifyInstance, { events, log, stream }: Parts): void {
  app.get<{ Querystring: { types?: string; after?: number } }>(
    '/v1/events',
    { config: { auth: 'keyOrQuery' }, schema: { tags: ['events'], summary: 'Server-sent events; resumes after Last-Event-ID or `after`, else from now on', querystring: object({ types, after, key: { type: 'string', maxLength: 200 } }), response: { 200: { description: 'HubEvent per message', content: { 'text/event-stream': { schema: { type: 'string' } } } } } } },
    async (request, reply) => {
      const resume = Number(request.headers['last-event-id'] ?? NaN);
      const from = Number.isSafeInteger(resume) && resume >= 0 ? resume : (request.query.after ?? (await log.head()));
      reply.hijack();
      reply.raw.setHeader('x-request-id', request.id);
      stream.open(reply.raw, { after: from, ...(request.query.types ? { types: request.query.types } : {}) });
    },
  );

  app.get<{ Querystring: { types?: string; after?: number; stream?: string; limit?: number } }>(
    '/v1/events/list',
    { schema: { tags: ['events'], summary: 'A page of the log, oldest first', querystring: object({ types, after, stream: id(), limit: whole(1, 1000) }), response: okList('HubEvent') } },
    async ({ query }) => events.list(query),
  );

  app.post<{ Body: PublishEvent }>(
    '/v1/events',
    { schema: { tags: ['events'], summary: 'Records an event once per stream and key', body: object({ type: id('^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)+$'), stream: id(), key: id('^[^\\u0000-\\u001f]{1,200}$'), data: json }, ['type', 'stream', 'key', 'data']), response: ok('Published') } },
    async ({ body }): Promise<Published> => ({ type: 'published', ...(await events.publish(body)) }),
  );
}
