import { any, misfit, object } from '../kernel/shapes.ts';
import type { OneCharge } from '../billing/billedSubscription.ts';
import { addMonths, isCivilDate, type CivilDate } from '../kernel/civil.ts';
import { accept, deny, mustBe, type Decision } from '../kernel/decision.ts';
import { deriveId } from '../kernel/id.ts';
import { dated, meterSchema, units, word, type Meter } from './meter.ts';
import { priceUsage } from './priceUsage.ts';

/** Something used: whole units, on a civil day of the account (`civilDateIn`). */
export interface UsageRecord {
  readonly id: string;
  readonly at: CivilDate;
  readonly metric: string;
  readonly quantity: number;
}
export interface UsageInput {
  readonly subscription: string;
  readonly meter: Meter;
  /** Written YYYY-MM; of a pool, its first month. */
  readonly month: string;
  /** All there are of this month; earlier ones are reported as late. */
  readonly records: readonly UsageRecord[];
  /** Units counted elsewhere, without records. */
  readonly total?: number;
  /** The `rollover` of the month before. */
  readonly opening?: readonly number[];
  /** Percents of this month's limit that were warned of before. */
  readonly warned?: readonly number[];
  /** What was charged for this month before, charge by charge: only the difference is charged, under a key of its own. */
  readonly charged?: readonly number[];
}
export interface RatedUsage {
  readonly used: number;
  /** With what was rolled over; `null` is no limit. */
  readonly limit: number | null;
  readonly overage: number;
  /** One line, or none. */
  readonly charges: readonly OneCharge[];
  /** Unused units of this month, of the one before and so on, that the next may use. */
  readonly rollover: readonly number[];
  /** Percents reached and not warned of before. */
  readonly warnings: readonly number[];
  /** Records of earlier months, not counted here: rate their month again, with what was charged for it. */
  readonly late: readonly UsageRecord[];
}
export type UsageRefusal = 'badInput' | 'recordChanged';

const schema = object({ subscription: word, meter: meterSchema, month: dated, records: any(object({ id: word, at: dated, metric: word, quantity: units })) }, {
  total: units, charged: any({ type: 'integer' }), warned: any(units), opening: any(units),
});

/**
 * What was used in a month and what it costs: rolled-over units first (the oldest before all), then the included ones, the rest by the meter's
 * price. Months are never pooled unless the meter says so (decisions 25, 26; S2-057, S2-130). A record counts once; other content under its id
 * is refused. Late records are charged by rating their own month again: the line is the difference.
 * @example rateUsage({ subscription: 'sub_1', meter: { version: '1', metric: 'calls', unit: 'call', included: 1000, price: { model: 'perUnit', minor: 10 } }, month: '2026-04', records: [], total: 1005 }) // accepted: { used: 1005, overage: 5, warnings: [80, 100], … }
 */
export function rateUsage(input: UsageInput): Decision<RatedUsage, UsageRefusal> {
  const bad = misfit(schema, input);
  if (bad) return bad;
  const { subscription, meter, month, records, total = 0, opening = [], warned = [], charged = [] } = input;
  const { metric, included, price, rollover: { maxUnits, months } = { maxUnits: 0, months: 0 }, poolMonths = 1 } = meter;
  const start = `${month}-01`;
  if (!isCivilDate(start)) return mustBe('month', 'YYYY-MM');
  const end = addMonths(start, poolMonths);

  const seen = new Map<string, string>();
  const late: UsageRecord[] = [];
  let used = total;
  for (const [i, record] of records.entries()) {
    const { id, at, quantity } = record;
    const path = `records[${i}]`;
    if (!isCivilDate(at) || at >= end) return mustBe(`${path}.at`, `before ${end}`);
    if (record.metric !== metric) return mustBe(`${path}.metric`, metric);
    const content = `${at} ${quantity}`;
    const before = seen.get(id);
    if (before === content) continue;
    if (before) return deny('recordChanged', path, `${id} was ${before}.`);
    seen.set(id, content);
    if (at < start) late.push(record);
    else used += quantity;
  }

  // A total that came back to what it was (tiers may make more cost less) is still another charge: so charges are counted, not summed, in the key.
  const chargedMinor = charged.reduce((sum, minor) => sum + minor, 0);
  let overage = used;
  let limit = 0;
  let room = maxUnits;
  const left = [included! * poolMonths, ...opening].reduceRight<readonly number[]>((kept, lot, age) => {
    const stay = age < months ? Math.min(room, Math.max(0, lot - overage)) : 0;
    overage = Math.max(0, overage - lot);
    limit += lot;
    room -= stay;
    return [stay, ...kept];
  }, []).slice(0, months);
  if (included === null || !price) overage = 0;
  const amountMinor = (price ? priceUsage(price, overage) : 0) - chargedMinor;
  if (![used, limit, amountMinor].every(Number.isSafeInteger)) return mustBe('meter', 'in rising tiers, and all of it in the safe range');
  const because = `${used} ${meter.unit}, ${overage} over ${limit}, ${chargedMinor} charged before (${meter.version})`;
  return accept({
    used, limit: included === null ? included : limit, overage, rollover: left, late,
    charges: amountMinor ? [{ key: deriveId(subscription, 'usage', metric, month, charged.length).replaceAll(':', '.'), on: end, sku: meter.sku ?? metric, description: `${metric} ${month}`, amountMinor, period: { start, end }, because }] : [],
    warnings: (meter.warnAt ?? [80, 100]).filter((percent) => included !== null && used && used * 100 >= limit * percent && !warned.includes(percent)),
  }, because);
}
