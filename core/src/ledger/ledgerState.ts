import { object } from '../kernel/shapes.ts';
import type { CivilDate, Instant } from '../kernel/civil.ts';
import { word } from '../usage/meter.ts';

/** Days until an invoice is due: they belong to the way of paying (decision 42, S2-090). */
export interface LedgerPolicy {
  readonly version: string;
  readonly terms: Readonly<Record<string, number>>;
}
export const defaultLedgerPolicy: LedgerPolicy = { version: 'ledger/1', terms: { stripe: 0, paypal: 0, azureMarketplace: 0, invoice: 30 } };
/** JSON Schema of `LedgerPolicy`; that the terms used are whole days, `decide` sees. */
export const ledgerPolicySchema = object({ version: word, terms: { type: 'object' } });

interface Command<T extends string> {
  readonly type: T;
  /** Names what it makes: the invoice, the payment, the refund. The same id again changes nothing. */
  readonly id: string;
  /** Who did it and why, for those who ask later. */
  readonly by?: string;
  readonly why?: string;
}
interface Amount {
  /** With all taxes, in minor units of the account's currency; at most 10¹¹. */
  readonly amountMinor: number;
  readonly currency: string;
}
interface Document extends Amount {
  /** The part of the amount that is tax. */
  readonly taxMinor: number;
  readonly number: string;
  /** The day of issue. */
  readonly on: CivilDate;
}
interface Reason {
  readonly by: string;
  readonly why: string;
}
export type LedgerCommand =
  /** Due on `dueOn`, else by the terms of `method`. */
  | (Command<'issueInvoice'> & Document & { readonly dueOn?: CivilDate; readonly method?: string })
  | (Command<'issueCreditNote'> & Document & { readonly invoice: string })
  /** A prepayment is a payment that finds nothing to pay (decision 17). */
  | (Command<'recordPayment'> & Amount)
  | (Command<'refund'> & Amount & Reason & { readonly payment: string })
  | (Command<'openDispute' | 'chargeback'> & Amount & { readonly payment: string })
  | (Command<'resolveDispute'> & { readonly payment: string; readonly dispute: string; readonly outcome: 'won' | 'lost' })
  | (Command<'writeOff'> & Reason & { readonly invoice: string })
  /** More is owed; less with a negative amount. */
  | (Command<'adjust'> & Amount & Reason & { readonly on: CivilDate });

/** One side of an entry: a debit is positive, a credit negative. */
export interface LedgerLine {
  readonly account: 'receivable' | 'cash' | 'credit' | 'revenue' | 'tax' | 'disputed' | 'writeOff' | 'adjustment';
  /** The document or payment it is about. */
  readonly of: string;
  /** What moved it: on a receivable the payment that paid, on cash the refund. */
  readonly by: string;
  readonly minor: number;
}
/** What was recorded. Never changed: what corrects it is another one. Its lines add up to 0. */
export interface LedgerEvent {
  readonly type: 'recorded';
  readonly at: Instant;
  readonly policyVersion: string;
  readonly command: LedgerCommand;
  /** Of what is owed from now on. */
  readonly dueOn?: CivilDate;
  readonly lines: readonly LedgerLine[];
}
/** One account in one currency (decision 43). All amounts follow from the journal. */
export interface LedgerState {
  readonly accountId: string;
  readonly currency: string;
  readonly journal: readonly LedgerEvent[];
}
/** Money to be sent back by the way it came, once per id. */
export interface LedgerEffect {
  readonly type: 'refundPayment';
  readonly id: string;
  readonly payment: string;
  readonly amountMinor: number;
  readonly currency: string;
}
export interface LedgerOutcome {
  readonly state: LedgerState;
  readonly events: readonly LedgerEvent[];
  readonly effects: readonly LedgerEffect[];
}
/** `tooMuch`: more than was charged, paid or is open; how much is left stands in the facts. */
export type LedgerRefusal = 'badInput' | 'idTaken' | 'otherCurrency' | 'tooMuch';
