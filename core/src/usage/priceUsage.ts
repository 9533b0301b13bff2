import type { UsagePrice } from './meter.ts';

/**
 * What units cost, in minor units of money, rounded once, half away from zero; NaN when tiers do not rise. Beyond the safe
 * range it is no safe integer. Tiers, packages and flat amounts count as those of Lago and Stripe.
 * @example priceUsage({ model: 'perUnit', minor: 10 }, 3) // 30
 * @example priceUsage({ model: 'package', minor: 500, per: 100 }, 101) // 1000
 * @example priceUsage({ model: 'graduated', tiers: [{ upTo: 100, minor: 5 }], minor: 2, flatMinor: 50 }, 110) // 570
 * @example priceUsage({ model: 'volume', tiers: [{ upTo: 100, minor: 5 }], minor: 2, flatMinor: 50 }, 110) // 270
 */
export function priceUsage({ model, tiers = [], per: size = 1, ...rest }: UsagePrice, units: number): number {
  const per = BigInt(size);
  const volume = model === 'volume';
  let sum = 0n;
  let from = 0;
  for (const { upTo, minor, flatMinor = 0 } of [...tiers, { ...rest, upTo: Infinity }]) {
    if (upTo <= from) return NaN;
    if (units > from) {
      const counted = BigInt(Math.min(upTo, units) - (volume ? 0 : from));
      sum = (volume ? 0n : sum) + (model === 'package' ? (counted + per - 1n) / per * per : counted) * BigInt(minor) + BigInt(flatMinor) * per;
    }
    from = upTo;
  }
  return Number((sum * 2n + per) / (per * 2n));
}
