import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../../../../core/src/index.ts';
import { dropState, findDrops } from '../../../journal/src/index.ts';
import type { AddressSearch, Qualification, QualifyRequest } from '../api.ts';
import type { Parts } from '../parts.ts';
import { publicMessage } from '../publicMessage.ts';
import { rateLimit } from '../rateLimit.ts';
import { answer, hubError } from '../replies.ts';
import { line, object, ok, whole } from './shapes.ts';

/** Public questions about an address (S1-020, S1-025). The answer never tells of a port, a device, or whether anybody lives connected there. */
export function availabilityRoutes(app: FastifyInstance, { db, clock, config, places, holdsKey, publicPerMinute }: Parts): void {
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
  const auth = { auth: 'public' } as const;
  app.options('/v1/availability/*', { config: auth, schema: { hide: true } }, (_request, reply) => reply.code(204).send());

  app.get<{ Querystring: { q: string; limit?: number } }>(
    '/v1/availability/search',
    { config: auth, schema: { tags: ['availability'], summary: 'Addresses that match what was typed', security: [], querystring: object({ q: line(200), limit: whole(1, 10) }, ['q']), response: ok('AddressSearch') } },
    async ({ query }): Promise<AddressSearch> => {
      const { match, candidates, because } = places.search(query.q, query.limit ?? 5);
      return { match, because, candidates: candidates.map(({ premisesId, label, municipality, postalCode, score }) => ({ premisesId, label, municipality, postalCode, score })) };
    },
  );

  app.post<{ Body: QualifyRequest }>(
    '/v1/availability/qualify',
    { config: auth, schema: { tags: ['availability'], summary: 'Whether fibre can be ordered at an address', security: [], body: object({ address: line(200), premisesId: line(40) }), response: ok('Qualification') } },
    async ({ body }, reply) => {
      if ((body.address === undefined) === (body.premisesId === undefined)) return answer(reply, refuse('badInput', 'Send either address or premisesId.', { path: 'address', hint: 'Send the text that was typed, or the premisesId that was picked.' }));
      const picked = body.premisesId === undefined ? undefined : places.find(body.premisesId);
      if (body.premisesId !== undefined && !picked) return answer(reply, refuse('badInput', 'This premisesId is not known.', { path: 'premisesId', hint: 'Search again and send a premisesId of the answer.' }));
      const found = picked ? { match: 'exact' as const, candidates: [picked] } : places.search(body.address!, 5);
      const shown = found.candidates.map(({ premisesId, label, municipality, postalCode, score }) => ({ premisesId, label, municipality, postalCode, score }));
      const without = (availability: Qualification['availability']): Qualification => ({ type: 'qualified', availability, match: found.match, candidates: shown, message: publicMessage(availability, found.match) });
      if (found.match === 'none') return without('notCovered');
      const [first] = found.candidates;
      if (found.match !== 'exact' || !first) return without('contactUs');
      const drops = await findDrops(db, first.fibreIds);
      const states = drops.map((drop) => dropState(drop, clock.now()));
      const at = states.indexOf('free') >= 0 ? states.indexOf('free') : states.indexOf('boxMissing');
      const drop = drops[at];
      // Connected, held and reserved read the same from outside, and the same as an address a person must look at.
      if (!drop) return without('contactUs');
      const availability = states[at] === 'free' ? 'available' : 'availableNeedsBox';
      const { premisesId, label, municipality, postalCode, score } = first;
      return { ...without(availability), premises: { premisesId, label, municipality, postalCode, score, fibreId: drop.fibreId, latitude: first.latitude, longitude: first.longitude }, maxDownMbps: drop.maxDownMbps, zone: drop.zone };
    },
  );
}
