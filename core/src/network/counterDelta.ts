import { int, misfit, object, text } from '../kernel/shapes.ts';
import { isInstant, type CivilDate, type Instant } from '../kernel/civil.ts';
import { accept, mustBe, type Decision } from '../kernel/decision.ts';
import type { JsonSchema } from '../kernel/schema.ts';
import { civilDateIn, isZone } from '../kernel/zone.ts';
import { dated } from '../usage/meter.ts';

type Counter = number | string;
/** The counters of a session as an accounting packet or FreeRADIUS' tables give them. A direction left out is not counted. */
export interface CounterReport {
  readonly at: Instant;
  readonly inputOctets?: Counter;
  readonly inputGigawords?: Counter;
  readonly outputOctets?: Counter;
  readonly outputGigawords?: Counter;
}
export interface CounterDelta {
  readonly octets: number;
  /** The civil day it is counted on: the one the time between the reports ends in. */
  readonly day: CivilDate;
  /** A counter fell: the session or its router began anew, and all it shows was used since. */
  readonly reset: boolean;
}
const counter: JsonSchema = { oneOf: [int(0, Number.MAX_SAFE_INTEGER), text('^\\d{1,20}$', 'digits')] };
const report = object({ at: dated }, { inputOctets: counter, inputGigawords: counter, outputOctets: counter, outputGigawords: counter });
const schema = object({ before: report, after: report });

/**
 * Octets used between two reports of one RADIUS session: 64 bits of low word and Gigawords (RFC 2866 5.3, RFC 2869 5.1), or folded into one
 * by FreeRADIUS. Both at once would count twice and is refused, as is a report older than the one before it.
 * @example counterDelta({ at: '2026-04-01T10:00:00Z' }, { at: '2026-04-01T10:05:00Z', inputOctets: 5, inputGigawords: 1 }, 'UTC') // accepted { octets: 4294967301, day: '2026-04-01', reset: false }
 */
export function counterDelta(before: CounterReport, after: CounterReport, zone: string): Decision<CounterDelta, 'badInput'> {
  const bad = misfit(schema, { before, after });
  if (bad) return bad;
  const [was, is] = [before, after].map((report) => (['input', 'output'] as const).map((side) => {
    const octets = BigInt(report[`${side}Octets`] ?? 0);
    const words = BigInt(report[`${side}Gigawords`] ?? 0);
    return words && octets >> 32n ? -1n : octets + (words << 32n);
  })) as [bigint[], bigint[]];
  const reset = is.some((octets, i) => octets < was[i]!);
  const octets = Number(is.reduce((sum, now, i) => sum + now - (reset ? 0n : was[i]!), 0n));
  const at = Date.parse(after.at);
  if (!isZone(zone)) return mustBe('zone', 'an IANA zone');
  if (!isInstant(before.at) || !isInstant(after.at) || at < Date.parse(before.at) || [...was, ...is].some((octets) => octets >> 64n) || !Number.isSafeInteger(octets)) return mustBe('after', 'later, of 64 bits');
  return accept({ octets, day: civilDateIn(new Date(at - 1).toISOString(), zone), reset });
}
