import type { LedgerEvent, LedgerLine } from './ledgerState.ts';

/** What accounts hold: of one thing, or of it moved by one thing. */
export interface Tally {
  readonly sum: (account: LedgerLine['account'], of: string, by?: string) => number;
  readonly add: (line: LedgerLine) => void;
}
/** Adds up a journal. Ids hold no line breaks. @example tally([]).sum('cash', 'p1') // 0 */
export function tally(journal: readonly Pick<LedgerEvent, 'lines'>[]): Tally {
  const totals: Record<string, number> = {};
  const sum = (...key: readonly (string | undefined)[]): number => totals[key.join('\n')] ?? 0;
  const add = ({ account, of, by, minor }: LedgerLine): void => {
    for (const key of [[account, of], [account, of, by]]) totals[key.join('\n')] = sum(...key) + minor;
  };
  journal.forEach(({ lines }) => lines.forEach(add));
  return { sum, add };
}
