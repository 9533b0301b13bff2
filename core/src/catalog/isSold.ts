import type { CivilDate } from '../kernel/civil.ts';
import type { ProductOffering } from './catalog.ts';

/** Whether an offering is sold on a day; without a day, whether it is sold at all (S1-059). @example isSold({ ...serv911, validUntil: '2026-07-01' }, '2026-07-01') // false */
export function isSold({ comboReady, validFrom, validUntil }: ProductOffering, on?: CivilDate): boolean {
  return comboReady && !(validFrom! > on!) && !(validUntil! <= on!);
}
