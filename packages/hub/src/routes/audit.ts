import type { FastifyInstance } from 'fastify';
import type { AuditPage, AuditQuery } from '../api.ts';
import type { Parts } from '../parts.ts';
import { instant, line, object, ok, whole } from './shapes.ts';

/** Who wrote what: read only; records are made by the hooks of audit.ts. */
export function auditRoutes(app: FastifyInstance, { audit }: Parts): void {
  app.get<{ Querystring: AuditQuery }>(
    '/v1/audit',
    {
      schema: {
        tags: ['audit'], summary: 'Writes, newest first; `next` goes into `before` for the page after', response: ok('AuditPage'),
        querystring: object({
          before: whole(1, Number.MAX_SAFE_INTEGER), limit: whole(1, 1000), who: line(40), about: line(128), outcome: { type: 'string', enum: ['done', 'refused', 'notApplied', 'applied', 'unknown'] }, from: instant, to: instant,
        }),
      },
    },
    async ({ query }): Promise<AuditPage> => audit.list(query),
  );
}
