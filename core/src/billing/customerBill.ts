import type { CivilDate, Period } from '../kernel/civil.ts';
import type { TaxLine } from '../pricing/tax.ts';

export interface BillLine {
  /** The same charge always has the same key; a monthly fee carries its calendar month (decision 11). */
  readonly key: string;
  readonly sku: string;
  readonly description: string;
  readonly quantity: number;
  /** For the whole quantity, before tax; negative for a discount. */
  readonly amountMinor: number;
  readonly taxCode: string;
  /** Absent for a one-off charge. */
  readonly period?: Period;
  /** Where the ERP keeps the subscription this line bills. */
  readonly subscription?: string;
  readonly because: string;
}

export interface CustomerBill {
  readonly id: string;
  readonly issuedOn: CivilDate;
  readonly dueOn: CivilDate;
  readonly currency: string;
  readonly jurisdiction: string;
  readonly period: Period;
  /** The account's day of the month from now on. */
  readonly anchorDay: number;
  readonly lines: readonly BillLine[];
  readonly subtotalMinor: number;
  readonly taxes: readonly TaxLine[];
  readonly taxMinor: number;
  readonly totalMinor: number;
  /** Taken from the prepayment. */
  readonly prepaidMinor: number;
  readonly dueMinor: number;
  /** What is left of the prepayment: the account's credit. */
  readonly creditLeftMinor: number;
  readonly policyVersion: string;
  readonly taxTableVersion: string;
}
