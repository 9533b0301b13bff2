import type { FastifyInstance } from 'fastify';
import { isInstant, refuse } from '../../../../core/src/index.ts';
import type { PaymentCatchUp, PaymentCatchUpState } from '../api.ts';
import type { Deps } from '../deps.ts';
import { catchUpJob } from '../paymentCatchUp.ts';
import { answer } from '../replies.ts';
import type { PaymentProviders } from './paymentsProviders.ts';
import { instant, object, ok } from './shapes.ts';

const EVERY_MINUTES = 10;

/** Events of Stripe whose webhook never came: looked for at each tick that is due, and when asked (S2-092). */
export function paymentCatchUpRoutes(app: FastifyInstance, { clock, config, onTick }: Deps, providers: PaymentProviders): void {
  const everyMinutes = config.stripe?.catchUpMinutes ?? EVERY_MINUTES;
  const job = providers.missed && catchUpJob(providers.missed, clock, everyMinutes);
  const path = '/v1/payments/catch-up';
  if (job) {
    onTick?.(() => job.turn());
    app.addHook('onClose', () => job.idle());
  }

  app.get(path, { schema: { tags: ['payments'], summary: 'Up to when the events of Stripe were read, and what the last look found', response: ok('PaymentCatchUpState') } }, async (): Promise<PaymentCatchUpState> => {
    const state = await providers.missed?.state();
    return { type: 'paymentCatchUpState', on: job !== undefined, everyMinutes, readUntil: state?.readUntil ?? null, lookedAt: state?.lookedAt ?? null, ...(job?.last() ?? { found: null, failure: null }) };
  });

  app.post<{ Body: { since?: string } }>(path, { schema: { tags: ['payments'], summary: 'Reads the events of Stripe and applies those whose webhook never came', body: object({ since: instant }), response: ok('PaymentCatchUp') } }, async ({ body }, reply): Promise<unknown> => {
    if (body.since !== undefined && !isInstant(body.since)) return answer(reply, refuse('badInput', 'since is no instant.', { path: 'since', hint: 'Write it like 2026-04-01T00:00:00Z; left out, the look begins where the last one ended.' }));
    providers.ledger('stripe', 'catchUp');
    const caught: PaymentCatchUp = { type: 'paymentCatchUp', ...(await job!.run(body.since)) };
    return caught;
  });
}
