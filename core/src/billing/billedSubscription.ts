import type { Cadence } from '../kernel/cadence.ts';
import type { CivilDate, Period } from '../kernel/civil.ts';

/** What an item costs from a day on: a plan, a price phase, a quantity. */
export interface PriceTerm {
  readonly from: CivilDate;
  /** The day after the last; without it the term runs to the next one, or on. */
  readonly until?: CivilDate;
  readonly sku: string;
  readonly description: string;
  /** Default 1. */
  readonly quantity?: number;
  /** Of one, for a whole period, minor units before tax; negative for a discount. */
  readonly unitMinor: number;
  /** Default `standard`. */
  readonly taxCode?: string;
  /** Why it costs this: an intro phase, a tier, who allowed it. Ends up on the bill. */
  readonly because?: string;
}

/** One thing billed again and again. Its key stays when its plan or price changes. */
export interface BilledItem {
  readonly key: string;
  /** `advance` (default) is due when its period begins, `arrears` when it has ended. */
  readonly timing?: 'advance' | 'arrears';
  /** False for a fee due whole for each month begun (decision 10). Default true. */
  readonly prorated?: boolean;
  /** Whether discounts may eat into it (decision 8). Default: whatever is prorated. */
  readonly discountable?: boolean;
  /** In the order of their days. */
  readonly terms: readonly PriceTerm[];
}

/** Something billed once: a fee, equipment, rated usage. */
export interface OneCharge {
  readonly key: string;
  readonly on: CivilDate;
  readonly sku: string;
  readonly description: string;
  /** Default 1. */
  readonly quantity?: number;
  /** For the whole quantity, minor units before tax. */
  readonly amountMinor: number;
  readonly taxCode?: string;
  /** What it is for, e.g. the month whose usage was rated. */
  readonly period?: Period;
  readonly because?: string;
}

/** A subscription as billing sees it: plain facts about what was sold and when, from which every bill follows. */
export interface BilledSubscription {
  readonly id: string;
  /** The day it went live, in the zone of the account (decisions 18, 20). */
  readonly start: CivilDate;
  /** The first day without it (decision: the day of a change belongs to what comes after it). */
  readonly end?: CivilDate;
  /** Default: every month, from the day of the start. */
  readonly cadence?: Cadence;
  /** A first part period is billed by itself, or together with the first whole one. Default `own`. */
  readonly stub?: 'own' | 'withNext';
  readonly items: readonly BilledItem[];
  readonly charges?: readonly OneCharge[];
  /** Voluntary pauses, days not charged. Suspension for nonpayment is none (decision 34). */
  readonly pauses?: readonly { readonly from: CivilDate; readonly until?: CivilDate }[];
}
