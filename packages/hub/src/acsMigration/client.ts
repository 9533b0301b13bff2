// Pure: nodes import it.
import type { HttpRequest, Refused } from '../../../../core/src/index.ts';
import type * as api from './api.ts';

type Call = <T>(operation: string, request: HttpRequest) => Promise<T>;

/** The hub's migrations, for its client. @example acsMigrationClient(call).get('spring-2026') */
export function acsMigrationClient(call: Call) {
  const get = <T>(operation: string, path: string, query?: HttpRequest['query']) => call<T>(operation, { method: 'GET', path, ...(query ? { query } : {}) });
  const post = <T>(operation: string, path: string, body: object) => call<T>(operation, { method: 'POST', path, body });
  const at = (runId: string) => `/v1/acs-migration/runs/${encodeURIComponent(runId)}`;
  return {
    // n8n leaves an empty body out.
    plan: (body: api.AcsMigrationRequest = {}) => post<api.AcsMigrationPlanned | Refused>('acsMigration.plan', '/v1/acs-migration/plan', { policy: {}, ...body }),
    start: (body: api.StartAcsMigration) => post<api.AcsMigrationRun | Refused>('acsMigration.start', '/v1/acs-migration/runs', body),
    list: () => get<readonly api.AcsMigrationRun[]>('acsMigration.list', '/v1/acs-migration/runs'),
    get: (runId: string) => get<api.AcsMigrationRun | Refused>('acsMigration.get', at(runId)),
    pause: (runId: string, body: { readonly because: string } = { because: 'by hand' }) => post<api.AcsMigrationRun | Refused>('acsMigration.pause', `${at(runId)}/pause`, body),
    resume: (runId: string, body: api.ResumeAcsMigration = {}) => post<api.AcsMigrationRun | Refused>('acsMigration.resume', `${at(runId)}/resume`, { because: 'by hand', ...body }),
    rollBack: (runId: string, body: api.RollBackAcsMigration) => post<api.AcsMigrationMoved | Refused>('acsMigration.rollBack', `${at(runId)}/rollback`, body),
    report: (runId: string, query: { stage?: string; olt?: string; after?: string; limit?: number } = {}) => get<api.AcsMigrationReport | Refused>('acsMigration.report', `${at(runId)}/report`, query),
  };
}
