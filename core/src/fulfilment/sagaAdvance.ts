import { deriveId } from '../kernel/id.ts';
import type { SagaAct } from './sagaState.ts';
import type { SagaTurn } from './sagaTurn.ts';
import type { FulfilmentStep } from './step.ts';

/** Begins the next thing, if nothing is busy: what is due, else what is ready; with nothing left, says how it ended. @example advance(turn) */
export function advance(turn: SagaTurn): void {
  const { now, policy } = turn;
  const at = turn.state;
  if (at.status !== 'running' && at.status !== 'undoing') return;
  const { steps } = at.plan;
  const of = (step: FulfilmentStep) => at.steps[step.key]!;
  if (steps.some((step) => of(step).activity?.busy)) return;
  const inTurn = at.direction === 'forward' ? steps : [...steps].reverse();
  const due = inTurn.find((step) => of(step).activity && Date.parse(of(step).activity!.until) <= Date.parse(now));
  if (due) return begin(due, of(due).activity!.act, of(due).activity!.about);

  if (at.direction === 'forward') {
    const ready = steps.find((step) => {
      const { inPlace, activity, person } = of(step);
      return inPlace === 'no' && !activity && !person && step.needs.every((key) => at.steps[key]?.inPlace === 'yes');
    });
    if (ready) return begin(ready, 'do', 'do');
    if (steps.some((step) => of(step).activity)) return;
    return turn.emit({ type: 'ended', status: steps.every((step) => !step.required || of(step).inPlace === 'yes') ? 'live' : 'fallout', policyVersion: policy.version });
  }

  // Backward: strictly in reverse, so that nothing loses what it stands on; first what a cancelled run still has to look at.
  if (steps.some((step) => of(step).activity?.about === 'do')) return;
  const held = (step: FulfilmentStep) => of(step).inPlace !== 'no' && step.undo !== undefined;
  const next = inTurn.find((step) => held(step) && !of(step).person);
  if (next) return of(next).activity ? undefined : begin(next, 'undo', 'undo');
  return turn.emit({ type: 'ended', status: steps.some(held) ? 'fallout' : 'undone', policyVersion: policy.version });

  function begin(step: FulfilmentStep, act: SagaAct, about: 'do' | 'undo'): void {
    turn.emit({ type: 'begun', step: step.key, act, about, until: turn.later(policy.stepTimeoutMs) });
    const after = turn.state;
    const { orderId } = after.plan;
    const attempt = after.steps[step.key]!.total[act];
    const undo = act === 'undo' && step.undo ? step.undo : undefined;
    turn.ask({
      type: act,
      id: deriveId(orderId, act, step.key, attempt),
      idempotencyKey: deriveId(orderId, undo?.key ?? step.key),
      orderId,
      step: step.key,
      key: undo?.key ?? step.key,
      system: undo?.system ?? step.system,
      does: act === 'observe' ? `Look whether this stands: ${step.does}` : (undo?.does ?? step.does),
      attempt,
      given: Object.fromEntries(steps.flatMap(({ key }) => { const { output, inPlace } = after.steps[key]!; return output && inPlace !== 'no' ? [[key, output]] : []; })),
    });
  }
}
