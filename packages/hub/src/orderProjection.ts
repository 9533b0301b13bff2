import type { Fallout, OrderStatus, TimelineEntry } from './api.ts';
import type { RecordedEvent } from '../../journal/src/index.ts';

export const closedStatuses: ReadonlySet<OrderStatus> = new Set(['completed', 'cancelled', 'failed']);

/** An order as its events tell it: a fold, nothing stored beside them. Fallout is resolved when its step is done or undone after it. */
export function orderProjection(events: readonly RecordedEvent[]): { status: OrderStatus; timeline: TimelineEntry[]; fallout: Fallout[] } {
  let status: OrderStatus = 'acknowledged';
  const timeline: TimelineEntry[] = [];
  let fallout: Fallout[] = [];
  for (const { type, at, data } of events) {
    const text = (key: string): string => String(data[key] ?? '');
    if (type === 'order.fallout') {
      fallout.push({ id: text('falloutId'), at, step: text('step'), owner: text('owner'), message: text('message'), hint: text('hint'), resolvedAt: null });
      timeline.push({ at, step: text('step'), system: 'leadlight', outcome: 'fallout', note: text('message') });
      continue;
    }
    if (data['outcome'] === undefined) continue;
    const outcome = text('outcome');
    timeline.push({ at, step: text('step'), system: text('system'), outcome, ...(data['readBack'] === undefined ? {} : { readBack: data['readBack'] }), ...(data['note'] === undefined ? {} : { note: text('note') }) });
    if (data['status'] !== undefined) status = text('status') as OrderStatus;
    else if (status === 'acknowledged') status = 'inProgress';
    if (outcome === 'done' || outcome === 'undone') fallout = fallout.map((one) => (one.step === text('step') && one.resolvedAt === null ? { ...one, resolvedAt: at } : one));
  }
  return { status, timeline, fallout };
}
