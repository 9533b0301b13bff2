import { defaultTrialPolicy, trial, type TrialCommand, type TrialState } from '../../../../core/src/index.ts';
import { jsonField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';
import { moving, valueOf } from '../../examples.ts';
import { policyChangesOption, policyOf } from '../../fields.ts';
import { withWakeAt } from '../../lifecycle.ts';
import { shaped, shapes } from '../../shaped.ts';

const BEGIN = '2026-04-01T14:00:00.000Z';
const begun = valueOf(trial.decide(trial.initial('trial_1'), { type: 'start', tenant: 'acme', plan: 'starter', zone: 'America/Toronto' }, BEGIN)).state;
const threeDaysAgo = { [BEGIN]: '$now.minus({ days: 3 }).toUTC().toISO()', [String(begun.endsAt)]: '$now.plus({ days: 11 }).toUTC().toISO()' };

export const stateField = jsonField('state', 'Trial', 'The trial as Start, Record or Tick left it: the state of their answer', { default: moving(begun, threeDaysAgo) });
export const policyField = { ...policyChangesOption, description: 'What differs from the built-in trial policy, with a version of its own' };
/** Reads the trial, and answers with it. */
export const stateOf = (read: Inputs, answer: (state: TrialState) => unknown): unknown => shaped(read, { state: shapes.kept }, ({ state }) => answer(state));
/** Decides one command under the operator's policy. */
export function decided(read: Inputs, state: TrialState, command: TrialCommand): unknown {
  const policy = policyOf(read.options('options'), defaultTrialPolicy);
  return withWakeAt(trial.decide(state, command, read.text('now'), policy), (after) => trial.wakeAt(after, policy));
}
