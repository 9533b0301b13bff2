import type { FastifyInstance } from 'fastify';
import { isCivilDate, refuse, type NoticeLanguage } from '../../../../core/src/index.ts';
import type { GenerateInvoice } from '../api.ts';
import type { Deps } from '../deps.ts';
import { invoiceBook } from '../invoiceBook.ts';
import { invoicePage } from '../invoicePage.ts';
import { answer, hubError } from '../replies.ts';
import { id, json, object, ok, whole } from './shapes.ts';

const subscriptionId = id('^[A-Za-z0-9._-]{1,128}$');
const number = id('^(INV|CN)-\\d{6}-\\d{4,12}$');
const account = object({ id: id('^[A-Za-z0-9._-]{1,128}$'), currency: { type: 'string', pattern: '^[A-Z]{3}$' }, jurisdiction: id('^[A-Z]{2}(-[A-Z0-9]{1,3})?$'), exemptions: { type: 'array', maxItems: 20, items: json } }, ['id', 'currency', 'jurisdiction']);
const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } as const;

/** Invoices kept by the hub: `generate` asks the billing rule what is owed, numbers it and keeps it (S2-094, S2-117). */
export function invoiceRoutes(app: FastifyInstance, { db, clock, config, events }: Deps): void {
  const book = invoiceBook({ db, clock, events, zone: config.zone });
  const schema = (summary: string, more: object) => ({ schema: { tags: ['billing'], summary, response: ok('Invoice'), ...more } });
  const found = async (wanted: string) => {
    const invoice = await book.get(wanted);
    if (!invoice) throw hubError('notFound', 'billing.invoice', `There is no invoice ${wanted}.`, 'GET /v1/billing/invoices lists them.');
    return invoice;
  };

  app.post<{ Params: { subscriptionId: string }; Body: GenerateInvoice }>('/v1/billing/invoices/:subscriptionId/generate', schema('Bills what a subscription owes by a day, numbers it without gaps and keeps it; asked again, it is the same invoice', {
    params: object({ subscriptionId }, ['subscriptionId']), body: object({ account, subscription: json, asOf: day, since: day, creditMinor: whole(0, 99_999_999), taxTable: json, policy: json }, ['account', 'subscription']),
  }), async ({ params, body }, reply) => {
    const wrong = (['asOf', 'since'] as const).find((name) => body[name] !== undefined && !isCivilDate(body[name]));
    if (wrong) return answer(reply, refuse('badInput', `${wrong} must be a day written YYYY-MM-DD.`, { path: wrong, hint: 'Left out, asOf is today in the zone of the hub.' }));
    const decision = await book.generate(params.subscriptionId, body);
    return answer(reply, decision.type === 'refused' ? decision : (decision.value ?? { type: 'nothingToBill', subscriptionId: params.subscriptionId }));
  });
  app.get<{ Querystring: { accountId?: string; subscriptionId?: string; after?: number; limit?: number } }>('/v1/billing/invoices', schema('Invoices and credit notes, the oldest first, of an account or a subscription', {
    querystring: object({ accountId: id('^[A-Za-z0-9._-]{1,128}$'), subscriptionId, after: whole(0, Number.MAX_SAFE_INTEGER), limit: whole(1, 500) }),
  }), async ({ query }) => book.list(query));
  app.get<{ Params: { number: string } }>('/v1/billing/invoices/:number', schema('One invoice or credit note with its lines and taxes', { params: object({ number }, ['number']) }), async ({ params }) => found(params.number));
  app.get<{ Params: { number: string }; Querystring: { language?: NoticeLanguage } }>('/v1/billing/invoices/:number/page', schema('The same as a page in the operator\'s brand, to show or to print', {
    params: object({ number }, ['number']), querystring: object({ language: { enum: ['fr', 'en'] } }), produces: ['text/html'], response: { 200: { description: 'HTML', type: 'string' } },
  }), async ({ params, query }, reply) => {
    const { bill, accountId } = await found(params.number);
    if (!config.brand) return answer(reply, refuse('brandMissing', 'The hub does not know whose invoice this is.', { path: '', hint: 'Set LEADLIGHT_BRAND: name, address and tax numbers as JSON.' }));
    return reply.type('text/html; charset=utf-8').header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:").send(invoicePage({ number: params.number, accountId, bill }, config.brand, query.language ?? 'fr'));
  });
}
