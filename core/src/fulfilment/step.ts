import type { Refused } from '../kernel/decision.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Outcome, VendorErrorKind } from '../kernel/vendorError.ts';

/** Who is called when a step cannot go on by itself. */
export type FalloutOwner = 'support' | 'dispatch' | 'noc' | 'finance' | 'sales';
/** The system a step acts on; `core` decides only. */
export type StepSystem = 'payments' | 'availability' | 'erpnext' | 'netbox' | 'radius' | 'voltha' | 'acs' | 'notices' | 'core';

/** What takes a step back. It must be safe to repeat and must touch only what this order holds. */
export interface Undo {
  readonly key: string;
  readonly system: StepSystem;
  readonly does: string;
}

/** One move of an order, described; the workflow performs it. */
export interface FulfilmentStep {
  /** Unique in the plan, camelCase: workflows branch on it. */
  readonly key: string;
  readonly phase: 'order' | 'installation';
  readonly system: StepSystem;
  /** One sentence for the person who watches. */
  readonly does: string;
  /** Absent when there is nothing to take back (a read, a message). */
  readonly undo?: Undo;
  /** Steps that must be done first. */
  readonly needs: readonly string[];
  /** `key`: the vendor honours an idempotency key, repeating is safe. `observe`: read back before repeating. */
  readonly idempotency: 'key' | 'observe';
  /** Before the customer's money is taken a failure is undone; after it, a person is called. */
  readonly point: 'beforeMoney' | 'afterMoney';
  /** Takes the money itself: when nobody knows whether it did, nothing may be undone blindly. */
  readonly takesMoney?: true;
  /** Whether the order may be called done without it. */
  readonly required: boolean;
  readonly maxAttempts: number;
  /** Refusal codes that pass by themselves (a light that is not yet on), so that they are tried again. */
  readonly passing?: readonly string[];
  readonly owner: FalloutOwner;
}

/** Ordered steps: each stands after all it needs. */
export interface FulfilmentPlan {
  readonly orderId: string;
  readonly steps: readonly FulfilmentStep[];
  readonly because: readonly string[];
}

/** The part of a VendorError that decides; its `toJSON()` fits. */
export interface VendorFailure {
  readonly type?: 'vendorError';
  readonly kind: VendorErrorKind;
  readonly outcome: Outcome;
  readonly message: string;
  readonly hint: string;
  readonly retryAfterMs?: number;
  readonly vendor?: string;
  readonly operation?: string;
  readonly detail?: JsonObject;
}

/** Why a step did not succeed: a vendor failed, or someone said no. */
export type StepFailure = VendorFailure | Refused;

/** Whether it is a business "no". @example isRefusal({ type: 'refused', code: 'portTaken', message: 'Taken.' }) // true */
export function isRefusal(failure: StepFailure): failure is Refused {
  return failure.type === 'refused';
}

/** One thing to do: a step again, a look at a step, or a step's undo. */
export interface NextMove {
  /** The step it is about. */
  readonly step: string;
  /** What to run: the step's own key, or its undo's. */
  readonly key: string;
  readonly system: FulfilmentStep['system'];
  readonly does: string;
}

/** The undo of every done step that has one, last done first (the plan's order is a topological one). */
export function undoOf(plan: FulfilmentPlan, done: readonly string[]): readonly NextMove[] {
  return plan.steps
    .filter((step): step is FulfilmentStep & { readonly undo: Undo } => step.undo !== undefined && done.includes(step.key))
    .reverse()
    .map((step) => ({ step: step.key, key: step.undo.key, system: step.undo.system, does: step.undo.does }));
}
