import type { FastifyInstance } from 'fastify';
import type { AcsMigrationRequest, ResumeAcsMigration, RollBackAcsMigration, StartAcsMigration } from '../api.ts';
import type { Parts } from '../parts.ts';
import { answer, hubError } from '../replies.ts';
import { id, json, line, object, ok, okList, whole } from './shapes.ts';

const runId = id('^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$');
const params = object({ runId }, ['runId']);
const deviceId = { type: 'string', pattern: '^[A-Za-z0-9%._-]{1,300}$' } as const;
const stage = { type: 'string', enum: ['inventory', 'preflight', 'blocked', 'prepared', 'switched', 'seen', 'verified', 'archived', 'unseen', 'failed', 'rolledBack'] } as const;
const olt = line(80);
const serials = { type: 'array', minItems: 1, maxItems: 20_000, items: line(64) } as const;
const scope = { tag: line(64), productClass: line(64), olts: { type: 'array', minItems: 1, maxItems: 500, items: olt }, serials, oltOf: { type: 'object', maxProperties: 20_000, additionalProperties: olt }, policy: json } as const;
type At = { Params: { runId: string } };

/** Moves the fleet from GenieACS to Oktopus: dry run, waves, stop rule, roll-back, report (S0-108, S1-134, S1-164). */
export function acsMigrationRoutes(app: FastifyInstance, { migrations }: Parts): void {
  const need = (operation: string) => {
    if (!migrations) throw hubError('unavailable', operation, 'This hub has no migration to another ACS.', 'Set LEADLIGHT_GENIEACS_URL, LEADLIGHT_OKTOPUS_URL and LEADLIGHT_ACS_MIGRATION_URL with their groups.');
    return migrations.service;
  };
  const schema = (summary: string, response: object, more: object = {}) => ({ schema: { tags: ['acsMigration'], summary, response, ...more } });

  app.post<{ Body: AcsMigrationRequest }>('/v1/acs-migration/plan', { config: { access: 'read' }, ...schema('A dry run: which devices may move, in which waves, and what stands in the way; sends no write', ok('AcsMigrationPlanned'), { body: object(scope) }) }, async ({ body }, reply) => answer(reply, await need('acsMigration.plan').plan(body)));
  app.post<{ Body: StartAcsMigration }>('/v1/acs-migration/runs', schema('Starts a run, or finds it again; refused while a preset would undo it', ok('AcsMigrationRun'), { body: object({ runId, ...scope }, ['runId']) }), async ({ body }, reply) => answer(reply, await need('acsMigration.start').start(body)));
  app.get('/v1/acs-migration/runs', schema('Every run, newest first', okList('AcsMigrationRun')), async () => need('acsMigration.list').list());
  app.get<At>('/v1/acs-migration/runs/:runId', schema('How far a run is, by state, OLT and wave', ok('AcsMigrationRun'), { params }), async ({ params: { runId: run } }, reply) => answer(reply, await need('acsMigration.get').get(run)));
  app.post<At & { Body: { because?: string } }>('/v1/acs-migration/runs/:runId/pause', schema('Begins nothing new; what is switched is followed', ok('AcsMigrationRun'), { params, body: object({ because: line() }) }), async ({ params: { runId: run }, body }, reply) => answer(reply, await need('acsMigration.pause').pause(run, body.because)));
  app.post<At & { Body: ResumeAcsMigration }>(
    '/v1/acs-migration/runs/:runId/resume',
    schema('Goes on; after a stop with the smallest wave', ok('AcsMigrationRun'), { params, body: object({ because: line(), requeue: { type: 'array', items: { type: 'string', enum: ['blocked', 'failed', 'rolledBack'] } } }) }),
    async ({ params: { runId: run }, body }, reply) => answer(reply, await need('acsMigration.resume').resume(run, body)),
  );
  app.post<At & { Body: RollBackAcsMigration }>(
    '/v1/acs-migration/runs/:runId/rollback',
    schema('Takes devices back to the old ACS, or the whole run when no serials are given', ok('AcsMigrationMoved'), { params, body: object({ because: line(), serials }, ['because']) }),
    async ({ params: { runId: run }, body, caller }, reply) => answer(reply, await need('acsMigration.rollBack').rollBack(run, body, caller)),
  );
  app.get<At & { Querystring: { format?: 'json' | 'csv'; stage?: string; olt?: string; after?: string; limit?: number } }>(
    '/v1/acs-migration/runs/:runId/report',
    schema('Every device with its state and reason, as JSON in pages or as CSV at once', ok('AcsMigrationReport, or text/csv'), { params, querystring: object({ format: { type: 'string', enum: ['json', 'csv'] }, stage, olt, after: deviceId, limit: whole(1, 1_000) }) }),
    async ({ params: { runId: run }, query: { format = 'json', ...filter } }, reply) => {
      const service = need('acsMigration.report');
      if (format === 'json') return answer(reply, await service.report(run, filter));
      const csv = await service.csv(run, filter);
      if (typeof csv !== 'string') return answer(reply, csv);
      // The serializer makes JSON of everything; bytes go out as they are.
      return reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${run}.csv"`).send(Buffer.from(csv, 'utf8'));
    },
  );
  app.get<{ Params: { runId: string; deviceId: string } }>('/v1/acs-migration/runs/:runId/devices/:deviceId', schema('What was done to one device, and when', ok('{ events }'), { params: object({ runId, deviceId }, ['runId', 'deviceId']) }), async ({ params: { runId: run, deviceId: device } }, reply) => answer(reply, await need('acsMigration.history').history(run, device)));
}
