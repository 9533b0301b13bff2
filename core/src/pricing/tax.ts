import { isCivilDate, type CivilDate } from '../kernel/civil.ts';
import type { LocalText } from '../catalog/catalog.ts';
import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { mulDiv } from '../kernel/money.ts';

/** One tax in one place, over the days it is in force (`until` does not belong to it). The rate is in parts per million: 9.975 % = 99750. */
export interface TaxRate {
  readonly tax: string;
  readonly label: LocalText;
  readonly ratePpm: number;
  readonly from: CivilDate;
  readonly until?: CivilDate;
}

export interface TaxTable {
  readonly id: string;
  readonly version: string;
  /** What each tax code of the catalogue is subject to. */
  readonly codes: Readonly<Record<string, 'taxed' | 'exempt'>>;
  /** `since`: from this day the list is known to be complete; earlier days are refused. */
  readonly jurisdictions: Readonly<Record<string, { readonly since: CivilDate; readonly rates: readonly TaxRate[] }>>;
}

export interface TaxableAmount {
  readonly amountMinor: number;
  readonly taxCode: string;
}

export interface TaxLine {
  readonly tax: string;
  readonly label: LocalText;
  readonly ratePpm: number;
  readonly taxableMinor: number;
  readonly amountMinor: number;
  readonly because: string;
}

export type TaxRefusal = 'jurisdictionUnknown' | 'taxCodeUnknown' | 'taxDayUnknown' | 'badInput';

/**
 * The taxes on a document: each tax once, on the sum of its taxable amounts, rounded half away from zero, none on top of another
 * (decisions 12, 13). A plain number stands for one amount of code `standard`. Anything the table does not know is refused, never
 * taxed at zero.
 * @example taxLines(14959, 'CA-QC', '2026-04-03', canadaTaxTable).value.map(({ tax, amountMinor }) => [tax, amountMinor]) // [['GST', 748], ['QST', 1492]]
 */
export function taxLines(taxable: number | readonly TaxableAmount[], jurisdiction: string, on: CivilDate, table: TaxTable): Decision<readonly TaxLine[], TaxRefusal> {
  const amounts = typeof taxable === 'number' ? [{ amountMinor: taxable, taxCode: 'standard' }] : taxable;
  const place = Object.prototype.hasOwnProperty.call(table.jurisdictions, jurisdiction) ? table.jurisdictions[jurisdiction] : undefined;
  if (!place) {
    return refuse('jurisdictionUnknown', `The tax table ${table.version} has no taxes for this place.`, {
      path: 'jurisdiction', hint: `Known: ${Object.keys(table.jurisdictions).join(', ')}.`,
    });
  }
  if (!isCivilDate(on)) return refuse('badInput', 'The day of taxation must be written YYYY-MM-DD.', { path: 'on' });
  if (on < place.since) return refuse('taxDayUnknown', `The taxes of ${jurisdiction} before ${place.since} are not in the table.`, { path: 'on', facts: { on } });
  let base = 0;
  for (const [index, one] of amounts.entries()) {
    if (!Number.isSafeInteger(one.amountMinor)) return refuse('badInput', 'A taxable amount must be a whole number of minor units.', { path: `taxable[${index}].amountMinor` });
    const rule = Object.prototype.hasOwnProperty.call(table.codes, one.taxCode) ? table.codes[one.taxCode] : undefined;
    if (!rule) return refuse('taxCodeUnknown', `The tax table ${table.version} does not know the tax code of a line.`, { path: `taxable[${index}].taxCode`, hint: `Known: ${Object.keys(table.codes).join(', ')}.` });
    if (rule === 'taxed') base += one.amountMinor;
  }
  const lines = place.rates
    .filter((rate) => rate.from <= on && (rate.until === undefined || on < rate.until))
    .map((rate): TaxLine => ({
      tax: rate.tax,
      label: rate.label,
      ratePpm: rate.ratePpm,
      taxableMinor: base,
      amountMinor: mulDiv(base, rate.ratePpm, 1_000_000),
      because: `${rate.tax} of ${rate.ratePpm / 10_000} % on the taxable total, ${jurisdiction}, ${on}`,
    }));
  return accept(lines, `taxes of ${jurisdiction} on ${on} by table ${table.id} ${table.version}`);
}
