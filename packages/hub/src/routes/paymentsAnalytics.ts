import type { FastifyInstance } from 'fastify';
import { daysBetween, instantIn, isCivilDate, paymentAnalytics, refuse } from '../../../../core/src/index.ts';
import type { PaymentAnalytics } from '../api.ts';
import type { Deps } from '../deps.ts';
import { paymentAttempts } from '../paymentAttempts.ts';
import { answer } from '../replies.ts';
import { object, ok } from './shapes.ts';

const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } as const;
const currency = { type: 'string', pattern: '^[A-Z]{3}$' } as const;
const MOST_DAYS = 400;

/** How payments went, from the ledger: `to` does not belong to the period, and days begin in the hub's zone (S2-097). */
export function paymentAnalyticsRoutes(app: FastifyInstance, { db, config }: Deps): void {
  app.get<{ Querystring: { from: string; to: string; currency?: string } }>('/v1/payments/analytics', {
    schema: { tags: ['payments'], summary: 'Success rate, method mix, declines, time to settle, recovered, refunded and disputed, one report per currency', querystring: object({ from: day, to: day, currency }, ['from', 'to']), response: ok('PaymentAnalytics') },
  }, async ({ query: { from, to, currency: only } }, reply) => {
    const wrong = !isCivilDate(from) ? 'from' : !isCivilDate(to) ? 'to' : undefined;
    if (wrong) return answer(reply, refuse('badInput', `${wrong} must be a day written YYYY-MM-DD.`, { path: wrong, hint: 'The day after the last one goes into to.' }));
    const days = daysBetween(from, to);
    if (days < 1 || days > MOST_DAYS) return answer(reply, refuse('badInput', `The period must have 1 to ${MOST_DAYS} days.`, { path: 'to', hint: 'to is the day after the last one. Ask for a longer time in parts.' }));
    const period = { start: instantIn(from, '00:00', config.zone), end: instantIn(to, '00:00', config.zone) };
    const found = paymentAnalytics(await paymentAttempts(db, period), period);
    if (found.type === 'refused') return answer(reply, found);
    const told: PaymentAnalytics = { type: 'paymentAnalytics', from, to, zone: config.zone, reports: found.value.filter((one) => only === undefined || one.currency === only) };
    return told;
  });
}
