import { isCivilDate, type CivilDate } from '../kernel/civil.ts';
import { accept, mustBe, type Decision } from '../kernel/decision.ts';
import type { LedgerState } from './ledgerState.ts';
import { statement } from './statement.ts';

/** What the customer owes, credit taken off; negative when we do. Minor units. @example balance(ledger.initial('acc_1', 'CAD')) // 0 */
export function balance(state: LedgerState): number {
  return statement(state).reduce((sum, entry) => sum + entry.openMinor - entry.creditMinor, 0);
}
export interface Outstanding {
  readonly overdueMinor: number;
  /** Of what is overdue. */
  readonly oldestDue: CivilDate | null;
}
/**
 * What is overdue on a day, for dunning: what is open and was due on a day before (decision 42).
 * @example outstanding(ledger.initial('acc_1', 'CAD'), '2026-04-03') // accepted { overdueMinor: 0, oldestDue: null }
 */
export function outstanding(state: LedgerState, on: CivilDate): Decision<Outstanding, 'badInput'> {
  const late = statement(state).filter((entry) => entry.openMinor && entry.dueOn! < on);
  return isCivilDate(on) ? accept({ overdueMinor: late.reduce((sum, entry) => sum + entry.openMinor, 0), oldestDue: late.map((entry) => entry.dueOn!).sort()[0] ?? null }) : mustBe('on', 'a day');
}
