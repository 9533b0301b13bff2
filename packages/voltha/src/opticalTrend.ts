// How light at one ONU changes with time. Pure: samples and policy in, verdict out.
import { defaultLimits, type OpticalEnds } from './opticalVerdict.ts';

/** What is alarming and what is kept, as data of the operator. Powers in dBm, differences in dB. */
export interface OpticalPolicy {
  /** Told with every verdict. */
  readonly version: string;
  readonly limits: OpticalEnds;
  readonly trend: {
    /** The first so many samples of an ONU are its own normal. */
    readonly baselineSamples: number;
    /** The last so many are what it is now. */
    readonly recentSamples: number;
    /** Weaker than its own normal by more than this is `degrading`. */
    readonly degradedByDb: number;
  };
  readonly retention: {
    /** All samples of so many days are kept, */
    readonly keepAllDays: number;
    /** then the weakest of each day until so many days, then none. The baseline is always kept. */
    readonly keepDailyDays: number;
  };
}
/** 3 dB is half the light: a bend or a dirty connector, long before the ONT drops off. */
export const defaultOpticalPolicy: OpticalPolicy = {
  version: '2026-01',
  limits: defaultLimits,
  trend: { baselineSamples: 5, recentSamples: 3, degradedByDb: 3 },
  retention: { keepAllDays: 30, keepDailyDays: 400 },
};

export interface OpticalSample {
  /** ISO instant. */
  readonly at: string;
  readonly rxPowerDbm: number | null;
  readonly oltRxPowerDbm: number | null;
}
export interface OpticalTrend {
  readonly trend: 'steady' | 'degrading' | 'improving' | 'tooFewSamples';
  /** Median of the baseline and of now at the ONT; null when it never was read. */
  readonly baselineDbm: number | null;
  readonly recentDbm: number | null;
  readonly because: readonly string[];
  readonly policyVersion: string;
}

const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const value = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return Math.round(value * 100) / 100;
};

/**
 * Whether an ONU lost light against its own normal, at either end (S0-105). Medians, so that one bad reading proves nothing; samples
 * without a reading do not count. Both ends need baseline and recent samples that are not the same ones.
 * @param samples in any order.
 * @example opticalTrend(samples, defaultOpticalPolicy).trend // 'degrading'
 */
export function opticalTrend(samples: readonly OpticalSample[], policy: OpticalPolicy = defaultOpticalPolicy): OpticalTrend {
  const { baselineSamples, recentSamples, degradedByDb } = policy.trend;
  const inOrder = [...samples].sort((a, b) => a.at.localeCompare(b.at, 'en'));
  const ends = (['rxPowerDbm', 'oltRxPowerDbm'] as const).map((end) => {
    const levels = inOrder.map((one) => one[end]).filter((level) => level !== null);
    const enough = levels.length >= baselineSamples + recentSamples;
    return { end, baseline: levels.length > 0 ? median(levels.slice(0, baselineSamples)) : null, recent: levels.length > 0 ? median(levels.slice(-recentSamples)) : null, enough };
  });
  const because: string[] = [];
  let trend: OpticalTrend['trend'] = 'tooFewSamples';
  for (const { end, baseline, recent, enough } of ends) {
    const name = end === 'rxPowerDbm' ? 'the ONT' : 'the OLT';
    if (!enough || baseline === null || recent === null) {
      because.push(`Too few readings at ${name}: ${baselineSamples + recentSamples} are needed.`);
      continue;
    }
    const lost = Math.round((baseline - recent) * 100) / 100;
    because.push(`At ${name} ${recent.toFixed(2)} dBm now, ${baseline.toFixed(2)} dBm at first: ${lost > 0 ? `${lost.toFixed(2)} dB weaker` : lost < 0 ? `${(-lost).toFixed(2)} dB stronger` : 'the same'}.`);
    if (lost > degradedByDb) trend = 'degrading';
    else if (trend !== 'degrading') trend = lost < -degradedByDb ? 'improving' : trend === 'improving' ? 'improving' : 'steady';
  }
  return { trend, baselineDbm: ends[0]!.baseline, recentDbm: ends[0]!.recent, because, policyVersion: policy.version };
}
