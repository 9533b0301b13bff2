import { accept, refuse, type Clock, type Decision } from '../../../../core/src/index.ts';
import { settle } from '../settle.ts';
import type { Raw } from '../oauthWire.ts';
import { codeOf, type AzureCall } from './wire.ts';

/** Use beyond the plan's base fee, of one dimension in one clock hour. */
export interface SaasUsage { readonly subscriptionId: string; readonly planId: string; readonly dimension: string; readonly quantity: number; readonly at: string }
export type UsageRefusal = 'expired' | 'invalidQuantity' | 'invalidDimension' | 'subscriptionUnknown' | 'notActive' | 'badInput';
/** `quantity` is what Microsoft holds for this hour; `differs` when that is not what was sent now: the hour is closed to it. */
export interface UsageTaken { readonly usageEventId: string; readonly quantity: number; readonly repeated: boolean; readonly differs: boolean }

const REFUSALS: Readonly<Record<string, readonly [UsageRefusal, string, string]>> = {
  Expired: ['expired', 'The hour is more than a day ago.', 'Report within 24 hours; bill older use outside the marketplace.'],
  InvalidQuantity: ['invalidQuantity', 'The quantity must be above nought.', 'Report only what goes beyond the base fee.'],
  InvalidDimension: ['invalidDimension', 'The plan has no such dimension.', 'Take the id of the dimension from Partner Center.'],
  ResourceNotFound: ['subscriptionUnknown', 'Microsoft knows no such subscription.', 'Take the id that Resolve gave.'],
  ResourceNotActive: ['notActive', 'The subscription is not active.', 'Usage is taken for active subscriptions only.'],
};
const wire = ({ subscriptionId, planId, dimension, quantity, at }: SaasUsage) => ({ resourceId: subscriptionId, quantity, dimension, effectiveStartTime: at, planId });

/**
 * Metered use (erp.md 6.3). Microsoft keeps one event per subscription, dimension and clock hour, so the hour is the key: sent again it is
 * a duplicate, which counts as taken. That makes a repetition after silence harmless.
 * @example await saasUsage(azureWire(options), clock).report({ subscriptionId, planId: 'gold', dimension: 'devices', quantity: 5, at: '2026-04-01T12:00:00Z' })
 */
export function saasUsage(call: AzureCall, clock: Clock) {
  const taken = (event: SaasUsage, message: Raw | undefined, repeated: boolean): UsageTaken => {
    const quantity = Number(message?.['quantity'] ?? event.quantity);
    return { usageEventId: String(message?.['usageEventId'] ?? ''), quantity, repeated, differs: quantity !== event.quantity };
  };
  const refusal = (code: string): Decision<UsageTaken, UsageRefusal> => {
    const [name, message, hint] = REFUSALS[code] ?? ['badInput', 'Microsoft cannot read this usage.', 'The time must be a past hour in UTC, within a day.'];
    return refuse(name, message, { hint, facts: { code: /^\w{1,40}$/.test(code) ? code : 'unknown' } });
  };
  const duplicate = (body: Raw): Raw | undefined => (body['additionalInfo'] as { acceptedMessage?: Raw } | undefined)?.acceptedMessage;
  /** A repetition is harmless, so after silence it is simply sent again. */
  const again = <T>(write: () => Promise<T>): Promise<T> => settle<T>({ write, observe: async () => undefined, clock, group: 1, freshKey: false });

  return {
    /** One event. Taken before in this hour: accepted, `repeated`. */
    async report(event: SaasUsage): Promise<Decision<UsageTaken, UsageRefusal>> {
      if (!(Number.isFinite(event.quantity) && event.quantity > 0)) return refusal('InvalidQuantity');
      const { status, body } = await again(() => call('usage.report', 'POST', '/api/usageEvent', { body: wire(event), pass: [400, 409] }));
      if (status === 400) return refusal(codeOf(body) ?? '');
      return accept(taken(event, status === 409 ? duplicate(body) : body, status === 409), status === 409 ? 'it had been taken for this hour before' : 'Microsoft took it');
    },
    /** Many events, 25 at a time; each has its own verdict, in the order given. */
    async reportMany(events: readonly SaasUsage[]): Promise<readonly Decision<UsageTaken, UsageRefusal>[]> {
      const verdicts: Decision<UsageTaken, UsageRefusal>[] = [];
      for (let from = 0; from < events.length; from += 25) {
        const part = events.slice(from, from + 25);
        const { body } = await again(() => call('usage.reportMany', 'POST', '/api/batchUsageEvent', { body: { request: part.map(wire) } }));
        const results = (body['result'] ?? []) as readonly Raw[];
        part.forEach((event, index) => {
          const row = results[index] ?? {};
          const status = String(row['status'] ?? '');
          if (status === 'Accepted') verdicts.push(accept(taken(event, row, false), 'Microsoft took it'));
          else if (status === 'Duplicate') verdicts.push(accept(taken(event, duplicate((row['error'] ?? {}) as Raw), true), 'it had been taken for this hour before'));
          else verdicts.push(refusal(status));
        });
      }
      return verdicts;
    },
    /** What Microsoft holds since a day, for reconciliation. */
    async list(from: string): Promise<readonly { readonly day: string; readonly subscriptionId: string; readonly dimension: string; readonly planId: string; readonly quantity: number }[]> {
      const { body } = await call('usage.list', 'GET', '/api/usageEvents', { query: { usageStartDate: from } });
      return (body as unknown as readonly Raw[]).map((row) => ({ day: String(row['usageDate']).slice(0, 10), subscriptionId: String(row['usageResourceId']), dimension: String(row['dimension']), planId: String(row['planId']), quantity: Number(row['submittedQuantity']) }));
    },
  };
}
export type SaasUsages = ReturnType<typeof saasUsage>;
