import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { refuse, type Json, type JsonObject } from '../../../../core/src/index.ts';
import type { Fallout, OpenFallout, OpenOrder, OrderOpened, RecordStep } from '../api.ts';
import { closedStatuses, orderProjection } from '../orderProjection.ts';
import type { Parts } from '../parts.ts';
import { answer, hubError } from '../replies.ts';
import { id, json, line, object, ok } from './shapes.ts';

const TENANT = 'main';
const params = object({ orderId: id() }, ['orderId']);
const status = { type: 'string', enum: ['acknowledged', 'inProgress', 'held', 'completed', 'cancelled', 'failed'] } as const;
const note = { type: 'string', maxLength: 500 } as const;
type At = { Params: { orderId: string } };

/** The same content gives the same text, whatever the order of its keys. */
function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value as JsonObject).filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}
/** What was asked, not when: the same request sent again the next day is the same order. */
const fingerprintOf = ({ placedOn: _when, ...asked }: JsonObject): string => createHash('sha256').update(canonical(asked)).digest('hex');

/** The journal of an order: opened once, each step's intent and outcome, and what a person must look at (S1-103). */
export function orderRoutes(app: FastifyInstance, { db, clock, log }: Parts): void {
  async function load(orderId: string) {
    const { rows } = await db.query<{ fingerprint: string; body: JsonObject }>('SELECT fingerprint, body FROM product_order WHERE tenant = $1 AND order_id = $2', [TENANT, orderId]);
    return rows[0];
  }
  const view = async (orderId: string) => orderProjection(await log.stream(`order-${orderId}`));
  async function mustExist(orderId: string) {
    const found = await load(orderId);
    if (!found) throw hubError('notFound', 'orders', `Order ${orderId} was never opened here.`, 'Open it first: POST /v1/orders/{orderId}/open.');
    return found;
  }

  app.post<At & { Body: OpenOrder }>('/v1/orders/:orderId/open', { schema: { tags: ['orders'], summary: 'Opens an order, or finds it again', params, body: object({ order: json }, ['order']), response: ok('OrderOpened') } }, async ({ params: { orderId }, body }, reply) => {
    const fingerprint = fingerprintOf(body.order);
    // The body has its own table: it is about people, and the log is streamed to subscribers.
    const fresh = await db.transaction(async (tx) => {
      const { rows } = await tx.query('INSERT INTO product_order (tenant, order_id, fingerprint, body, opened_at) VALUES ($1, $2, $3, $4::jsonb, $5::timestamptz) ON CONFLICT DO NOTHING RETURNING 1 AS kept', [
        TENANT, orderId, fingerprint, JSON.stringify(body.order), clock.now(),
      ]);
      if (rows.length === 0) return false;
      await log.publish({ type: 'order.opened', stream: `order-${orderId}`, key: 'opened', data: { orderId, fingerprint } }, tx);
      return true;
    });
    const kept = await mustExist(orderId);
    if (kept.fingerprint !== fingerprint) {
      return answer(reply, refuse('orderConflict', `Order ${orderId} was opened before with other content.`, { path: 'order', hint: 'Send the content of the first time, or a new order id.' }));
    }
    const now = await view(orderId);
    const opened: OrderOpened = { type: 'opened', state: fresh ? 'new' : closedStatuses.has(now.status) ? 'closed' : 'resumed', orderId, status: now.status, order: kept.body };
    return opened;
  });

  app.post<At & { Body: RecordStep }>(
    '/v1/orders/:orderId/record',
    {
      schema: {
        tags: ['orders'], summary: 'Notes the intent or the outcome of a step', params, response: ok('{ type: "recorded", status }'),
        body: object({ step: line(120), system: line(60), outcome: { type: 'string', enum: ['intended', 'done', 'failed', 'undone'] }, readBack: {}, note, status }, ['step', 'system', 'outcome']),
      },
    },
    async ({ params: { orderId }, body }) => {
      await mustExist(orderId);
      const before = await view(orderId);
      const last = before.timeline.filter((entry) => entry.step === body.step).at(-1);
      // The same outcome with the same finding is one fact however often it is told; a new attempt after a failure is another.
      const same = last?.outcome === body.outcome && canonical(last.readBack) === canonical(body.readBack);
      const statusMoves = body.status !== undefined && body.status !== before.status;
      const answersFallout = before.fallout.some((one) => one.step === body.step && one.resolvedAt === null);
      if (!same || statusMoves || answersFallout) {
        const key = `step:${body.step}:${body.outcome}:${before.timeline.filter((entry) => entry.step === body.step).length}:${body.status ?? ''}`;
        await log.publish({ type: statusMoves ? `order.${body.status}` : 'order.step', stream: `order-${orderId}`, key, data: { orderId, ...body } });
      }
      const after = await view(orderId);
      // When it was first told: a run that repeats itself (a bill from the day of activation) gets the first run's time.
      const { at } = after.timeline.filter((entry) => entry.step === body.step && entry.outcome === body.outcome).at(-1)!;
      return { type: 'recorded', status: after.status, at };
    },
  );

  app.post<At & { Body: OpenFallout }>('/v1/orders/:orderId/fallout', { schema: { tags: ['orders'], summary: 'Calls a person, by name of their role', params, body: object({ step: line(120), owner: line(120), message: line(500), hint: line(500) }, ['step', 'owner', 'message', 'hint']), response: ok('Fallout') } }, async ({ params: { orderId }, body }) => {
    await mustExist(orderId);
    const open = (await view(orderId)).fallout.find((one) => one.step === body.step && one.resolvedAt === null);
    if (open) return open;
    const fallen = (await view(orderId)).fallout.length;
    const { event } = await log.publish({ type: 'order.fallout', stream: `order-${orderId}`, key: `fallout:${body.step}:${fallen}`, data: { orderId, ...body, falloutId: `${orderId}:fallout:${fallen + 1}` } });
    const fallout: Fallout = { id: String(event.data['falloutId']), at: event.at, step: String(event.data['step']), owner: String(event.data['owner']), message: String(event.data['message']), hint: String(event.data['hint']), resolvedAt: null };
    return fallout;
  });

  app.get<At>('/v1/orders/:orderId', { schema: { tags: ['orders'], summary: 'An order, its timeline and its fallout', params, response: ok('OrderView') } }, async ({ params: { orderId } }) => {
    const { body } = await mustExist(orderId);
    return { orderId, ...(await view(orderId)), order: body };
  });
}
