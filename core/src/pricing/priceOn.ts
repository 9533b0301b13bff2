import type { Catalog, ProductOffering } from '../catalog/catalog.ts';
import { stepOn } from '../catalog/mrcOn.ts';
import { addMonths, type CivilDate } from '../kernel/civil.ts';
import type { SaleTerms } from './quote.ts';
import { less } from './termPrice.ts';

/** What one unit costs on a day, and why when it is not simply its price. */
export interface PriceNow {
  readonly minor: number;
  readonly because?: string | undefined;
}

/**
 * The price of one unit on a day for who started on `start`, for a month or a whole term: the phase of that month, else the regular price
 * of the day, or of the day of sale while it is held (what is not prorated stays monthly). `null` once it has ended by itself. Phases end on the day of the month of the start,
 * cut to the month's end.
 * @throws RangeError when `start` is no day or the end of a phase leaves the years 0 to 9999.
 * @example priceOn({ ...serv911, phases: [{ months: 3, offPpm: 500000 }] }, residentialCatalog, '2026-04-30', { start: '2026-01-31' }).because // 'regular price'
 */
export function priceOn(offering: ProductOffering, { terms }: Catalog, day: CivilDate, { start = day, on = start, term }: SaleTerms): PriceNow | null {
  const after = (months: number) => addMonths(start, months);
  const { phases = [], lastsMonths, heldMonths = 0, termMinor, prorated } = offering;
  if (lastsMonths !== undefined && day >= after(lastsMonths)) return null;
  const { offPpm: termOff = 0, months: paid = 1 } = (prorated && term && terms?.[term]) || {};
  const held = day < after(heldMonths);
  const step = stepOn(offering, held ? on : day);
  const regular = (term && termMinor?.[term]) ?? less((step ?? offering).mrcMinor, termOff, paid);
  let months = 0;
  for (const { months: more, mrcMinor, offPpm = 0, label } of phases) {
    const until = after((months += more));
    if (day < until) return { minor: mrcMinor === undefined ? less(regular, offPpm) : less(mrcMinor, termOff, paid), because: `${label?.en ?? 'first price'} until ${until}` };
  }
  return { minor: regular, because: held && step !== stepOn(offering, '9') ? `price of ${on} kept` : step ? `price since ${step.on}` : lastsMonths ? `until ${after(lastsMonths)}` : phases[0] && 'regular price' };
}

/** The days on which the price of an offering may change. @example changeDays({ ...serv911, lastsMonths: 1 }, '2026-01-31') // ['2026-02-28', '2026-01-31'] */
export function changeDays({ phases = [], lastsMonths = 0, heldMonths = 0, mrcFrom = [] }: ProductOffering, start: CivilDate): readonly CivilDate[] {
  let months = 0;
  return [...[...phases.map((phase) => (months += phase.months)), lastsMonths, heldMonths].map((one) => addMonths(start, one)), ...mrcFrom.map((step) => step.on)];
}
