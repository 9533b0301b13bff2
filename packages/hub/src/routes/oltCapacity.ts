import type { FastifyInstance } from 'fastify';
import { defaultSpeedPolicy, refuse } from '../../../../core/src/index.ts';
import { findDrops } from '../../../journal/src/index.ts';
import { deleteOltCapacity, listOltCapacity, putOltCapacity, speedOf } from '../addresses/oltCapacity.ts';
import type { DropSpeed, OltCapacity, OltCapacityList } from '../api.ts';
import type { Parts } from '../parts.ts';
import { answer } from '../replies.ts';
import { object, ok, whole } from './shapes.ts';

const mbps = whole(0, 10_000_000);
const rate = object({ downMbps: mbps, upMbps: mbps }, ['downMbps', 'upMbps']);
const technology = { enum: ['gpon', 'xgsPon'] } as const;
const split = whole(1, 256);
const at = whole(0, 4095);
const params = object({ olt: { type: 'string', pattern: '^[0-9A-Za-z.:-]{1,45}$' } }, ['olt']);
type Olt = { Params: { olt: string } };

/** What OLTs can carry, and what that leaves for one drop (S1-021). */
export function oltCapacityRoutes(app: FastifyInstance, { db, clock, config }: Parts): void {
  app.get('/v1/coverage/olts', { schema: { tags: ['coverage'], summary: 'What is known of the OLTs: PON technology, split, uplink, what is sold', response: ok('OltCapacityList') } }, async (): Promise<OltCapacityList> => ({ type: 'olts', olts: await listOltCapacity(db) }));
  app.put<Olt & { Body: Omit<OltCapacity, 'oltIp' | 'pons'> & Partial<Pick<OltCapacity, 'pons'>> }>(
    '/v1/coverage/olts/:olt',
    {
      schema: {
        tags: ['coverage'], summary: 'Says what an OLT can carry: from then on it limits the speeds that are offered on its drops', params,
        body: object({ technology, split, uplinkMbps: whole(1, 10_000_000), sold: rate, pons: { type: 'array', maxItems: 1024, items: object({ frame: at, slot: at, port: at, technology, split, sold: rate }, ['frame', 'slot', 'port']) } }, ['technology', 'split']), response: ok('OltCapacity'),
      },
    },
    async ({ params: { olt }, body }) => {
      const capacity: OltCapacity = { pons: [], ...body, oltIp: olt };
      await putOltCapacity(db, capacity);
      return { type: 'olt', ...capacity };
    },
  );
  app.delete<Olt>('/v1/coverage/olts/:olt', { schema: { tags: ['coverage'], summary: 'Forgets what an OLT can carry: the columns of its drops count again', params, response: ok('OltCapacity') } }, async ({ params: { olt } }, reply) =>
    (await deleteOltCapacity(db, olt)) ? { type: 'olt', oltIp: olt, removed: true } : answer(reply, refuse('badInput', `Nothing is known of an OLT "${olt}".`, { path: 'olt', hint: 'GET /v1/coverage/olts lists those that are known.' })));

  app.get<{ Params: { fibreId: number } }>(
    '/v1/drops/:fibreId/speed',
    { schema: { tags: ['drops'], summary: 'The fastest that may be offered on a drop, by the capacity of its OLT and what is sold there, with reasons', params: object({ fibreId: whole(1, 2_147_483_647) }, ['fibreId']), response: ok('DropSpeed') } },
    async ({ params: { fibreId } }, reply) => {
      const [drop] = await findDrops(db, [fibreId]);
      if (!drop) return answer(reply, refuse('dropUnknown', `There is no fibre drop ${fibreId}.`, { path: 'fibreId', hint: 'Take the fibreId from an availability answer.' }));
      const speed = await speedOf(db, drop, clock.now(), config.speedPolicy ?? defaultSpeedPolicy);
      return { ...speed, type: 'dropSpeed', fibreId, ownMaxDownMbps: drop.maxDownMbps } satisfies DropSpeed;
    },
  );
}
