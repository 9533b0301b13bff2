import type { FastifyInstance } from 'fastify';
import { isCurrency, refuse } from '../../../../core/src/index.ts';
import { answer } from '../replies.ts';

/** What payments are taken in when the settings say nothing. */
export const builtInCurrencies: readonly string[] = ['CAD', 'EUR', 'GBP', 'USD'];

const currencyIn = (from: unknown): string | undefined => {
  const given = (from as { readonly currency?: unknown } | null | undefined)?.currency;
  return typeof given === 'string' ? given : undefined;
};

/**
 * Stops a currency this operator does not take at the door, before any provider hears of it, on every route of the scope (S2-096). Three
 * capitals are not yet a currency.
 * @example guardCurrency(app, ['CAD', 'USD']);
 */
export function guardCurrency(app: FastifyInstance, taken: readonly string[] = builtInCurrencies): void {
  app.addHook('preHandler', async (request, reply) => {
    const given = currencyIn(request.body) ?? currencyIn(request.query);
    if (given === undefined || taken.includes(given)) return;
    const message = isCurrency(given) ? `Payments in ${given} are not taken here.` : 'currency is no currency of ISO 4217.';
    return reply.send(answer(reply, refuse('badInput', message, { path: 'currency', hint: `Use one of ${taken.join(', ')}, or add it to LEADLIGHT_CURRENCIES. Nothing is converted.` })));
  });
}
