import type { Instant } from '../../../core/src/index.ts';
import { heardEvents } from './happenings.ts';
import type { EventFeed, FedEvent } from './port.ts';
import { stripeSdk, type StripeOptions } from './stripeSdk.ts';
import { readPaymentEvent } from './webhook.ts';

/**
 * The events of a Stripe account as it tells them when asked, whatever became of their webhooks (erp.md 6.1). Stripe lists the newest first
 * and pages from the last one seen, so events that happen meanwhile move nothing.
 * @example await stripeEvents({ secretKey, clock }).since('2026-04-01T00:00:00Z')
 */
export function stripeEvents(options: StripeOptions): EventFeed {
  const { sdk, read } = stripeSdk(options);
  return {
    provider: 'stripe',
    keptDays: 30,
    async since(from: Instant): Promise<readonly FedEvent[]> {
      const found = new Map<string, FedEvent>();
      for (let after: string | undefined; ;) {
        const page = await read('events.list', () => sdk.events.list({ created: { gte: Math.floor(Date.parse(from) / 1000) }, types: [...heardEvents], limit: 100, ...(after ? { starting_after: after } : {}) }));
        for (const one of page.data) {
          const event = readPaymentEvent(one);
          if (event) found.set(event.id, { event, at: new Date(one.created * 1000).toISOString() });
        }
        after = page.has_more ? page.data.at(-1)?.id : undefined;
        if (!after) return [...found.values()].reverse();
      }
    },
  };
}
