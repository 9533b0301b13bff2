import { randomUUID } from 'node:crypto';
import type { SimReply, SimRequest } from '../http.ts';

export interface UsageEvent { readonly usageEventId: string; readonly status: 'Accepted'; readonly messageTime: string; readonly resourceId: string; readonly quantity: number; readonly dimension: string; readonly effectiveStartTime: string; readonly planId: string }
type Asked = Partial<Record<'resourceId' | 'quantity' | 'dimension' | 'effectiveStartTime' | 'planId', unknown>>;

const HOUR = 3_600_000;
const DIMENSIONS = ['devices', 'events'];
/** One per resource, dimension and clock hour. */
const slot = ({ resourceId, dimension, effectiveStartTime }: Asked): string => `${String(resourceId)} ${String(dimension)} ${Math.floor(Date.parse(String(effectiveStartTime)) / HOUR)}`;

/** Usage events as the metering service takes them: one, or up to 25; undefined for any other path (erp.md 6.3). */
export function recordUsage(request: SimRequest, kept: UsageEvent[], active: (id: string) => 'active' | 'inactive' | 'absent', nowMs: number): SimReply | undefined {
  const take = (asked: Asked): { readonly status: string; readonly event?: UsageEvent } => {
    const at = Date.parse(String(asked.effectiveStartTime));
    if (typeof asked.resourceId !== 'string' || typeof asked.planId !== 'string' || Number.isNaN(at)) return { status: 'BadArgument' };
    const state = active(asked.resourceId);
    if (state !== 'active') return { status: state === 'absent' ? 'ResourceNotFound' : 'ResourceNotActive' };
    if (!DIMENSIONS.includes(String(asked.dimension))) return { status: 'InvalidDimension' };
    if (!(typeof asked.quantity === 'number' && asked.quantity > 0)) return { status: 'InvalidQuantity' };
    if (at > nowMs || nowMs - at > 24 * HOUR) return { status: at > nowMs ? 'BadArgument' : 'Expired' };
    const before = kept.find((one) => slot(one) === slot(asked));
    if (before) return { status: 'Duplicate', event: before };
    const event: UsageEvent = { usageEventId: randomUUID(), status: 'Accepted', messageTime: new Date(nowMs).toISOString(), resourceId: asked.resourceId, quantity: asked.quantity, dimension: String(asked.dimension), effectiveStartTime: String(asked.effectiveStartTime), planId: asked.planId };
    kept.push(event);
    return { status: 'Accepted', event };
  };
  switch (`${request.method} ${request.rawPath}`) {
    case 'POST /api/usageEvent': {
      const { status, event } = take(JSON.parse(request.text) as Asked);
      if (status === 'Accepted') return { status: 200, body: event };
      if (status === 'Duplicate') return { status: 409, body: { code: 'Conflict', message: 'This usage event already exist.', additionalInfo: { acceptedMessage: { ...event, status: 'Duplicate' } } } };
      return { status: 400, body: { code: 'BadArgument', message: 'One or more errors have occurred.', target: 'usageEventRequest', details: [{ code: status, message: `${status}.`, target: 'usageEventRequest' }] } };
    }
    case 'POST /api/batchUsageEvent': {
      const { request: asked = [] } = JSON.parse(request.text) as { request?: Asked[] };
      if (asked.length < 1 || asked.length > 25) return { status: 400, body: { code: 'BadArgument', message: 'BadArgument.' } };
      const result = asked.map((one) => {
        const { status, event } = take(one);
        return { ...one, ...(status === 'Accepted' ? event : {}), status, ...(status === 'Duplicate' ? { error: { code: 'Conflict', message: 'This usage event already exist.', additionalInfo: { acceptedMessage: event } } } : {}) };
      });
      return { status: 200, body: { count: result.length, result } };
    }
    case 'GET /api/usageEvents': {
      const from = request.query.get('usageStartDate');
      if (!from) return { status: 400, body: { code: 'BadArgument', message: 'usageStartDate is required.' } };
      const rows = kept.filter((one) => one.effectiveStartTime >= from.slice(0, 10)).map((one) => ({ usageDate: `${one.effectiveStartTime.slice(0, 10)}T00:00:00Z`, usageResourceId: one.resourceId, dimension: one.dimension, planId: one.planId, submittedQuantity: one.quantity, processedQuantity: 0, submittedCount: 1 }));
      return { status: 200, body: rows };
    }
  }
  return undefined;
}
