import type { PonTechnology, Rate, SpeedPolicy } from './speedPolicy.ts';

/** What the network knows about the line a drop hangs on. */
export interface LineFacts {
  readonly technology: PonTechnology;
  /** Ports the splitters give; more cannot be connected. */
  readonly split: number;
  /** Ports of this PON that others have, connected or promised. */
  readonly taken: number;
  /** What is sold on them; left out, the policy assumes it. */
  readonly sold?: Rate;
  /** The OLT's way out, the ports taken behind it and what is sold on those. */
  readonly uplink?: { readonly mbps: number; readonly taken: number; readonly sold?: Rate };
}
export interface SpeedFacts {
  /** The drop's own column: the ceiling of what was surveyed there. */
  readonly ownMaxDownMbps: number;
  /** Null when nothing is known about the OLT. */
  readonly line: LineFacts | null;
}
/** `grades`: nothing faster is sold. */
export type SpeedLimit = 'drop' | 'line' | 'sold' | 'uplink' | 'uplinkSold' | 'split' | 'grades';
export interface MaxSpeed {
  readonly type: 'maxSpeed';
  /** The fastest that may be offered; 0 when nothing may. */
  readonly downMbps: number;
  /** Unknown where only the drop's own column is known. */
  readonly upMbps: number | null;
  readonly limitedBy: SpeedLimit;
  readonly policy: string;
  /** For staff: tells of the network. */
  readonly because: readonly string[];
}

const taking = (ppm: number, mbps: number): number => Math.floor((mbps * ppm) / 1_000_000);

/**
 * The fastest service that may be offered on a drop (S1-021): what the PON can give one customer, what of PON and uplink is not sold yet by
 * the policy, never more than the drop's own column; then the highest grade within that. What is unknown limits nothing and is said.
 * @example maxSpeed({ ownMaxDownMbps: 1500, line: { technology: 'gpon', split: 64, taken: 12 } }, defaultSpeedPolicy).downMbps // 1500
 */
export function maxSpeed({ ownMaxDownMbps, line }: SpeedFacts, policy: SpeedPolicy): MaxSpeed {
  const answer = (downMbps: number, upMbps: number | null, limitedBy: SpeedLimit, ...because: string[]): MaxSpeed => ({ type: 'maxSpeed', downMbps, upMbps, limitedBy, policy: policy.version, because });
  if (!line) return answer(ownMaxDownMbps, null, 'drop', `the OLT's capacity is not known; the drop itself allows ${ownMaxDownMbps} Mb/s`);
  const { technology, split, taken, sold, uplink } = line;
  if (taken >= split) return answer(0, 0, 'split', `all ${split} ports of the PON are taken`);

  const limits: { by: SpeedLimit; rate: Rate; because: string }[] = [{ by: 'drop', rate: { downMbps: ownMaxDownMbps, upMbps: Infinity }, because: `the drop itself allows ${ownMaxDownMbps} Mb/s` }];
  const shared = (name: string, rate: Rate, times: number, count: number, known: Rate | undefined, one: SpeedLimit, all: SpeedLimit): void => {
    const alone = { downMbps: taking(policy.oneCustomerPpm, rate.downMbps), upMbps: taking(policy.oneCustomerPpm, rate.upMbps) };
    const gone = known ?? { downMbps: count * policy.assumedSold.downMbps, upMbps: count * policy.assumedSold.upMbps };
    const left = { downMbps: Math.max(0, rate.downMbps * times - gone.downMbps), upMbps: Math.max(0, rate.upMbps * times - gone.upMbps) };
    limits.push({ by: one, rate: alone, because: `${name} of ${rate.downMbps}/${rate.upMbps} Mb/s: one customer may have ${alone.downMbps}/${alone.upMbps}` });
    limits.push({ by: all, rate: left, because: `${name}, sold ${times} times over: ${left.downMbps}/${left.upMbps} Mb/s are left with ${count} ports taken and ${gone.downMbps}/${gone.upMbps} sold${known ? '' : ' (assumed)'}` });
  };
  shared(technology === 'gpon' ? 'GPON' : 'XGS-PON', policy.lines[technology], policy.ponTimes, taken, sold, 'line', 'sold');
  if (uplink) shared('uplink', { downMbps: uplink.mbps, upMbps: uplink.mbps }, policy.uplinkTimes, uplink.taken, uplink.sold, 'uplink', 'uplinkSold');

  const because = [...limits.map((one) => one.because), ...(uplink ? [] : ['the uplink is not known'])];
  const fits = ({ downMbps, upMbps }: Rate, rate: Rate): boolean => downMbps <= rate.downMbps && upMbps <= rate.upMbps;
  if (policy.grades.length === 0) {
    const least = limits.reduce((low, one) => (one.rate.downMbps < low.rate.downMbps ? one : low));
    return answer(least.rate.downMbps, Math.min(...limits.map((one) => one.rate.upMbps)), least.by, ...because);
  }
  const grades = [...policy.grades].sort((a, b) => a.downMbps - b.downMbps || a.upMbps - b.upMbps);
  const best = grades.findLastIndex((grade) => limits.every((one) => fits(grade, one.rate)));
  const grade = grades[best];
  const next = grades[best + 1];
  const stops = next && limits.find((one) => !fits(next, one.rate))!.by;
  return grade
    ? answer(grade.downMbps, grade.upMbps, stops ?? 'grades', ...because, `the highest grade within that is ${grade.downMbps}/${grade.upMbps}`)
    : answer(0, 0, stops!, ...because, 'no grade that is sold fits into that');
}
