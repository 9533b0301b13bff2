import type { FastifyInstance } from 'fastify';
import { refuse } from '../../../../core/src/index.ts';
import { decideLink, listLinks } from '../addresses/links.ts';
import type { BookState, DropLinkPage, LinkDecision, LinkReport, LinkRun } from '../api.ts';
import type { Parts } from '../parts.ts';
import { answer, hubError } from '../replies.ts';
import { line, object, ok, whole } from './shapes.ts';

type Query = { readonly status?: 'matched' | 'ambiguous' | 'unmatched'; readonly after?: number; readonly limit?: number };

/** The address book, and the drops that are linked to it (S1-024, S1-160, S1-164). */
export function addressRoutes(app: FastifyInstance, { db, clock, book, links }: Parts): void {
  const need = () => {
    if (!links) throw hubError('unavailable', 'addresses.link', 'This hub has no public register to link to.', 'Build a snapshot (`npm run address -- build`) and set LEADLIGHT_ADDRESS_SNAPSHOT.');
    return links;
  };
  app.get('/v1/addresses', { schema: { tags: ['addresses'], summary: 'What addresses are looked up in: source, licence, date, how many, how many drops are linked', response: ok('BookState') } }, async (): Promise<BookState> => ({ type: 'addressBook', ...book.about() }));

  app.post<{ Body: { dryRun?: boolean } }>('/v1/addresses/links/run', { schema: { tags: ['addresses'], summary: 'Links all drops to the register in the background; links a person made stay; may be repeated', body: object({ dryRun: { type: 'boolean' } }), response: ok('LinkRun') } }, async ({ body }): Promise<LinkRun> => need().start(body.dryRun ?? false));
  app.get('/v1/addresses/links/run', { schema: { tags: ['addresses'], summary: 'How far the run of links is', response: ok('LinkRun') } }, async (): Promise<LinkRun> => need().state());
  app.get('/v1/addresses/links/report', { schema: { tags: ['addresses'], summary: 'How many drops are matched, ambiguous, unmatched, or decided by a person', response: ok('LinkReport') } }, async (): Promise<LinkReport> => ({ type: 'linkReport', ...(await need().counts()) }));
  app.get<{ Querystring: Query }>(
    '/v1/addresses/links',
    { schema: { tags: ['addresses'], summary: 'Links by status, e.g. the review queue with the best three of each', querystring: object({ status: { enum: ['matched', 'ambiguous', 'unmatched'] }, after: whole(0, 2_147_483_647), limit: whole(1, 1000) }), response: ok('DropLinkPage') } },
    async ({ query: { status, after = 0, limit = 100 } }): Promise<DropLinkPage> => {
      const found = await listLinks(db, status, after, limit);
      return { type: 'dropLinks', links: found, next: found.length === limit ? found.at(-1)!.fibreId : null };
    },
  );
  app.put<{ Params: { fibreId: number }; Body: LinkDecision }>(
    '/v1/addresses/links/:fibreId',
    { schema: { tags: ['addresses'], summary: "A person's word: the drop is at this address, or at none", params: object({ fibreId: whole(1, 2_147_483_647) }, ['fibreId']), body: object({ addressId: { anyOf: [line(60), { type: 'null' }] }, by: line(80) }, ['addressId']), response: ok('DropLink') } },
    async ({ params: { fibreId }, body }, reply) => {
      const place = body.addressId === null ? null : await book.find(body.addressId);
      if (place === undefined || place?.inRegister === false) return answer(reply, refuse('badInput', 'The register has no such address.', { path: 'addressId', hint: 'Take an addressId of the review queue, or of a search.' }));
      const link = await decideLink(db, fibreId, place && { addressId: place.placeId, label: place.label }, body.by ?? 'api', clock.now());
      if (!link) return answer(reply, refuse('dropUnknown', `There is no fibre drop ${fibreId}.`, { path: 'fibreId', hint: 'Take the fibreId of the review queue.' }));
      book.heard();
      await book.refresh();
      return { type: 'dropLink', ...link };
    },
  );
}
