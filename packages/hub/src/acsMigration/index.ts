import type { Clock } from '../../../../core/src/index.ts';
import { genieacs } from '../../../genieacs/src/index.ts';
import { axiosSend } from '../../../http/src/send.ts';
import type { Db } from '../../../journal/src/index.ts';
import type { Oktopus } from '../../../oktopus/src/index.ts';
import type { HubConfig } from '../config.ts';
import type { Events } from '../deps.ts';
import { migrationJob, type MigrationJob } from './job.ts';
import { newOktopus } from './newOktopus.ts';
import { oldGenieAcs } from './oldGenieAcs.ts';
import { migrationService, type MigrationService } from './service.ts';
import { migrationStore } from './store.ts';

export interface Migrations {
  readonly service: MigrationService;
  readonly job: MigrationJob;
}

/**
 * Migrations from GenieACS to Oktopus, when both and the target are set; else undefined.
 * @example const migrations = openMigrations(config, { db, clock, events, report, oktopus }); await migrations?.job.turn();
 */
export function openMigrations(config: HubConfig, { db, clock, events, report, oktopus }: { readonly db: Db; readonly clock: Clock; readonly events: Events; readonly report: (line: string) => void; readonly oktopus?: Oktopus | undefined }): Migrations | undefined {
  const { genieacs: nbi, acsMigration: to } = config;
  if (!nbi || !oktopus || !to) return undefined;
  const store = migrationStore(db);
  const old = oldGenieAcs(genieacs(axiosSend({ baseUrl: nbi.url, ...(nbi.authorization ? { headers: { authorization: nbi.authorization } } : {}) }), clock));
  const next = newOktopus(oktopus);
  const { url, connectionRequestUsername, ...settings } = to;
  const job = migrationJob({ store, clock, events, old, next, settings, report });
  return { job, service: migrationService({ store, job, old, next, clock, target: { url, connectionRequestUsername } }) };
}
export { acsMigrationMigrations } from './schema.ts';
