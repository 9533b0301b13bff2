import type { CivilDate, Period } from '../kernel/civil.ts';
import type { TaxLine } from '../pricing/tax.ts';

export interface BillLine {
  /** The same charge always has the same key; a monthly fee carries its calendar month (decision 11). */
  readonly key: string;
  readonly sku: string;
  readonly description: string;
  readonly quantity: number;
  /** For the whole quantity, before tax; negative for a discount or a credit. */
  readonly amountMinor: number;
  readonly taxCode: string;
  /** The day whose tax rates hold: when it was first billed. */
  readonly taxedOn?: CivilDate;
  /** Absent for a one-off charge. */
  readonly period?: Period;
  /** Days charged, of the days of the whole period; absent where days do not matter. */
  readonly days?: number;
  readonly ofDays?: number;
  /** The day a one-off charge fell due. */
  readonly on?: CivilDate;
  /** On a correction: how many lines were billed under this key before. */
  readonly revision?: number;
  /** Where the ERP keeps the subscription this line bills. */
  readonly subscription?: string;
  readonly because: string;
}

export interface CustomerBill {
  readonly id: string;
  readonly kind: 'invoice' | 'creditNote';
  readonly issuedOn: CivilDate;
  readonly dueOn: CivilDate;
  readonly currency: string;
  readonly jurisdiction: string;
  /** From the first day billed to the day after the last. */
  readonly period: Period;
  readonly lines: readonly BillLine[];
  readonly subtotalMinor: number;
  readonly taxes: readonly TaxLine[];
  readonly taxMinor: number;
  /** Below zero on a credit note. */
  readonly totalMinor: number;
  /** Taken from the account's credit, e.g. the prepayment. */
  readonly prepaidMinor: number;
  readonly dueMinor: number;
  /** What is left of the account's credit. */
  readonly creditLeftMinor: number;
  readonly policyVersion: string;
  readonly taxTableVersion: string;
}
