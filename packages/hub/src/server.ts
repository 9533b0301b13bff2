import { randomBytes, randomUUID } from 'node:crypto';
import { Ajv } from 'ajv';
import Fastify, { type FastifyInstance } from 'fastify';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { findCardData, type Clock, type Send } from '../../../core/src/index.ts';
import { axiosSend, systemClock } from '../../http/src/send.ts';
import { dropMigrations, EVENT_CHANNEL, eventLog, journalMigrations, leaseListMigrations, loadDrops, migrate, openDb, outbox, portLeases, type EventLog, type RecordedEvent } from '../../journal/src/index.ts';
import { oktopus } from '../../oktopus/src/index.ts';
import { acsMigrationMigrations, openMigrations, type Migrations } from './acsMigration/index.ts';
import { demandLog, demandMigrations } from './addresses/demand.ts';
import { dropsBook } from './addresses/dropsBook.ts';
import { linkJob } from './addresses/linkJob.ts';
import { linkMigrations } from './addresses/links.ts';
import { oltCapacityMigrations } from './addresses/oltCapacity.ts';
import { pickTokens } from './addresses/pickTokens.ts';
import { PLACES_CHANNEL, placesMigrations } from './addresses/placesChanged.ts';
import { registerBook } from './addresses/registerBook.ts';
import { supabaseBook } from './addresses/supabaseBook.ts';
import { zoneMigrations } from './addresses/zones.ts';
import { auditLog, auditMigrations, recordWrites } from './audit.ts';
import { guard, keyHolder, type DoorRoute } from './auth.ts';
import type { HubEvent } from './api.ts';
import type { HubConfig } from './config.ts';
import type { Deps, Events } from './deps.ts';
import { startDeviceEvents } from './deviceEvents.ts';
import { hubMigrations } from './hubSchema.ts';
import { invoiceMigrations } from './invoiceBook.ts';
import type { Parts } from './parts.ts';
import { readDropsCsv } from './readDropsCsv.ts';
import { answer, errorHandler, hubError } from './replies.ts';
import { routes } from './routes/index.ts';
import { eventStream } from './sse.ts';
import { openVault, type Random } from './vault.ts';
import { webhookPump } from './webhooks.ts';

export interface HubOptions {
  readonly clock?: Clock;
  readonly random?: Random;
  /** One line per fault, for the program's standard error. */
  readonly report?: (line: string) => void;
  readonly sendTo?: (origin: string) => Send;
  readonly heartbeatMs?: number;
  /** Public requests per minute and address without an API key; default 60. */
  readonly publicPerMinute?: number;
  /** Every how many real milliseconds `tick` runs by itself; default 1000, 0 = only when called. */
  readonly tickMs?: number;
  /** Threads that search a public register beside the main one. */
  readonly searchWorkers?: { readonly script: URL; readonly count: number };
  /** How long to wait before a broker that is away is tried again; default 2000. */
  readonly brokerRetryMs?: number;
}
export interface RunningHub {
  readonly url: string;
  readonly deps: Deps;
  /** Migrations to another ACS, when they are set up. */
  readonly migrations?: Migrations;
  /** Every route with who may call it. */
  readonly routes: readonly DoorRoute[];
  /** Does what is due at the clock's now: webhook retries, expired holds. */
  tick(): Promise<void>;
  close(): Promise<void>;
}

/** The log as callers see it: the version inside a stream is the journal's own business. */
function publicEvents(log: EventLog): Events {
  const shown = ({ id, type, stream, at, data }: RecordedEvent): HubEvent => ({ id, type, stream, at, data });
  return {
    publish: async (event, tx) => {
      const { event: recorded, repeated } = await log.publish(event, tx);
      return { event: shown(recorded), repeated };
    },
    list: async (query) => (await log.list(query)).map(shown),
  };
}

async function build(parts: Parts, report: (line: string) => void): Promise<{ readonly app: FastifyInstance; readonly table: readonly DoorRoute[] }> {
  const app = Fastify({ logger: false, bodyLimit: 1024 * 1024, forceCloseConnections: true, genReqId: (req) => (/^[\w.-]{1,64}$/.test(String(req.headers['x-request-id'] ?? '')) ? String(req.headers['x-request-id']) : randomUUID()) });
  // Bodies are taken as they are; only what a URL carries as text is read as numbers.
  const strict = new Ajv({ allErrors: false, coerceTypes: false, useDefaults: true, removeAdditional: false, strict: false });
  const coercing = new Ajv({ allErrors: false, coerceTypes: true, useDefaults: true, removeAdditional: false, strict: false });
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? strict : coercing).compile(schema as object));
  // Response schemas describe; they never drop a field.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(errorHandler(report));
  app.setNotFoundHandler(() => {
    throw hubError('notFound', 'route', 'There is nothing at this address.', 'The addresses are listed in /docs.');
  });
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  const table = guard(app, parts.config);
  app.addHook('preValidation', async (request, reply) => {
    const refusal = Buffer.isBuffer(request.body) ? null : findCardData(request.body);
    if (refusal) return reply.send(answer(reply, refusal));
  });
  recordWrites(app, parts.audit, report);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Leadlight hub', version: '1', description: 'Holds every socket and all state between n8n and the network.' },
      servers: [{ url: parts.config.publicUrl }],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'An API key that has the scope the route names.' },
          queryKey: { type: 'apiKey', in: 'query', name: 'key', description: 'The same key, for EventSource, which cannot set headers.' },
          acs: { type: 'http', scheme: 'bearer', description: 'The token of the ACS.' },
        },
      },
      security: [{ key: [] }],
    },
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
  for (const one of routes) await app.register(async (scope) => one(scope, parts));
  return { app, table };
}

/**
 * Starts the hub: opens and upgrades its database, loads the drops of an empty register, listens.
 * @throws when the port is taken, the database does not open, or the drops file cannot be read; nothing is left running.
 * @example const hub = await startHub({ ...config, port: 0, database: 'memory://' }); await hub.close();
 */
export async function startHub(config: HubConfig, options: HubOptions = {}): Promise<RunningHub> {
  const clock = options.clock ?? systemClock;
  const random: Random = options.random ?? randomBytes;
  const report = options.report ?? (() => undefined);
  const vault = openVault(config.vaultKey, random);
  const db = await openDb(config.database);
  let undo: () => Promise<unknown> = async () => undefined;
  try {
    await migrate(db, [...journalMigrations, ...dropMigrations, ...hubMigrations, ...invoiceMigrations, ...auditMigrations, ...acsMigrationMigrations, ...linkMigrations, ...zoneMigrations, ...demandMigrations, ...oltCapacityMigrations, ...leaseListMigrations, ...placesMigrations]);
    if (config.dropsCsv) await loadDrops(db, await readDropsCsv(config.dropsCsv));
    const audit = auditLog(db, clock, { secret: config.vaultKey, days: config.auditDays ?? 400 });
    const log = eventLog(db, clock);
    const events = publicEvents(log);
    const box = outbox(db, clock);
    const leases = portLeases(db, clock, () => `hold_${Buffer.from(random(18)).toString('base64url')}`);
    const stream = eventStream(events, options.heartbeatMs ?? 15_000);
    const oss = config.oktopus && oktopus(axiosSend({ baseUrl: config.oktopus.url }), clock, config.oktopus);
    const migrations = openMigrations(config, { db, clock, events, report, oktopus: oss });
    const intake = startDeviceEvents({ db, events, clock, config, report, ...(options.brokerRetryMs === undefined ? {} : { retryMs: options.brokerRetryMs }) });
    undo = () => intake.close();
    const { addressSnapshot } = config;
    const register = addressSnapshot === undefined ? undefined : await registerBook(db, clock, { path: addressSnapshot, report, ...(options.searchWorkers ? { workers: options.searchWorkers } : {}) });
    const { supabase } = config;
    const book = register ?? (supabase ? await supabaseBook((options.sendTo ?? ((origin) => axiosSend({ baseUrl: origin, headers: { apikey: supabase.key, authorization: `Bearer ${supabase.key}` } })))(supabase.url), db, clock) : await dropsBook(db, clock));
    const links = register && linkJob(db, clock, register, report);
    const chores: (() => void)[] = [];
    const parts: Parts = {
      onTick: (work) => void chores.push(work),
      db, clock, config, intake, events, log, audit, leases, outbox: box, vault, random, stream, ...(oss ? { oktopus: oss } : {}), ...(migrations ? { migrations } : {}),
      book, tokens: pickTokens(config.vaultKey, clock), demand: demandLog(db, clock, config.vaultKey), ...(links ? { links } : {}), holdsKey: keyHolder(config), publicPerMinute: options.publicPerMinute ?? 60,
    };
    const { app, table } = await build(parts, report);
    undo = async () => {
      await intake.close();
      stream.close();
      await app.close();
    };
    const pump = webhookPump(db, box, vault, clock, options.sendTo ?? ((origin) => axiosSend({ baseUrl: origin })));
    const fault = (what: string) => (error: Error) => report(`${what}: ${error.name}`);
    const wake = (): void => {
      stream.wake();
      void pump.run().catch(fault('webhooks'));
    };
    const stopListening = await db.listen(EVENT_CHANNEL, wake);
    const stopHearing = await db.listen(PLACES_CHANNEL, book.heard);
    const tick = async (): Promise<void> => {
      await leases.sweep();
      await audit.sweep();
      await book.refresh();
      stream.wake();
      for (const begin of chores) begin();
      // Devices take minutes: a tick begins what is due and does not wait for it.
      await migrations?.job.turn().catch(fault('acs migration'));
      await pump.run();
    };
    await app.listen({ host: config.host, port: config.port });
    let ticking: Promise<void> | null = null;
    const timer = options.tickMs === 0 ? null : setInterval(() => void (ticking ??= tick().catch(fault('tick')).finally(() => void (ticking = null))), options.tickMs ?? 1000);
    timer?.unref();
    const { port } = app.server.address() as { port: number };
    return {
      url: `http://${config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host}:${port}`,
      deps: parts,
      ...(migrations ? { migrations } : {}),
      routes: table,
      tick,
      close: async () => {
        if (timer) clearInterval(timer);
        await intake.close();
        await Promise.all([stopListening(), stopHearing()]).catch(() => undefined);
        stream.close();
        await app.close();
        await ticking;
        await migrations?.job.close();
        await links?.idle();
        await book.close();
        await pump.idle();
        await db.close();
      },
    };
  } catch (error) {
    await undo().catch(() => undefined);
    await db.close().catch(() => undefined);
    throw error;
  }
}
