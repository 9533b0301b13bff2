import { Ajv } from 'ajv';
import Fastify, { type FastifyInstance } from 'fastify';
import { eventLog, journalMigrations, migrate, openDb, type Db } from '../../journal/src/index.ts';
import type { World } from '../../sandbox/src/world.ts';
import { guard } from '../src/auth.ts';
import type { HubConfig } from '../src/config.ts';
import type { Deps, Routes } from '../src/deps.ts';
import { errorHandler } from '../src/replies.ts';

export const baseConfig: HubConfig = { host: '127.0.0.1', port: 0, publicUrl: 'http://hub.test', database: 'memory://', apiKeys: ['key'], acsToken: 'acs', vaultKey: '00'.repeat(32), corsOrigins: [], zone: 'America/Toronto' };

export interface RouteBench {
  readonly app: FastifyInstance;
  readonly deps: Deps;
  readonly logged: string[];
  /** With the API key, unless `headers` say otherwise. */
  call(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object, headers?: Record<string, string>): Promise<{ status: number; body: any }>;
  types(): Promise<string[]>;
}

let shared: Promise<Db> | undefined;
export const closeDb = async (): Promise<void> => (await shared)?.close();

/** One route file behind the hub's own guard and error handler, on a real event log. `tables` are emptied. */
export async function routeBench(world: World, routes: Routes, config: Partial<HubConfig>, tables: readonly string[]): Promise<RouteBench> {
  const db = await (shared ??= openDb('memory://'));
  await migrate(db, journalMigrations);
  const merged = { ...baseConfig, ...config };
  const log = eventLog(db, world.clock);
  const deps: Deps = { db, clock: world.clock, config: merged, events: { publish: log.publish, list: log.list } };
  const logged: string[] = [];
  const app = Fastify({ logger: false });
  const ajv = new Ajv({ coerceTypes: false, strict: false });
  app.setValidatorCompiler(({ schema }) => ajv.compile(schema as object));
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler(errorHandler((line) => void logged.push(line)));
  guard(app, merged);
  await app.register(async (scope) => routes(scope, deps));
  await app.ready();
  await db.script(`TRUNCATE event, ${tables.join(', ')}`);
  return {
    app, deps, logged,
    call: async (method, url, body, headers = { authorization: 'Bearer key' }) => {
      const reply = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
      return { status: reply.statusCode, body: reply.body ? JSON.parse(reply.body) : undefined };
    },
    types: async () => (await log.list()).map((event) => event.type),
  };
}
