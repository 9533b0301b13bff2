import { isCivilDate, type CivilDate } from '../kernel/civil.ts';
import type { LocalText } from '../catalog/catalog.ts';
import { accept, mustBe, refuse, type Decision, type Refused } from '../kernel/decision.ts';
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
  /** What each tax code of the catalogue is subject to; a list names the only taxes that apply. */
  readonly codes: Readonly<Record<string, 'taxed' | 'exempt' | readonly string[]>>;
  /** Each tax once on the document's total (default), or the sum of what each line rounds to. They may differ by cents. */
  readonly rounding?: 'document' | 'line';
  /** `since`: from this day the list is known to be complete; earlier days are refused. `included`: prices there hold their taxes. */
  readonly jurisdictions: Readonly<Record<string, { readonly since: CivilDate; readonly included?: boolean; readonly rates: readonly TaxRate[] }>>;
}
/** A tax an account does not pay, e.g. by a certificate. */
export interface TaxExemption {
  readonly tax: string;
  readonly certificate: string;
  readonly from?: CivilDate;
  readonly until?: CivilDate;
}
export interface TaxableAmount {
  readonly amountMinor: number;
  readonly taxCode: string;
  /** The day whose rates hold; a credit keeps those of what it corrects. Default: the day of the document. */
  readonly taxedOn?: CivilDate;
}
export interface TaxLine {
  readonly tax: string;
  readonly label: LocalText;
  readonly ratePpm: number;
  readonly taxableMinor: number;
  readonly amountMinor: number;
  /** The amount is part of the prices, not on top of them. */
  readonly included?: true | undefined;
  readonly because: string;
}
export type TaxRefusal = 'jurisdictionUnknown' | 'taxCodeUnknown' | 'taxDayUnknown' | 'badInput';

/** Amounts added up, and taxes only where they come on top of the prices. @example onTop([{ amountMinor: 5 }, { amountMinor: 1, included: true }]) // 5 */
export const onTop = (list: readonly { readonly amountMinor: number; readonly included?: true }[]): number => list.reduce((sum, one) => sum + (one.included ? 0 : one.amountMinor), 0);

/** Everything that decides the taxes of one place and day. */
export interface TaxesOn {
  readonly place: string;
  readonly table: TaxTable;
  /** The codes of the table, to be looked up quickly. */
  readonly rules: ReadonlyMap<string, TaxTable['codes'][string]>;
  /** The taxes in force, of nothing yet. */
  readonly due: readonly TaxLine[];
  /** 0 on top; else the sum of all rates, in which the price holds them. */
  readonly withinPpm: number;
  /** From the last change of rates up to this day, to the next one: on all these days the rates are the same. */
  readonly steady: { readonly from: CivilDate; readonly until: CivilDate };
}

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);
const known = (of: object): string => `Known: ${Object.keys(of).join(', ')}.`;
const holds = (span: { readonly from?: CivilDate; readonly until?: CivilDate }, on: CivilDate): boolean => (span.from ?? on) <= on && (span.until ?? '~') > on;

/**
 * The taxes of a place on a day, less what the account is exempt from. Anything the table does not know is refused, never taxed at zero.
 * @example taxesOn(canadaTaxTable, 'CA-NS', '2025-03-31').value.due[0].ratePpm // 150000
 */
export function taxesOn(table: TaxTable, jurisdiction: string, on: CivilDate, exemptions: readonly TaxExemption[] = []): Decision<TaxesOn, TaxRefusal> {
  const place = own(table.jurisdictions, jurisdiction);
  if (!place) return refuse('jurisdictionUnknown', `Not in tax table ${table.version}.`, { path: 'jurisdiction', hint: known(table.jurisdictions) });
  if (!isCivilDate(on)) return mustBe('on', 'a day written YYYY-MM-DD');
  if (on < place.since) return refuse('taxDayUnknown', `Not in tax table ${table.version} before ${place.since}.`, { path: 'on', facts: { on } });
  const due = place.rates
    .filter((rate) => holds(rate, on) && !exemptions.some((one) => one.tax === rate.tax && holds(one, on)))
    .map(({ tax, label, ratePpm }): TaxLine => ({ tax, label, ratePpm, taxableMinor: 0, amountMinor: 0, included: place.included || undefined, because: `${tax} of ${ratePpm / 10_000} % on the taxable total, ${jurisdiction}, ${on}` }));
  const exempt = exemptions.filter((one) => holds(one, on)).map((one) => `exempt from ${one.tax} by ${one.certificate}`);
  const withinPpm = place.included ? 1_000_000 + due.reduce((sum, { ratePpm }) => sum + ratePpm, 0) : 0;
  const changes = [place.since, '~', ...place.rates.flatMap(({ from, until = from }) => [from, until])].sort();
  const steady = { from: changes.filter((day) => day <= on).at(-1)!, until: changes.find((day) => day > on)! };
  return accept({ place: jurisdiction, table, rules: new Map(Object.entries(table.codes)), due, withinPpm, steady }, `taxes of ${jurisdiction} on ${on} by table ${table.id} ${table.version}`, ...exempt);
}

/**
 * The taxes on amounts of one day: each tax once on the sum of its taxable amounts (or line by line, when the table says so), rounded half
 * away from zero, none on top of another (decisions 12, 13). @example applyTaxes(taxesOn(canadaTaxTable, 'CA-QC', '2026-04-03').value, [{ amountMinor: 14959, taxCode: 'standard' }]).map((one) => one.amountMinor) // [748, 1492]
 */
export function applyTaxes({ table: { codes, rounding, version }, rules, due, withinPpm }: TaxesOn, amounts: readonly TaxableAmount[]): readonly TaxLine[] | Refused<TaxRefusal> {
  const of = withinPpm || 1_000_000;
  // Field by field, for a spread takes as long as the rest.
  const lines = due.map(({ tax, label, ratePpm, included, because }): { -readonly [Name in keyof TaxLine]: TaxLine[Name] } => ({ tax, label, ratePpm, taxableMinor: 0, amountMinor: 0, included, because }));
  let sum = 0;
  for (let i = 0; i < amounts.length; i += 1) {
    const { amountMinor, taxCode } = amounts[i]!;
    sum += amountMinor;
    if (!Number.isSafeInteger(sum)) return mustBe(`taxable[${i}].amountMinor`, 'whole minor units');
    // Neighbours of one code are taxed together.
    if (rounding !== 'line' && amounts[i + 1]?.taxCode === taxCode) continue;
    const rule = rules.get(taxCode);
    if (!rule) return refuse('taxCodeUnknown', `Not in tax table ${version}.`, { path: `taxable[${i}].taxCode`, hint: known(codes) });
    for (const line of lines) {
      if (rule !== 'taxed' && (rule === 'exempt' || !rule.includes(line.tax))) continue;
      line.taxableMinor += sum;
      if (!Number.isSafeInteger(line.taxableMinor)) return mustBe(`taxable[${i}].amountMinor`, 'whole minor units');
      line.amountMinor = rounding === 'line' ? line.amountMinor + mulDiv(sum, line.ratePpm, of) : mulDiv(line.taxableMinor, line.ratePpm, of);
    }
    sum = 0;
  }
  return lines;
}

/**
 * The taxes on a document. A plain number stands for one amount of code `standard`. Amounts with a `taxedOn` are taxed by that day's
 * rates, each rate on its own total. Anything the table does not know is refused, never taxed at zero.
 * @example taxLines(14959, 'CA-QC', '2026-04-03', canadaTaxTable).value.map(({ tax, amountMinor }) => [tax, amountMinor]) // [['GST', 748], ['QST', 1492]]
 */
export function taxLines(taxable: number | readonly TaxableAmount[], jurisdiction: string, on: CivilDate, table: TaxTable, exemptions: readonly TaxExemption[] = []): Decision<readonly TaxLine[], TaxRefusal> {
  const amounts = typeof taxable === 'number' ? [{ amountMinor: taxable, taxCode: 'standard' }] : taxable;
  const groups = new Map<string, { readonly taxes: TaxesOn; readonly of: TaxableAmount[] }>();
  const because: string[] = [];
  for (const day of new Set(amounts.length === 0 ? [on] : amounts.map((one) => one.taxedOn ?? on))) {
    const taxes = taxesOn(table, jurisdiction, day, exemptions);
    if (taxes.type === 'refused') return taxes;
    because.push(...taxes.because);
    // Days with the same rates are one total: the tax is rounded once.
    const key = taxes.value.due.map(({ tax, ratePpm }) => `${tax}${ratePpm}`).join();
    const group = groups.get(key) ?? { taxes: taxes.value, of: [] };
    groups.set(key, group);
    group.of.push(...amounts.filter((one) => (one.taxedOn ?? on) === day));
  }
  const all: TaxLine[] = [];
  for (const { taxes, of } of groups.values()) {
    const lines = applyTaxes(taxes, of);
    if ('type' in lines) return lines;
    all.push(...lines);
  }
  return accept(all, ...because);
}

/**
 * Reads a tax table from outside: rates are whole parts per million, spans run forwards and one tax has one rate a day.
 * @example checkTaxTable(canadaTaxTable).type // 'accepted'
 */
export function checkTaxTable(table: TaxTable): Decision<TaxTable, 'badInput'> {
  const { codes, jurisdictions, rounding = 'line', version } = table ?? {};
  if (!codes || !jurisdictions || typeof version !== 'string') return mustBe('taxTable', 'a tax table with a version');
  if (rounding !== 'line' && rounding !== 'document') return mustBe('rounding', 'document or line');
  for (const [code, rule] of Object.entries(codes)) if (rule !== 'taxed' && rule !== 'exempt' && !Array.isArray(rule)) return mustBe(`codes.${code}`, 'taxed, exempt or taxes');
  for (const [name, { since, rates }] of Object.entries(jurisdictions)) {
    const place = `jurisdictions.${name}`;
    if (!isCivilDate(since) || !Array.isArray(rates)) return mustBe(place, 'a place with since and rates');
    for (const [i, { tax, ratePpm, from, until }] of rates.entries()) {
      const path = `${place}.rates[${i}]`;
      if (!(Number.isInteger(ratePpm) && ratePpm >= 0 && ratePpm <= 1_000_000)) return mustBe(`${path}.ratePpm`, 'whole parts per million');
      if (!isCivilDate(from) || !(until === undefined || (isCivilDate(until) && from < until))) return mustBe(`${path}.until`, 'a day after from');
      if (rates.some((other, j) => j < i && other.tax === tax && !(other.until! <= from) && !(until! <= other.from))) return mustBe(path, 'alone of its tax on its days');
    }
  }
  return accept(table);
}
