import type { CivilDate, Instant } from '../kernel/civil.ts';
import type { Decision } from '../kernel/decision.ts';

/** Something owed: an invoice, or a fee of this case, which names its invoice (`of`). */
export interface DunningOwed {
  readonly id: string;
  readonly amountMinor: number;
  readonly of?: string;
}
/** What a case is opened with. Either a charge failed, or an invoice on terms was not paid by its due day (decisions 28, 42). */
export interface DunningOpening {
  readonly caseId: string;
  readonly accountId: string;
  /** IANA zone of the account: all its days and times are read there. */
  readonly zone: string;
  readonly currency: string;
  /** Oldest first; payments go to them in this order. */
  readonly invoices: readonly Omit<DunningOwed, 'of'>[];
  /** Stored payment methods as opaque ids, never card data, in the order they are tried. */
  readonly methods: readonly string[];
  /** Of the first failed charge: when, which method, the decline code. */
  readonly failedAt?: Instant;
  readonly method?: string;
  readonly code?: string;
  /** Or the due day of the invoices. */
  readonly dueOn?: CivilDate;
}
/** Why nobody may suspend the account; `until` is the first day it may again. */
export interface DunningShield {
  readonly reason: string;
  readonly until: CivilDate | null;
}
export type DunningStatus = 'grace' | 'promised' | 'arrangement' | 'held' | 'suspended' | 'recovered' | 'terminated' | 'writtenOff';

/** A case as it stands. Plain data; only `evolve` makes the next one. */
export interface DunningCase extends Pick<DunningOpening, 'caseId' | 'accountId' | 'zone' | 'currency'> {
  readonly status: DunningStatus;
  readonly day0: CivilDate;
  /** Days by which promises, holds and late suspension have moved what is still to come. */
  readonly shift: number;
  /** The step of the policy that comes next. */
  readonly step: number;
  /** Nobody is cut off before this day: the notice runway, then the day of the last look at the balance. */
  readonly from: CivilDate;
  /** The `checkBalance` that waits for its answer. */
  readonly asked: string | null;
  readonly owed: readonly DunningOwed[];
  /** In the order they are tried next; a hard decline takes one out. */
  readonly methods: readonly string[];
  /** The last decline code. */
  readonly code: string | null;
  readonly shields: readonly DunningShield[];
  /** Since when a promise, arrangement or hold stops the clock. */
  readonly pausedAt: Instant | null;
  /** Of the promise or arrangement: what may still be owed at the end of each day. */
  readonly plan: readonly { readonly on: CivilDate; readonly leavesMinor: number }[];
  readonly promises: number;
  /** The ids of all commands that were accepted. */
  readonly seen: readonly string[];
  readonly wakeAt: Instant | null;
}

/** Each command but `tick` has an id of its own; the same id twice is `ignored` the second time. */
export type DunningCommand =
  | { readonly type: 'tick' }
  | ({ readonly id: string } & (
      | { readonly type: 'paid'; readonly amountMinor: number }
      | { readonly type: 'chargeFailed'; readonly method: string; readonly code: string }
      /** The customer gave a new method; it is tried first, at once. */
      | { readonly type: 'methodAdded'; readonly method: string }
      | { readonly type: 'promised'; /** The last day to pay everything. */ readonly until: CivilDate }
      | { readonly type: 'arrangement'; /** They make the whole that is owed, on rising days. */ readonly instalments: readonly { readonly on: CivilDate; readonly amountMinor: number }[] }
      | { readonly type: 'disputeOpened' }
      /** The customer was wrong: the debt stands, the clock goes on where it stopped. */
      | { readonly type: 'disputeLost' }
      /** The customer was right: nothing is owed. */
      | { readonly type: 'disputeWon' }
      /** Replaces the one with the same reason; `until` today lifts it. */
      | { readonly type: 'shield'; readonly reason: string; readonly until?: CivilDate }
      /** The answer to the effect `checkBalance` whose id is `check`. */
      | { readonly type: 'balanceRead'; readonly check: string; readonly outstandingMinor: number }
      /** Somebody with the authority ends the case unpaid. */
      | { readonly type: 'release' }
      | { readonly type: 'writeOff' }
    ));

/** What happened, when it was due, by which policy, and the fields of the case that it sets. */
export interface DunningEvent {
  readonly type: 'open' | 'step' | 'kept' | 'broken' | 'recovered' | 'scheduled' | DunningEffect['type'] | Exclude<DunningCommand['type'], 'tick'>;
  readonly at: Instant;
  readonly policy: string;
  readonly set: Partial<DunningCase>;
}

/** Something to do, once per id. What is late keeps its `dueAt`, so that of several only the newest need be done. */
export type DunningEffect = { readonly id: string; readonly accountId: string; readonly dueAt: Instant } & (
  | {
      readonly type: 'notice';
      readonly template: 'paymentFailed' | 'reminder' | 'suspend' | 'finalNotice' | 'terminate';
      /** `actionAt`: when, as things stand, the service is suspended or what comes after that. */
      readonly facts: { readonly outstandingMinor: number; readonly currency: string; readonly code: string | null; readonly actionAt: Instant | null };
    }
  | { readonly type: 'charge'; readonly method: string; readonly amountMinor: number }
  /** Read the balance from the ledger now and answer with `balanceRead`. */
  | { readonly type: 'checkBalance' }
  /** Add, or take away, the lock of this reason; or cancel the service for it. */
  | { readonly type: 'suspend' | 'resume' | 'terminate'; readonly reason: 'nonpayment' }
  /** Bill it; `of` is the invoice, or the case. */
  | { readonly type: 'lateFee' | 'reconnectionFee'; readonly of: string; readonly amountMinor: number }
  | { readonly type: 'writeOff'; readonly amountMinor: number }
);

export interface DunningOutcome {
  readonly state: DunningCase;
  readonly events: readonly DunningEvent[];
  readonly effects: readonly DunningEffect[];
}
/** `ignored`: heard before, or the answer to a check that is no longer asked. `notExpected`: not in this status. `limit`: more than the policy allows. */
export type DunningRefusal = 'badInput' | 'badPolicy' | 'ignored' | 'notExpected' | 'limit';
export type DunningDecision = Decision<DunningOutcome, DunningRefusal>;
