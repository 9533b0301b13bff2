import { isInstant, type CivilDate, type Instant } from '../kernel/civil.ts';
import { accept, mustBe, type Decision } from '../kernel/decision.ts';
import { civilDateIn, isZone } from '../kernel/zone.ts';

/** The running totals of one session at one moment, as decimal texts (64 bits do not fit a number). */
export interface CounterSample {
  readonly session: string;
  readonly at: Instant;
  /** From the subscriber. */
  readonly uploadOctets: string;
  /** To the subscriber. */
  readonly downloadOctets: string;
}
export interface DayUsage {
  readonly day: CivilDate;
  readonly uploadOctets: string;
  readonly downloadOctets: string;
}
export interface UsageOfDays {
  readonly uploadOctets: string;
  readonly downloadOctets: string;
  /** Days with traffic, in order. */
  readonly days: readonly DayUsage[];
}
const DIGITS = /^\d{1,20}$/;

/**
 * Traffic of a half-open period by civil day, from the differences between samples of each session. A difference counts on the day its
 * interval ends in, one that crosses the period's edge counts whole where it ends: sample as often as that matters. The first sample of a
 * session is where counting starts (give one of zero at its start); a counter that fell began anew.
 * @param period instants; `from` belongs to it, `to` does not.
 * @example usageByDay([{ session: 'S1', at: '2026-04-02T03:50:00Z', uploadOctets: '0', downloadOctets: '0' }, { session: 'S1', at: '2026-04-02T04:10:00Z', uploadOctets: '1', downloadOctets: '9' }], { from: '2026-04-01T04:00:00Z', to: '2026-05-01T04:00:00Z' }, 'America/Toronto') // accepted { uploadOctets: '1', downloadOctets: '9', days: [{ day: '2026-04-02', uploadOctets: '1', downloadOctets: '9' }] }
 */
export function usageByDay(samples: readonly CounterSample[], period: { readonly from: Instant; readonly to: Instant }, zone: string): Decision<UsageOfDays, 'badInput'> {
  if (!isZone(zone)) return mustBe('zone', 'an IANA zone');
  if (!isInstant(period.from) || !isInstant(period.to) || Date.parse(period.from) >= Date.parse(period.to)) return mustBe('period', 'two instants, from before to');
  const bad = samples.findIndex(({ at, uploadOctets, downloadOctets }) => !isInstant(at) || !DIGITS.test(uploadOctets) || !DIGITS.test(downloadOctets));
  if (bad >= 0) return mustBe(`samples[${bad}]`, 'an instant and two counters of digits');
  const [from, to] = [Date.parse(period.from), Date.parse(period.to)];
  const days = new Map<CivilDate, { up: bigint; down: bigint }>();
  const last = new Map<string, { up: bigint; down: bigint }>();
  const total = { up: 0n, down: 0n };
  for (const sample of [...samples].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const now = { up: BigInt(sample.uploadOctets), down: BigInt(sample.downloadOctets) };
    const was = last.get(sample.session);
    last.set(sample.session, now);
    if (!was) continue;
    const anew = now.up < was.up || now.down < was.down;
    const [up, down] = anew ? [now.up, now.down] : [now.up - was.up, now.down - was.down];
    // The last moment of the interval: traffic reported at midnight is yesterday's.
    const at = Date.parse(sample.at) - 1;
    if (at < from || at >= to || (up === 0n && down === 0n)) continue;
    const day = civilDateIn(new Date(at).toISOString(), zone);
    const so = days.get(day) ?? { up: 0n, down: 0n };
    days.set(day, { up: so.up + up, down: so.down + down });
    total.up += up;
    total.down += down;
  }
  const list = [...days].sort(([a], [b]) => a.localeCompare(b)).map(([day, { up, down }]) => ({ day, uploadOctets: String(up), downloadOctets: String(down) }));
  return accept({ uploadOctets: String(total.up), downloadOctets: String(total.down), days: list }, `${list.length} days with traffic in ${zone}.`);
}
