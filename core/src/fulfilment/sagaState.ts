import type { Instant } from '../kernel/civil.ts';
import type { JsonObject } from '../kernel/json.ts';
import { defaultRetry, type RetryPolicy } from '../kernel/retry.ts';
import type { FalloutOwner, FulfilmentPlan, StepFailure, StepSystem } from './step.ts';

export interface SagaPolicy {
  readonly version: string;
  /** Patience between attempts; how many there are stands on each step. */
  readonly retry: RetryPolicy;
  /** After this long without a word the call is taken as lost and looked for. */
  readonly stepTimeoutMs: number;
  /** Looks in a row that may fail before a person is called. */
  readonly lookAttempts: number;
}
export const defaultSagaPolicy: SagaPolicy = { version: 'fulfilment/1', retry: defaultRetry, stepTimeoutMs: 300_000, lookAttempts: 4 };

export type SagaAct = 'do' | 'undo' | 'observe';
/** `running`: busy or waiting. `live`: all required steps stand. `undone`: nothing is left. `fallout`: a person owns what is left. */
export type SagaStatus = 'running' | 'undoing' | 'live' | 'undone' | 'fallout';

export interface SagaStep {
  /** Whether its effect stands in the system, as far as was read back. */
  readonly inPlace: 'no' | 'yes' | 'maybe';
  /** What is being done about it, or waits for `until`; a look is made for a step or for its undo. */
  readonly activity?: { readonly act: SagaAct; readonly about: 'do' | 'undo'; readonly busy: boolean; readonly until: Instant };
  /** How often each was begun, ever; makes effect ids unique. */
  readonly total: Readonly<Record<SagaAct, number>>;
  /** How often since it last got somewhere; decides when patience ends. */
  readonly streak: Readonly<Record<SagaAct, number>>;
  /** What the vendor answered, for the steps that need it; kept so that a resumed run need not ask again. */
  readonly output?: JsonObject;
  readonly failure?: StepFailure;
  /** A person was called and has it. */
  readonly person?: PersonCall;
  readonly calls: number;
}

export interface PersonCall {
  readonly step: string;
  readonly owner: FalloutOwner;
  readonly about: 'do' | 'undo';
  readonly message: string;
  readonly hint: string;
  readonly because: string;
  /** Whether the order stands still until it is settled. */
  readonly blocking: boolean;
}

export interface SagaState {
  readonly plan: FulfilmentPlan;
  readonly status: SagaStatus;
  /** Which way it goes; a fallout remembers it. */
  readonly direction: 'forward' | 'backward';
  readonly steps: Readonly<Record<string, SagaStep>>;
}

export type SagaCommand =
  | { readonly type: 'tick' }
  | { readonly type: 'stepSucceeded'; readonly step: string; readonly output?: JsonObject }
  | { readonly type: 'stepFailed'; readonly step: string; readonly failure: StepFailure; readonly attempt?: number }
  | { readonly type: 'stepObserved'; readonly step: string; readonly observed: 'applied' | 'notApplied'; readonly output?: JsonObject }
  | { readonly type: 'undoSucceeded'; readonly step: string }
  | { readonly type: 'undoFailed'; readonly step: string; readonly failure: StepFailure; readonly attempt?: number }
  /** A person says it is repaired; it is looked at, not believed. */
  | { readonly type: 'personRepaired'; readonly step: string; readonly by: string }
  | { readonly type: 'cancel'; readonly because: string };

export type SagaEvent =
  | { readonly type: 'begun'; readonly step: string; readonly act: SagaAct; readonly about: 'do' | 'undo'; readonly until: Instant }
  | { readonly type: 'postponed'; readonly step: string; readonly act: SagaAct; readonly about: 'do' | 'undo'; readonly until: Instant; readonly because: string }
  | { readonly type: 'placed'; readonly step: string; readonly by: 'reply' | 'look' | 'late'; readonly output?: JsonObject }
  | { readonly type: 'absent'; readonly step: string; readonly failure?: StepFailure }
  | { readonly type: 'doubtful'; readonly step: string; readonly failure?: StepFailure }
  | { readonly type: 'undone'; readonly step: string; readonly by: 'reply' | 'look' }
  | { readonly type: 'turnedBack'; readonly because: string }
  | ({ readonly type: 'personCalled' } & PersonCall)
  | { readonly type: 'repairClaimed'; readonly step: string; readonly by: string }
  | { readonly type: 'ended'; readonly status: 'live' | 'undone' | 'fallout'; readonly policyVersion: string };

export type SagaEffect =
  | {
      readonly type: SagaAct;
      /** Unique per attempt: the outbox sends each once. */
      readonly id: string;
      /** The same on every attempt: hand it to the vendor. */
      readonly idempotencyKey: string;
      readonly orderId: string;
      readonly step: string;
      /** The step's key, or its undo's. */
      readonly key: string;
      readonly system: StepSystem;
      readonly does: string;
      readonly attempt: number;
      /** What the steps before answered, by key. */
      readonly given: Readonly<Record<string, JsonObject>>;
    }
  | ({ readonly type: 'callPerson'; readonly id: string; readonly orderId: string; /** Steps whose effects may still stand. */ readonly holding: readonly string[] } & PersonCall);

export interface SagaOutcome {
  readonly state: SagaState;
  readonly events: readonly SagaEvent[];
  readonly effects: readonly SagaEffect[];
}
