import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { dynauth, enforcement, freeradiusSchema, openRadiusDatabase, radiusStore, usageSamples, usageSampleSchema } from '../../../radius/src/index.ts';
import type { Deps } from '../deps.ts';
import { hubError } from '../replies.ts';
import { radiusAccountRoutes } from './radiusAccounts.ts';
import { radiusLoginRoutes } from './radiusLogins.ts';
import { radiusPlanRoutes } from './radiusPlans.ts';
import { INTERIM_SECONDS, type Radius } from './radiusShapes.ts';
import { radiusSessionRoutes } from './radiusSessions.ts';

/**
 * RADIUS accounts, plans and sessions (S0-100…103). Rows are written first, NASes told afterwards; passwords and NAS secrets never leave.
 * The tables are the hub's own, or an operator's on PostgreSQL or MariaDB.
 */
export async function radiusRoutes(app: FastifyInstance, { db, clock, config }: Deps): Promise<void> {
  const where = config.radius;
  const other = where?.database ? await openRadiusDatabase(where.database) : undefined;
  app.addHook('onClose', async () => other?.close());
  if (where && !other) {
    const { rows } = await db.query<{ there: string | null }>(`SELECT to_regclass('radcheck')::text AS there`);
    if (!rows[0]?.there) await db.script(freeradiusSchema);
  }
  if (where) await db.script(usageSampleSchema);
  const store = where && radiusStore(other ?? db, { clock, random: randomBytes, interimSeconds: INTERIM_SECONDS });
  const samples = usageSamples(db, clock);
  const dyn = where && store && dynauth({ clock, random: randomBytes, nasSecrets: where.nasSecrets, secretOf: async (ip) => (await store.nas.at(ip))?.secret, ...(where.coaPort === undefined ? {} : { port: where.coaPort }) });
  const act = store && dyn && enforcement({ store, dyn, clock });
  const need = (operation: string): Radius => {
    if (!store || !act) throw hubError('unavailable', operation, 'This hub has no RADIUS.', 'Set LEADLIGHT_RADIUS_DATABASE when FreeRADIUS has a database of its own, else LEADLIGHT_RADIUS_NAS_SECRETS.');
    return { store, act, samples, config, random: randomBytes };
  };
  for (const part of [radiusAccountRoutes, radiusPlanRoutes, radiusSessionRoutes, radiusLoginRoutes]) part(app, need);
}
