import type { CivilDate, Instant } from '../kernel/civil.ts';
import type { Decided, Happened, Kept, Wanted } from '../subscription/lifecycle.ts';
import type { Experiment } from './assignVariant.ts';

/** Something offered or said during a trial, once. */
export interface Campaign {
  readonly key: string;
  /** Days after the day of the start; negative, before the day of the end, moved when that moves. At the hour of the policy. */
  readonly day?: number;
  /** Or at the first activity of this kind; `usage` with `percent` at that share of a limit, once for each metric. */
  readonly on?: string;
  readonly percent?: number;
  /** Only while fewer features than this were used. */
  readonly featuresBelow?: number;
  /** Shown in the product instead of mailed. */
  readonly inApp?: boolean;
  /** A price phase, so that pricing can take it as it is. */
  readonly offer?: { readonly months: number; readonly offPpm: number };
}
export interface TrialPlan {
  /** By metric; one that is not named has no limit. */
  readonly limits: Readonly<Record<string, number>>;
  readonly features: readonly string[];
}
/** A variant may set the length of the trial or what it opens (S2-076). */
export interface TrialExperiment extends Experiment {
  readonly variants: readonly { readonly key: string; readonly weight: number; readonly set?: Partial<TrialPlan> & { readonly days?: number } }[];
}
export interface TrialPolicy {
  readonly version: string;
  readonly minDays: number;
  readonly maxDays: number;
  readonly days: number;
  readonly extensions: number;
  readonly extensionDays: number;
  readonly graceDays: number;
  /** Wall clock of the tenant. */
  readonly hour: string;
  readonly campaigns: readonly Campaign[];
  readonly plans: Readonly<Record<string, TrialPlan>>;
  readonly experiments: readonly TrialExperiment[];
}

export type TrialStatus = 'new' | 'running' | 'expiringGrace' | 'converted' | 'expired' | 'cancelled';
/** Everything but the first fields is there once it has begun. */
export interface TrialState extends Kept {
  readonly status: TrialStatus;
  readonly tenant?: string;
  readonly plan?: string;
  readonly zone?: string;
  readonly startedAt?: Instant;
  readonly endsAt?: Instant;
  /** Its length with all extensions. */
  readonly days?: number;
  readonly limits?: TrialPlan['limits'];
  readonly features?: TrialPlan['features'];
  /** The variant of each experiment. */
  readonly variants?: Readonly<Record<string, string>>;
  readonly extensions?: readonly { readonly days: number; readonly reason: string; readonly at: Instant }[];
  /** Keys of campaigns that are settled: said, or not needed when they were due. */
  readonly settled?: readonly string[];
  /** What it was converted to. */
  readonly subscription?: string;
  readonly activities?: number;
  readonly featureUses?: number;
  /** Civil days with any activity. */
  readonly activeDays?: number;
  readonly lastActive?: CivilDate;
}

/** `id` makes a command safe to repeat. */
export type TrialCommand = { readonly id?: string } & (
  | { readonly type: 'tick' }
  /** `hadTrial`: whether the tenant had one before, which the caller knows. Without days, the variant's or the policy's. */
  | { readonly type: 'start'; readonly tenant: string; readonly plan: string; readonly zone: string; readonly days?: number; readonly hadTrial?: boolean }
  | { readonly type: 'extend'; readonly days: number; readonly reason: string }
  /** The subscription as it was looked up. */
  | { readonly type: 'convert'; readonly subscription: { readonly id: string; readonly status: string } }
  | { readonly type: 'cancel' }
  /** `feature` counts as use of a feature, `usage` reports what stands on a metric; any other kind is just activity. */
  | { readonly type: 'record'; readonly activity: string; readonly count?: number; readonly metric?: string; readonly used?: number }
);
export type TrialEvent = Happened<TrialState>;
export type TrialEffect = Wanted & (
  /** Open or close what the trial gives. */
  | ({ readonly type: 'service'; readonly on: true; readonly plan: string; readonly days: number } & TrialPlan)
  | { readonly type: 'service'; readonly on: false }
  /** What is to be said or offered; the key names the template, and the metric it is about after a colon. */
  | (Campaign & { readonly type: 'campaign'; readonly endsAt: Instant })
  /** Activate the subscription. */
  | { readonly type: 'convert'; readonly subscription: string; readonly plan: string }
);
export type TrialOutcome = Decided<TrialState, TrialEffect>;
