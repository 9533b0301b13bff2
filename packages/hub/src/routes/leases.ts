import type { FastifyInstance } from 'fastify';
import { refuse } from '../../../../core/src/index.ts';
import { findDrops, listLeases, type ListedLease, type LeaseState } from '../../../journal/src/index.ts';
import { dropView } from '../addresses/dropView.ts';
import { leasesPage } from '../addresses/leasesPage.ts';
import type { Lease, LeasePage, LeaseView } from '../api.ts';
import type { Parts } from '../parts.ts';
import { answer } from '../replies.ts';
import { id, line, object, ok, whole } from './shapes.ts';

const view = ({ drop, state, orderId, until }: ListedLease): LeaseView => ({ fibreId: drop.fibreId, state, orderId, until, street: drop.street, city: drop.city, oltName: drop.oltName, oltIp: drop.oltIp, frame: drop.frame, slot: drop.slot, port: drop.port });

/** Who holds which port, for those who look after them (S1-098): a list, a page that shows it, and taking a port back. */
export function leaseRoutes(app: FastifyInstance, { db, clock, leases }: Parts): void {
  app.get<{ Querystring: { state?: LeaseState; oltIp?: string; after?: number; limit?: number } }>(
    '/v1/drops/leases',
    { schema: { tags: ['drops'], summary: 'Leases of ports: held, reserved, or run out and not taken again', querystring: object({ state: { enum: ['held', 'reserved', 'expired'] }, oltIp: line(45), after: whole(0, 2_147_483_647), limit: whole(1, 1000) }), response: ok('LeasePage') } },
    async ({ query }): Promise<LeasePage> => {
      const found = await listLeases(db, query, clock.now());
      return { type: 'leases', leases: found.map(view), next: found.length === (query.limit ?? 100) ? found.at(-1)!.drop.fibreId : null };
    },
  );
  // The page holds no data. It asks for a key, keeps it in its memory and shows what that key may see: a key in an address would end up in logs.
  app.get<{ Querystring: { lang?: 'fr' | 'en' } }>(
    '/v1/drops/leases/page',
    { config: { auth: 'public', access: 'read' }, schema: { tags: ['drops'], summary: 'A page for staff that lists the leases and takes ports back; it asks for an API key and shows nothing without', security: [], querystring: object({ lang: { enum: ['fr', 'en'] } }), produces: ['text/html'], response: { 200: { description: 'HTML', type: 'string' } } } },
    async ({ query }, reply) =>
      reply.type('text/html; charset=utf-8').headers({ 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'", 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' }).send(leasesPage(query.lang ?? 'fr')),
  );
  app.post<{ Params: { fibreId: number }; Body: { orderId: string } }>(
    '/v1/drops/:fibreId/take-back',
    { schema: { tags: ['drops'], summary: 'Takes a held or reserved port back from its order, without the token of the hold; a port with an ONT stays', params: object({ fibreId: whole(1, 2_147_483_647) }, ['fibreId']), body: object({ orderId: id() }, ['orderId']), response: ok('Lease') } },
    async ({ params: { fibreId }, body: { orderId } }, reply) => {
      const [row] = await findDrops(db, [fibreId]);
      if (!row) return answer(reply, refuse('dropUnknown', `There is no fibre drop ${fibreId}.`, { path: 'fibreId', hint: 'Take the fibreId from an availability answer.' }));
      if (row.sn !== '') return answer(reply, refuse('portOccupied', `Drop ${fibreId} has an ONT connected.`, { path: 'fibreId', hint: 'Release it with the serial of the ONT that was taken away.' }));
      if (row.holdOrder !== orderId || row.holdToken === null) return answer(reply, refuse('leaseNotYours', `Drop ${fibreId} is not leased to order ${orderId}.`, { path: 'orderId', hint: 'Read the leases again; another order may have it by now.' }));
      // By the token that was seen: if the port changes hands meanwhile, the new owner keeps it.
      const done = await leases.release(fibreId, { orderId, token: row.holdToken });
      return answer(reply, 'drop' in done ? ({ type: 'released', token: '', until: null, drop: dropView(done.drop, clock.now()) } satisfies Lease) : done);
    },
  );
}
