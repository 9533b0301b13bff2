import type { CivilDate } from '../kernel/civil.ts';
import type { LedgerCommand, LedgerLine, LedgerState } from './ledgerState.ts';
import { tally } from './tally.ts';

/** What was recorded, and what has become of it. */
export type LedgerEntry = LedgerCommand & {
  readonly dueOn?: CivilDate;
  /** Of an invoice. */
  readonly openMinor: number;
  /** Of a payment, after refunds, disputes and chargebacks. */
  readonly leftMinor: number;
  /** Of a payment or an adjustment: what pays later invoices. */
  readonly creditMinor: number;
  /** What it paid or wrote off, and took back. */
  readonly applied: readonly LedgerLine[];
};
/** An account as a clerk reads it. @example statement(ledger.initial('acc_1', 'CAD')) // [] */
export function statement({ journal }: LedgerState): readonly LedgerEntry[] {
  const { sum } = tally(journal);
  return journal.map(({ command, dueOn }) => {
    const { id } = command;
    return { ...command, ...(dueOn && { dueOn }), openMinor: sum('receivable', id), leftMinor: sum('cash', id), creditMinor: 0 - sum('credit', id), applied: journal.flatMap(({ lines }) => lines.filter((line) => line.account === 'receivable' && line.by === id && line.of !== id)) };
  });
}
