import type { BilledItem, PriceTerm } from '../billing/billedSubscription.ts';
import type { Lock, LockPolicy, LockReason } from '../dunning/locks.ts';
import type { Cadence } from '../kernel/cadence.ts';
import type { CivilDate, Instant, Period } from '../kernel/civil.ts';
import type { Decided, Happened, Kept, Wanted } from './lifecycle.ts';

/** One thing a plan bills, at its price in this plan. */
export interface PlanItem extends Omit<BilledItem, 'terms'> {
  readonly price: Omit<PriceTerm, 'from' | 'until'>;
}
export interface Plan {
  /** Higher is better. By speed or scope, never by price: two plans may cost the same (decision 16). */
  readonly rank: number;
  readonly items: readonly PlanItem[];
  /** Where it may go up and down to; without, anywhere the ranks allow (S2-061). */
  readonly upgrades?: readonly string[];
  readonly downgrades?: readonly string[];
  /** Days of trial it comes with; default none. */
  readonly trialDays?: number;
}
export type PlanTable = Readonly<Record<string, Plan>>;
export type When = 'now' | 'periodEnd';

export interface SubscriptionPolicy {
  readonly version: string;
  readonly plans: PlanTable;
  /** Wall clock of reminders, in the zone of the account. */
  readonly hour: string;
  /** So many days before a period ends, each once (S0-64). */
  readonly reminderDays: readonly number[];
  /** Cancelled sooner than this after activation, it ends at once and everything is paid back (S0-137). */
  readonly coolingOffHours: number;
  readonly upgrade: When;
  readonly downgrade: When;
  readonly cancel: When;
  /** What becomes of a trial nobody decided on. */
  readonly trialEnd: 'convert' | 'end';
  readonly locks?: LockPolicy;
}

/** `incomplete`: live but for the first payment (S0-136). */
export type SubscriptionStatus = 'new' | 'pending' | 'incomplete' | 'trialing' | 'active' | 'cancelling' | 'ended' | 'abandoned';
/** Everything but the first fields is there once it has been created or activated. */
export interface SubscriptionState extends Kept {
  readonly status: SubscriptionStatus;
  readonly plan?: string;
  readonly zone?: string;
  readonly cadence?: Cadence;
  readonly activatedAt?: Instant;
  /** The first day that is billed: after a trial the day it ends. */
  readonly start?: CivilDate;
  /** The first day without it. */
  readonly end?: CivilDate;
  /** The period that runs, of a trial the trial itself. */
  readonly period?: Period;
  /** Which plan from which day on, for billing. */
  readonly history?: readonly { readonly plan: string; readonly from: CivilDate }[];
  readonly scheduled?: { readonly plan: string; readonly on: CivilDate } | null;
  readonly locks?: readonly Lock[];
  readonly pauses?: readonly { readonly from: CivilDate; readonly until?: CivilDate }[];
  /** How many days before its end the last reminder of this period was; 999 before the first. */
  readonly reminded?: number;
  readonly canceledAt?: Instant | null;
  readonly endedAt?: Instant;
  /** What is paid back after an end at once: the days not used, or everything. */
  readonly refund?: 'unused' | 'full';
}

/** `id` makes a command safe to repeat. */
export type SubscriptionCommand = { readonly id?: string } & (
  | { readonly type: 'tick' }
  | { readonly type: 'create'; readonly plan: string; readonly zone: string; readonly cadence?: Cadence }
  /** `on`: the day it went live, default today. `trialDays`: default the plan's. `paid: false`: the first payment is still to come. */
  | { readonly type: 'activate'; readonly on?: CivilDate; readonly trialDays?: number; readonly paid?: boolean }
  | { readonly type: 'paymentSucceeded' }
  | { readonly type: 'convertTrial' }
  /** `as`: what the customer asked for; refused when the ranks say otherwise. */
  | { readonly type: 'changePlan'; readonly plan: string; readonly when?: When; readonly as?: 'upgrade' | 'downgrade' }
  | { readonly type: 'undoChange' }
  | { readonly type: 'cancel'; readonly when?: When }
  | { readonly type: 'undoCancel' }
  /** Does what is due, as a tick does. */
  | { readonly type: 'renew' }
  | { readonly type: 'pause' | 'resume'; readonly by?: string }
  | { readonly type: 'addLock'; readonly reason: LockReason; readonly by: string; readonly note?: string }
  | { readonly type: 'removeLock'; readonly reason: LockReason; readonly by: string }
  | { readonly type: 'expire' }
);
export type SubscriptionEvent = Happened<SubscriptionState>;
export type SubscriptionEffect = Wanted & (
  /** Run billing for it as of a day. */
  | { readonly type: 'bill'; readonly on: CivilDate; readonly refund?: 'unused' | 'full' }
  | { readonly type: 'remind'; readonly renewsOn: CivilDate; readonly plan: string }
  /** What the network is to do: on with this plan, or off. */
  | { readonly type: 'service'; readonly on: boolean; readonly plan: string }
);
export type SubscriptionOutcome = Decided<SubscriptionState, SubscriptionEffect>;
