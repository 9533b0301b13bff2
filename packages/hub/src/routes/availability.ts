import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { defaultSpeedPolicy, expansionZoneOf, qualifyService, refuse } from '../../../../core/src/index.ts';
import { parseAddress } from '../../../availability/src/index.ts';
import { findDrops } from '../../../journal/src/index.ts';
import { bestDrop } from '../addresses/bestDrop.ts';
import type { Place, PlaceCandidate, PlaceResult } from '../addresses/addressBook.ts';
import { searchPage } from '../addresses/searchPage.ts';
import { listZones } from '../addresses/zones.ts';
import type { DemandKind } from '../apiAddresses.ts';
import type { AddressCandidate, AddressSearch, Qualification, QualifyRequest } from '../api.ts';
import type { Parts } from '../parts.ts';
import { publicMessage } from '../publicMessage.ts';
import { rateLimit } from '../rateLimit.ts';
import { answer, hubError } from '../replies.ts';
import { line, object, ok, whole } from './shapes.ts';

/** Public questions about an address (S1-020, S1-025). The answer never tells of a port, a device, or whether anybody lives connected there. */
export function availabilityRoutes(app: FastifyInstance, { db, clock, config, book, tokens, demand, holdsKey, publicPerMinute }: Parts): void {
  const limited = rateLimit(clock, publicPerMinute);
  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    const { origin } = request.headers;
    if (origin && config.corsOrigins.includes(origin)) {
      reply.headers({ 'access-control-allow-origin': origin, vary: 'Origin', 'access-control-allow-methods': 'GET, POST, OPTIONS', 'access-control-allow-headers': 'content-type', 'access-control-max-age': '600' });
    }
    if (request.method === 'OPTIONS' || holdsKey(request)) return;
    const waitMs = limited(request.ip);
    if (waitMs > 0) throw hubError('rateLimited', 'availability', 'Too many questions from this address.', 'Wait a moment, or ask with an API key.', waitMs);
  });
  // A question, also when it is posted.
  const auth = { auth: 'public', access: 'read' } as const;
  app.options('/v1/availability/*', { config: auth, schema: { hide: true } }, (_request, reply) => reply.code(204).send());
  app.get<{ Querystring: { lang?: 'fr' | 'en' } }>(
    '/v1/availability/page',
    { config: auth, schema: { tags: ['availability'], summary: 'A page that asks for an address, to look at or to put into a site in a frame; only the sites of LEADLIGHT_CORS_ORIGINS may frame it', security: [], querystring: object({ lang: { enum: ['fr', 'en'] } }), produces: ['text/html'], response: { 200: { description: 'HTML', type: 'string' } } } },
    async ({ query }, reply) => reply.type('text/html; charset=utf-8').headers({ 'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'self' ${config.corsOrigins.join(' ')}`, 'x-content-type-options': 'nosniff' }).send(searchPage(query.lang ?? 'fr')),
  );
  const shown = ({ placeId, label, municipality, postalCode, score, inRegister }: PlaceCandidate): AddressCandidate => ({ premisesId: tokens.make(placeId), label, municipality, postalCode, score, ...(inRegister === false ? { inRegister } : {}) });

  app.get<{ Querystring: { q: string; limit?: number; lat?: number; lng?: number } }>(
    '/v1/availability/search',
    { config: auth, schema: { tags: ['availability'], summary: 'Addresses that match what was typed; lat and lng break ties', security: [], querystring: object({ q: line(200), limit: whole(1, 10), lat: { type: 'number', minimum: -90, maximum: 90 }, lng: { type: 'number', minimum: -180, maximum: 180 } }, ['q']), response: ok('AddressSearch') } },
    async ({ query: { q, limit = 5, lat, lng } }): Promise<AddressSearch> => {
      const { match, candidates, because } = await book.search(q, { limit, ...(lat === undefined || lng === undefined ? {} : { near: { latitude: lat, longitude: lng } }) });
      return { match, because, candidates: candidates.map(shown) };
    },
  );

  app.post<{ Body: QualifyRequest }>(
    '/v1/availability/qualify',
    { config: auth, schema: { tags: ['availability'], summary: 'Whether fibre can be ordered at an address', security: [], body: object({ address: line(200), premisesId: line(200) }), response: ok('Qualification') } },
    async (request, reply) => {
      const { body } = request;
      if ((body.address === undefined) === (body.premisesId === undefined)) return answer(reply, refuse('badInput', 'Send either address or premisesId.', { path: 'address', hint: 'Send the text that was typed, or the premisesId that was picked.' }));
      let found: Pick<PlaceResult, 'match' | 'candidates'> & Partial<PlaceResult>;
      if (body.premisesId !== undefined) {
        const picked = tokens.read(body.premisesId);
        if (picked === 'expired') return answer(reply, refuse('badInput', 'This premisesId has run out.', { path: 'premisesId', hint: 'Search again; what a search shows may be used for an hour.' }));
        const place = picked && (await book.find(picked.placeId));
        if (!place) return answer(reply, refuse('badInput', 'This premisesId is not known.', { path: 'premisesId', hint: 'Search again and send a premisesId of the answer.' }));
        found = { match: 'exact', candidates: [{ ...place, score: 1 }] };
      } else found = await book.search(body.address!, { limit: 5 });
      const candidates = found.candidates.map(shown);
      const [first] = found.candidates;
      const open = (availability: Qualification['availability']): Qualification => ({ type: 'qualified', availability, match: found.match, candidates, message: publicMessage(availability, found.match) });
      /** Someone asked where nothing can be sold: the street is counted, nothing else is kept. */
      const missed = async (kind: DemandKind, at: Place): Promise<void> => demand.note({ kind, municipality: at.municipality, street: at.street.replace(/^\S+\s+/, ''), latitude: at.latitude, longitude: at.longitude }, request.ip);
      if (found.match === 'none') return open('notCovered');
      if (found.match === 'streetOnly' && found.street && parseAddress(body.address ?? '').readings[0]!.civic !== null) await demand.note({ kind: 'streetOnly', municipality: found.street.town, street: found.street.text, latitude: null, longitude: null }, request.ip);
      if (found.match !== 'exact' || !first) return open('contactUs');

      const best = await bestDrop(db, await findDrops(db, book.dropsAt(first.placeId)), clock.now(), config.speedPolicy ?? defaultSpeedPolicy);
      const drop = best?.drop;
      const zone = drop ? undefined : expansionZoneOf(first, await listZones(db));
      const { availability, publicAvailability, maxDownMbps } = qualifyService({ drop: best && { state: best.state, maxDownMbps: best.drop.maxDownMbps, zone: best.drop.zone }, ...(best?.speed ? { speed: best.speed } : {}), plannedZone: zone?.name ?? null });
      if (availability === 'notCovered' || availability === 'planned' || availability === 'availableNeedsBox') await missed(availability, first);
      if (!drop || (availability !== 'available' && availability !== 'availableNeedsBox')) return open(publicAvailability);
      return { ...open(publicAvailability), premises: { ...candidates[0]!, fibreId: drop.fibreId, latitude: first.latitude ?? 0, longitude: first.longitude ?? 0 }, maxDownMbps: maxDownMbps!, zone: drop.zone };
    },
  );
}
