import type { FastifyInstance } from 'fastify';
import { defaultSpeedPolicy, refuse } from '../../../../core/src/index.ts';
import { sameAddress } from '../../../availability/src/index.ts';
import { dropsAtDoor, dropState, findDrops, pageDrops, upsertDrops, type DropRow, type DropState, type PortLease } from '../../../journal/src/index.ts';
import { dropView } from '../addresses/dropView.ts';
import { speedOf } from '../addresses/oltCapacity.ts';
import type { Drop, DropImport, DropPage, DropsImported, HoldRequest, Lease, LeaseMove } from '../api.ts';
import { parseDropsCsv } from '../readDropsCsv.ts';
import type { Parts } from '../parts.ts';
import { answer } from '../replies.ts';
import { id, line, object, ok, serial, whole } from './shapes.ts';

const params = object({ fibreId: whole(1, 2_147_483_647) }, ['fibreId']);
const owner = { orderId: id(), token: id() };
type At = { Params: { fibreId: number } };
const unknown = (fibreId: number) => refuse('dropUnknown', `There is no fibre drop ${fibreId}.`, { path: 'fibreId', hint: 'Take the fibreId from an availability answer.' });

/** A fibre drop and its port lease: reserve first, then take money (S1-097, S1-098). */
export function dropRoutes(app: FastifyInstance, { db, clock, config, leases, book, events }: Parts): void {
  const view = (row: DropRow): Drop => dropView(row, clock.now());
  const shown = <T extends { type: string }>(result: PortLease | T): Lease | T =>
    'drop' in result ? { type: result.type, token: result.token, until: result.type === 'held' || result.type === 'confirmed' ? result.drop.holdUntil : null, drop: view(result.drop) } : result;
  const schema = (summary: string, body: object) => ({ schema: { tags: ['drops'], summary, params, body, response: ok('Lease') } });

  app.get<{ Querystring: { state?: DropState; oltIp?: string; orderId?: string; after?: number; limit?: number } }>(
    '/v1/drops',
    { schema: { tags: ['drops'], summary: 'Drops by what they are now: who holds which port, until when', querystring: object({ state: { enum: ['free', 'held', 'reserved', 'occupied', 'boxMissing'] }, oltIp: line(45), orderId: id(), after: whole(0, 2_147_483_647), limit: whole(1, 1000) }), response: ok('DropPage') } },
    async ({ query }): Promise<DropPage> => {
      const rows = await pageDrops(db, query, clock.now());
      return { type: 'drops', drops: rows.map((row) => ({ ...view(row), orderId: row.holdOrder, until: row.holdUntil })), next: rows.length === (query.limit ?? 100) ? rows.at(-1)!.fibreId : null };
    },
  );
  app.post<{ Body: DropImport }>(
    '/v1/drops/import',
    { bodyLimit: 16 * 1024 * 1024, schema: { tags: ['drops'], summary: "Takes over the operator's list: adds and changes drops, leaves leases alone, tells (coverage.arrived) where an order became possible", body: object({ csv: { type: 'string', minLength: 1, maxLength: 16_000_000 } }, ['csv']), response: ok('DropsImported') } },
    async ({ body }, reply) => {
      let drops;
      try {
        drops = parseDropsCsv(body.csv, 'The list');
      } catch (error) {
        return answer(reply, refuse('badInput', (error as Error).message, { path: 'csv', hint: 'Nothing was taken over. Mend the line and send the list again.' }));
      }
      const done: DropsImported = await db.transaction(async (tx) => {
        const loaded = await upsertDrops(tx, drops);
        for (const [municipality, opened] of Object.entries(loaded.opened)) await events.publish({ type: 'coverage.arrived', stream: `coverage-${municipality.replace(/[^A-Za-z0-9-]/g, '_')}`, key: `coverage.arrived:${clock.now()}`, data: { municipality, drops: opened } }, tx);
        return { type: 'dropsImported', ...loaded };
      });
      book.heard();
      await book.refresh();
      return done;
    },
  );
  app.get<At>('/v1/drops/:fibreId', { schema: { tags: ['drops'], summary: 'A drop with its port and state', params, response: ok('Drop') } }, async (request, reply) => {
    const [row] = await findDrops(db, [request.params.fibreId]);
    return answer(reply, row ? view(row) : unknown(request.params.fibreId));
  });

  app.post<At & { Body: HoldRequest }>(
    '/v1/drops/:fibreId/hold',
    schema('Holds a free port for an order, 15 minutes unless told; the same order gets its own hold again', object({ orderId: id(), holdSeconds: whole(1, 86_400), downKbps: whole(1, 1_000_000_000), orAnotherAtDoor: { type: 'boolean' }, address: object({ street: line(), city: line(), postalCode: line(12) }, ['street', 'city', 'postalCode']) }, ['orderId'])),
    async ({ params: { fibreId }, body }, reply) => {
      if (body.address) {
        const [row] = await findDrops(db, [fibreId]);
        if (!row) return answer(reply, unknown(fibreId));
        const at = { street: row.street, municipality: row.city, postalCode: row.postalCode };
        if (!sameAddress(at, { street: body.address.street, municipality: body.address.city, postalCode: body.address.postalCode })) {
          return answer(reply, refuse('addressMismatch', `Drop ${fibreId} is not at this address.`, { path: 'address', hint: 'Let the customer pick the address again and use the fibreId that comes with it.' }));
        }
      }
      const found = body.orAnotherAtDoor ? await dropsAtDoor(db, fibreId, book.beside(fibreId)) : [];
      let at = found.length > 0 ? found : [fibreId];
      if (body.downKbps !== undefined) {
        // Only free ports are asked: what the order has already it keeps, and of the others the lease itself says why not.
        let fastest = 0;
        const slow = new Set<number>();
        for (const row of await findDrops(db, at)) {
          if (dropState(row, clock.now()) !== 'free') continue;
          const { downMbps } = await speedOf(db, row, clock.now(), config.speedPolicy ?? defaultSpeedPolicy);
          fastest = Math.max(fastest, downMbps);
          if (downMbps * 1000 < body.downKbps) slow.add(row.fibreId);
        }
        at = at.filter((one) => !slow.has(one));
        if (at.length === 0) return answer(reply, refuse('speedTooHigh', `This is faster than drop ${fibreId} can carry.`, { path: 'downKbps', hint: fastest > 0 ? `Offer at most ${fastest} Mb/s here.` : 'Nothing more can be connected to this line: note who waits, and see the reasons at the speed of the drop.', facts: { maxDownMbps: fastest } }));
      }
      return answer(reply, shown(await leases.holdAny(at, body.orderId, body.holdSeconds)));
    },
  );
  app.post<At & { Body: LeaseMove }>('/v1/drops/:fibreId/confirm', schema('Turns a hold into an install reservation, 30 days unless told', object({ ...owner, reserveDays: whole(1, 365) }, ['orderId', 'token'])), async ({ params: { fibreId }, body }, reply) =>
    answer(reply, shown(await leases.confirm(fibreId, body, body.reserveDays))));
  app.post<At & { Body: LeaseMove }>('/v1/drops/:fibreId/release', schema('Gives a port back; an occupied one with the serial of the ONT taken away', object({ ...owner, serial }, ['orderId', 'token'])), async ({ params: { fibreId }, body }, reply) =>
    answer(reply, shown(await leases.release(fibreId, body, body.serial?.toUpperCase()))));
  app.post<At & { Body: LeaseMove & { serial: string } }>('/v1/drops/:fibreId/occupy', schema('Notes the ONT that was connected', object({ ...owner, serial }, ['orderId', 'token', 'serial'])), async ({ params: { fibreId }, body }, reply) =>
    answer(reply, shown(await leases.occupy(fibreId, body, body.serial.toUpperCase()))));
}
