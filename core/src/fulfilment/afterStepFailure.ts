import { afterFailure, defaultRetry, type RetryPolicy } from '../kernel/retry.ts';
import { isRefusal, undoOf, type FalloutOwner, type FulfilmentPlan, type FulfilmentStep, type NextMove, type StepFailure } from './step.ts';

export interface FailedRun {
  readonly plan: FulfilmentPlan;
  /** Keys of the steps that are done, in any order. */
  readonly done: readonly string[];
  /** Key of the step that failed. */
  readonly failed: string;
  /** The VendorError or refusal it failed with. */
  readonly failure: StepFailure;
  /** Which attempt this was; 1 = first. */
  readonly attempt?: number;
  /** What a look at the system showed since (`unknown`: looking did not help); without it the failure's own outcome counts. */
  readonly observed?: 'applied' | 'notApplied' | 'unknown';
}

export interface AfterStepFailure {
  /** `goOn`: a look showed that the step had worked after all. */
  readonly type: 'repeat' | 'observe' | 'undo' | 'callPerson' | 'goOn';
  /** What to run now; for `undo` in reverse of the order in which it was done. */
  readonly steps: readonly NextMove[];
  /** Who owns it if it falls out. */
  readonly owner: FalloutOwner;
  readonly message: string;
  readonly hint: string;
  readonly because: string;
  /** Whether the order stands still until it is settled. */
  readonly blocking: boolean;
  /** For `repeat`: how long to wait first. */
  readonly delayMs?: number;
}

/**
 * What to do when a step of an order failed: look first when nobody knows, repeat what passes, before the money undo everything in
 * reverse, after it call the person who owns the step. Nothing is ever dropped (S0-88…S0-92, S1-103).
 * @throws RangeError when `failed` is not a step of the plan.
 * @example afterStepFailure({ plan, done: ['verifyPayment', 'holdPort'], failed: 'capturePayment', failure: declined }).steps[0].key // 'releasePort'
 */
export function afterStepFailure(run: FailedRun, retry: RetryPolicy = defaultRetry): AfterStepFailure {
  const step = run.plan.steps.find(({ key }) => key === run.failed);
  if (!step) throw new RangeError(`afterStepFailure: "${run.failed}" is not a step of order ${run.plan.orderId}`);
  const attempt = run.attempt ?? 1;
  const again: NextMove = { step: step.key, key: step.key, system: step.system, does: step.does };
  const base = { owner: step.owner, message: run.failure.message ?? `${step.key} failed.`, hint: run.failure.hint ?? 'Look at the order with the person who owns this step.', blocking: step.required };
  if (run.observed === 'applied') return { ...base, type: 'goOn', steps: [], because: `${step.key} was seen in place.`, blocking: false };

  const next = verdict(step, run, attempt, retry);
  if (next.type === 'observe') return { ...base, type: 'observe', steps: [again], because: next.because };
  if (next.type === 'repeat') return { ...base, type: 'repeat', steps: [again], because: next.because, delayMs: next.delayMs };

  if (!step.required) return { ...base, type: 'callPerson', steps: [again], because: `${next.because}; the order goes on without it` };
  if (step.point === 'afterMoney') return { ...base, type: 'callPerson', steps: [again], because: `${next.because}; the customer has paid, so nothing is taken back without a person` };
  const unsure = run.observed === 'unknown';
  if (unsure && step.takesMoney) return { ...base, type: 'callPerson', steps: [again], because: 'nobody knows whether money was taken, so nothing is taken back without a person' };
  // What may have happened is taken back too: an undo touches only what the order holds.
  return { ...base, type: 'undo', steps: undoOf(run.plan, unsure ? [...run.done, step.key] : run.done), because: `${next.because}; no money was taken, so everything is taken back` };
}

function verdict(step: FulfilmentStep, run: FailedRun, attempt: number, retry: RetryPolicy): ReturnType<typeof afterFailure> {
  if (run.observed === 'unknown') return { type: 'callPerson', because: 'nobody could see whether it happened' };
  const policy = { ...retry, attempts: step.maxAttempts };
  if (isRefusal(run.failure)) {
    const passes = step.passing?.includes(run.failure.code) ?? false;
    if (!passes) return { type: 'callPerson', because: `${run.failure.code} is a no, not a fault` };
    return afterFailure({ kind: 'deviceSilent', outcome: 'notApplied' }, attempt, policy);
  }
  // A failure nobody classified says nothing about the effect either.
  const { kind } = run.failure;
  const outcome = run.observed ?? run.failure.outcome ?? (kind === undefined || kind === 'timedOut' ? 'unknown' : 'notApplied');
  // An "applied" without its reply is as good as unknown until it is read back.
  return afterFailure({ ...run.failure, outcome: outcome === 'applied' ? 'unknown' : outcome }, attempt, policy);
}
