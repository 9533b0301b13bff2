import type { FastifyInstance } from 'fastify';
import { refuse, type ExpansionZone } from '../../../../core/src/index.ts';
import { deleteZone, listZones, putZone } from '../addresses/zones.ts';
import type { CoverageTable, DemandTable, WaitingNoted, WaitingRequest, ZoneList } from '../api.ts';
import { demandCsv, demandGeoJson, type DemandQuery } from '../addresses/demand.ts';
import { demandPicture } from '../addresses/demandPicture.ts';
import { occupancyTable } from '../addresses/occupancy.ts';
import { streetAlone } from '../addresses/streetAlone.ts';
import type { Parts } from '../parts.ts';
import { answer } from '../replies.ts';
import { id, line, object, ok, whole } from './shapes.ts';

const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } as const;
const text = (what: string) => ({ 200: { description: what, type: 'string' } }) as const;

/** Where fibre is and how full it is, where it comes next, and where people ask for it in vain (S1-027…033, S1-154, S1-156). */
export function coverageRoutes(app: FastifyInstance, { db, demand }: Parts): void {
  app.get('/v1/coverage/occupancy', { schema: { tags: ['coverage'], summary: 'Drops, connected and available per OLT and location, with totals', response: ok('CoverageTable') } }, async (): Promise<CoverageTable> => ({ type: 'occupancy', ...(await occupancyTable(db)) }));

  app.get('/v1/coverage/zones', { schema: { tags: ['coverage'], summary: 'Expansion zones: where fibre comes next', response: ok('ZoneList') } }, async (): Promise<ZoneList> => ({ type: 'zones', zones: await listZones(db) }));
  app.put<{ Params: { zone: string }; Body: Omit<ExpansionZone, 'name'> }>(
    '/v1/coverage/zones/:zone',
    { schema: { tags: ['coverage'], summary: 'Sets an expansion zone; its addresses answer `planned`', params: object({ zone: line(80) }, ['zone']), body: object({ municipalities: { type: 'array', minItems: 1, maxItems: 500, items: line(120) }, postalAreas: { type: 'array', maxItems: 500, items: { type: 'string', pattern: '^[A-Za-z]\\d[A-Za-z]$' } } }, ['municipalities']), response: ok('ExpansionZone') } },
    async ({ params: { zone }, body }) => {
      await putZone(db, { name: zone, ...body });
      return { type: 'zone', name: zone, ...body };
    },
  );
  app.delete<{ Params: { zone: string } }>('/v1/coverage/zones/:zone', { schema: { tags: ['coverage'], summary: 'Takes an expansion zone away', params: object({ zone: line(80) }, ['zone']), response: ok('ExpansionZone') } }, async ({ params: { zone } }, reply) =>
    (await deleteZone(db, zone)) ? { type: 'zone', name: zone, removed: true } : answer(reply, refuse('badInput', `There is no expansion zone "${zone}".`, { path: 'zone', hint: 'GET /v1/coverage/zones lists them.' })));

  const querystring = object({ by: { enum: ['street', 'municipality'] }, from: day, to: day, limit: whole(1, 100_000) });
  app.get<{ Querystring: DemandQuery }>('/v1/coverage/demand', { schema: { tags: ['coverage'], summary: 'Where people asked and there is no service: per street or municipality, with the monthly revenue to expect', querystring, response: ok('DemandTable') } }, async ({ query }): Promise<DemandTable> => {
    const rows = await demand.list(query);
    return { type: 'demand', rows, asked: rows.reduce((sum, one) => sum + one.asked, 0), waiting: rows.reduce((sum, one) => sum + one.waiting, 0), expectedMrcMinor: rows.reduce((sum, one) => sum + one.expectedMrcMinor, 0) };
  });
  app.post<{ Body: WaitingRequest }>(
    '/v1/coverage/demand/waiting',
    { schema: { tags: ['coverage'], summary: 'Counts a lead that waits to be told, once per key; the house number and who it is are not kept', body: object({ municipality: line(120), street: line(), key: id(), kind: { enum: ['notCovered', 'planned', 'availableNeedsBox', 'streetOnly'] } }, ['municipality', 'street', 'key']), response: ok('WaitingNoted') } },
    async ({ body: { municipality, street, key, kind = 'notCovered' } }): Promise<WaitingNoted> => ({ type: 'waitingNoted', repeated: !(await demand.wait({ municipality, street: streetAlone(street), kind }, key)) }),
  );
  app.get<{ Querystring: DemandQuery }>('/v1/coverage/demand.csv', { schema: { tags: ['coverage'], summary: 'The same for a spreadsheet', querystring, produces: ['text/csv'], response: text('CSV') } }, async ({ query }, reply) => reply.type('text/csv; charset=utf-8').send(demandCsv(await demand.list(query))));
  app.get<{ Querystring: DemandQuery }>('/v1/coverage/demand.geojson', { schema: { tags: ['coverage'], summary: 'The same for a map (RFC 7946)', querystring, produces: ['application/geo+json'], response: ok('FeatureCollection') } }, async ({ query }, reply) => reply.type('application/geo+json').send(JSON.stringify(demandGeoJson(await demand.list(query)))));
  app.get<{ Querystring: DemandQuery }>('/v1/coverage/demand.svg', { schema: { tags: ['coverage'], summary: 'The same as a picture', querystring, produces: ['image/svg+xml'], response: text('SVG') } }, async ({ query }, reply) => reply.type('image/svg+xml').send(demandPicture(await demand.list({ ...query, by: 'municipality' }))));
}
