import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../../core/src/index.ts';
import type { Db, Migration } from '../../journal/src/index.ts';
import type { AuditPage, AuditQuery, AuditRecord } from './api.ts';
import { hubError } from './replies.ts';

const TENANT = 'main';
const DAY_MS = 86_400_000;
const SWEEP_MS = 3_600_000;
const SWEEP_ROWS = 10_000;
/** Path parameters that name things, not people, are kept as they are; any other, a user name for one, as a pseudonym. */
const THINGS = /^(id|.+Id|serial|olt|pon|port|uni|nas|plan|group|zone|tag|wave|state|verb)$/;

export const auditMigrations: readonly Migration[] = [
  {
    name: 'audit-1',
    statements: [
      `CREATE TABLE audit (
        id bigserial PRIMARY KEY, tenant text NOT NULL, at timestamptz NOT NULL, who text NOT NULL, method text NOT NULL, route text NOT NULL, params jsonb NOT NULL,
        about text[] NOT NULL, status integer, outcome text NOT NULL CHECK (outcome IN ('done', 'refused', 'notApplied', 'applied', 'unknown')), code text, request_id text NOT NULL)`,
      'CREATE INDEX audit_at ON audit (at)',
      'CREATE INDEX audit_about ON audit USING gin (about)',
    ],
  },
];

type Entry = Pick<AuditRecord, 'who' | 'method' | 'route' | 'params' | 'requestId'>;
type Verdict = Pick<AuditRecord, 'status' | 'outcome' | 'code'>;
interface Row { id: number; at: Date; who: string; method: string; route: string; params: Record<string, string>; status: number | null; outcome: AuditRecord['outcome']; code: string | null; request_id: string }

const bounded = (text: unknown, length = 128): string => String(text).replace(/[\u0000-\u001f\u007f]/g, ' ').slice(0, length);

/**
 * Who wrote what, when, and what became of it: one row per write. A row is begun before the write and ended after it, so one that stays
 * `unknown` without a status is a write during which the hub itself ended.
 * @param secret makes pseudonyms of people; the same person reads the same, and nobody can work out who.
 * @example const audit = auditLog(db, clock, { secret: vaultKey, days: 400 }); await audit.list({ about: 'RCMG19E01234', limit: 50 });
 */
export function auditLog(db: Db, clock: Clock, { secret, days }: { readonly secret: string; readonly days: number }) {
  let sweptAt = -Infinity;
  const pseudonym = (value: string): string => `p_${createHmac('sha256', secret).update(`audit:${value.toLowerCase()}`).digest('base64url').slice(0, 20)}`;
  return {
    /** The parameters of a path as they may be kept. */
    shown: (params: unknown): Record<string, string> =>
      Object.fromEntries(Object.entries((params ?? {}) as Record<string, unknown>).map(([name, value]) => [bounded(name, 40), THINGS.test(name) ? bounded(value) : pseudonym(String(value))])),
    /** Notes that a write begins; gives the number of its record. */
    async begin(entry: Entry): Promise<number> {
      const { rows } = await db.query<{ id: number }>(
        `INSERT INTO audit (tenant, at, who, method, route, params, about, outcome, request_id) VALUES ($1, $2::timestamptz, $3, $4, $5, $6::jsonb, $7::text[], 'unknown', $8) RETURNING id`,
        [TENANT, clock.now(), bounded(entry.who, 40), entry.method, bounded(entry.route, 200), JSON.stringify(entry.params), Object.values(entry.params).map((value) => value.toLowerCase()), bounded(entry.requestId, 64)],
      );
      return rows[0]!.id;
    },
    /** Notes what became of it. */
    async end(id: number, { status, outcome, code }: Verdict): Promise<void> {
      await db.query('UPDATE audit SET status = $2, outcome = $3, code = $4 WHERE id = $1', [id, status, outcome, code === null ? null : bounded(code, 80)]);
    },
    /** A page, newest first. `about` finds a serial, an order or an id as it stood in the path, and people by what they are called. */
    async list({ before, limit = 100, who, about, outcome, from, to }: AuditQuery): Promise<AuditPage> {
      const names = about === undefined ? null : [bounded(about).toLowerCase(), pseudonym(about).toLowerCase()];
      const { rows } = await db.query<Row>(
        `SELECT id, at, who, method, route, params, status, outcome, code, request_id FROM audit
         WHERE tenant = $1 AND ($2::bigint IS NULL OR id < $2) AND ($3::text IS NULL OR who = $3) AND ($4::text[] IS NULL OR about && $4) AND ($5::text IS NULL OR outcome = $5)
           AND ($6::timestamptz IS NULL OR at >= $6) AND ($7::timestamptz IS NULL OR at < $7) ORDER BY id DESC LIMIT $8`,
        [TENANT, before ?? null, who ?? null, names, outcome ?? null, from ?? null, to ?? null, limit + 1],
      );
      const records = rows.slice(0, limit).map(({ at, request_id: requestId, ...row }): AuditRecord => ({ id: row.id, at: at.toISOString(), who: row.who, method: row.method, route: row.route, params: row.params, status: row.status, outcome: row.outcome, code: row.code, requestId }));
      return { type: 'auditPage', records, next: rows.length > limit ? records.at(-1)!.id : null };
    },
    /** Deletes what is older than it is kept; looks once an hour, and takes a bounded bite each time. */
    async sweep(): Promise<void> {
      const now = Date.parse(clock.now());
      if (now - sweptAt < SWEEP_MS) return;
      const { rowCount } = await db.query(`DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE tenant = $1 AND at < $2::timestamptz ORDER BY at LIMIT ${SWEEP_ROWS})`, [TENANT, new Date(now - days * DAY_MS).toISOString()]);
      if (rowCount < SWEEP_ROWS) sweptAt = now;
    },
  };
}
export type AuditLog = ReturnType<typeof auditLog>;

declare module 'fastify' {
  interface FastifyRequest {
    /** The write that is being recorded. */
    audited: { id?: number; readonly entry: Entry; told?: { readonly type?: unknown; readonly code?: unknown; readonly outcome?: unknown } } | null;
  }
}

/**
 * Records every write that reaches its handler, whichever route it is. Reads are not recorded, nor is what a public route turned away:
 * there the signature is the key, and a stranger without one must not fill the table.
 */
export function recordWrites(app: FastifyInstance, audit: AuditLog, report: (line: string) => void): void {
  app.decorateRequest('audited', null);
  app.addHook('preHandler', async (request) => {
    const { method, routeOptions, params, caller, id } = request;
    if (request.is404 || !/^(POST|PUT|PATCH|DELETE)$/.test(method) || routeOptions.config.access === 'read') return;
    const entry: Entry = { who: caller, method, route: routeOptions.url ?? '', params: audit.shown(params), requestId: id };
    request.audited = { entry };
    if (routeOptions.config.auth === 'public') return;
    request.audited.id = await audit.begin(entry).catch((error: Error) => {
      report(`audit: ${error.name}`);
      throw hubError('unavailable', 'audit', 'The hub cannot record this write, so it did not begin it.', 'Check the database of the hub, then ask again.');
    });
  });
  app.addHook('preSerialization', async (request, _reply, payload) => {
    if (request.audited) request.audited.told = (payload ?? {}) as object;
    return payload;
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const { audited } = request;
    if (!audited) return payload;
    request.audited = null;
    const verdict = verdictOf(reply.statusCode, audited.told ?? {});
    const strange = audited.id === undefined && /^(refused|notApplied)$/.test(verdict.outcome);
    // The write is over: a record that cannot be ended must not change what the caller is told. It stays `unknown`.
    if (!strange) await Promise.resolve(audited.id ?? audit.begin(audited.entry)).then((id) => audit.end(id, verdict)).catch((error: Error) => report(`audit: ${error.name}`));
    return payload;
  });
}

function verdictOf(status: number, { type, code, outcome }: { readonly type?: unknown; readonly code?: unknown; readonly outcome?: unknown }): Verdict {
  if (status < 400) return { status, outcome: 'done', code: typeof type === 'string' ? type : null };
  if (type === 'refused') return { status, outcome: 'refused', code: String(code) };
  return { status, outcome: outcome === 'notApplied' || outcome === 'applied' ? outcome : 'unknown', code: typeof code === 'string' ? code : null };
}
