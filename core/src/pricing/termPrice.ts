import { int, misfit, object, ppm } from '../kernel/shapes.ts';
import type { BillingTerm } from '../catalog/catalog.ts';
import { accept, type Decision } from '../kernel/decision.ts';
import { mulDiv } from '../kernel/money.ts';

const facts = object({ mrcMinor: int(0, 2 ** 40), months: int(1, 120), offPpm: ppm }, { priceMinor: int(0, 2 ** 47) });

/** An amount less a part in millionths, for some months, rounded once. @example less(9900, 170000, 12) // 98604 */
export function less(minor: number, offPpm: number, months = 1): number {
  return mulDiv(minor, months * (1_000_000 - offPpm), 1_000_000);
}

/**
 * What a term costs that is paid at once: price × months × (1 − discount), rounded once; a written price wins (S2-054, decision 25).
 * Minor units. Usage is not part of it: it is rated by the month.
 * @example termPrice(49900, { months: 12, offPpm: 170000 }) // accepted 497004
 */
export function termPrice(mrcMinor: number, term: BillingTerm): Decision<number, 'badInput'> {
  const wrong = misfit(facts, { ...term, mrcMinor });
  if (wrong) return wrong;
  const { months, offPpm, priceMinor } = term;
  return priceMinor === undefined
    ? accept(less(mrcMinor, offPpm, months), `${months} months of ${mrcMinor}, ${offPpm / 10_000} % off, rounded once`)
    : accept(priceMinor, `written for ${months} months`);
}
