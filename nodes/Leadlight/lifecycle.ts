import type { Decision, Instant } from '../../core/src/index.ts';

/** A lifecycle's answer with the instant of its next tick beside it, for a Wait node or a schedule. */
export function withWakeAt<Outcome extends { readonly state: unknown }>(answer: Decision<Outcome>, wakeAt: (state: Outcome['state']) => Instant | null): Decision<Outcome & { readonly wakeAt: Instant | null }> {
  return answer.type === 'refused' ? answer : { ...answer, value: { ...answer.value, wakeAt: wakeAt(answer.value.state) } };
}
