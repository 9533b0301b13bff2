import { share, type Share } from './share.ts';

/** What one subscription used in one month; `limit` null: without one. */
export interface UsageMonth {
  readonly metric: string;
  /** Written YYYY-MM. */
  readonly month: string;
  readonly used: number;
  readonly limit: number | null;
}
/** How one metric was used, a month of a subscription counting once. Shares of a limit leave out months without one. */
export interface UsagePattern {
  readonly metric: string;
  readonly months: number;
  readonly used: number;
  /** Half of the months used this or less. */
  readonly median: number;
  readonly most: number;
  readonly unused: Share;
  /** From 80 % of the limit, up to it. */
  readonly nearLimit: Share;
  readonly overLimit: Share;
}

/**
 * How much of what is included people use: whom a smaller plan would do, and whom a larger one (S2-058).
 * @example usagePatterns([{ metric: 'calls', month: '2026-04', used: 90, limit: 100 }])[0].nearLimit.basisPoints // 10000
 */
export function usagePatterns(months: readonly UsageMonth[]): readonly UsagePattern[] {
  return [...new Set(months.map(({ metric }) => metric))].sort().map((metric) => {
    const of = months.filter((one) => one.metric === metric);
    const used = of.map((one) => one.used).sort((a, b) => a - b);
    const limited = of.filter(({ limit }) => limit !== null);
    const over = limited.filter((one) => one.used > one.limit!);
    return {
      metric, months: of.length, used: used.reduce((all, one) => all + one, 0), median: used[(used.length - 1) >> 1]!, most: used.at(-1)!,
      unused: share(used.filter((one) => one === 0).length, of.length),
      nearLimit: share(limited.filter((one) => one.used <= one.limit! && one.used * 5 >= one.limit! * 4).length, limited.length),
      overLimit: share(over.length, limited.length),
    };
  });
}
