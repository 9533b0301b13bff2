import { mustBe } from '../kernel/decision.ts';
import type { Instant } from '../kernel/civil.ts';
import { act, type Told } from './dunningAct.ts';
import type { DunningCase, DunningCommand, DunningDecision, DunningEvent, DunningOpening } from './dunningCase.ts';
import { defaultDunningPolicy, type DunningPolicy } from './dunningPolicy.ts';
import { instant } from './fault.ts';

/** Folds one event into the case; the first one into nothing. @example evolve(undefined, { type: 'scheduled', at: '', policy: '', set: { wakeAt: null } }) // { wakeAt: null } */
export function evolve(state: DunningCase | undefined, event: DunningEvent): DunningCase {
  return { ...state!, ...event.set };
}
/** When to send the next `tick`; null when only a command can move the case. @example wakeAt({ wakeAt: '2026-04-04T12:00:00.000Z' }) // '2026-04-04T12:00:00.000Z' */
export function wakeAt(state: Pick<DunningCase, 'wakeAt'>): Instant | null {
  return state.wakeAt;
}

let heard: unknown;
let known = '';
const none: readonly never[] = [];
/**
 * What happens next in a case of unpaid invoices (S0-80…S0-86, decisions 28 to 34). The command is heard first and then all that is
 * overdue is done in order, so that a payment beats the suspension of the same instant, and one late tick does what several would have
 * (inv-46). Before anybody is suspended or terminated the balance is read again: the effect `checkBalance` is answered by `balanceRead`.
 * Amounts are minor units, days are read in the zone of the account. Refuses `badInput`, `badPolicy`, `ignored`, `notExpected`, `limit`.
 * @example decide({ wakeAt: '2026-04-04T12:00:00.000Z' }, { type: 'tick' }, '2026-04-02T00:00:00Z') // accepted { effects: [], … }
 */
export function decide(state: DunningCase, command: DunningCommand, now: Instant, policy: DunningPolicy = defaultDunningPolicy): DunningDecision {
  // A run asks for the same moment again and again: the form that sorts as text is worked out once.
  if (now !== heard) {
    known = !instant(now) ? '' : now.length === 24 ? now : new Date(now).toISOString();
    heard = now;
  }
  if (!known) return mustBe('now');
  return command?.type === 'tick' && known < (state.wakeAt ?? '~') ? { type: 'accepted', value: { state, events: none, effects: none }, because: none } : act(state, (command ?? {}) as Told, known, policy);
}
/**
 * Opens a case: day 0 is the day of the first failed charge, or the day after the due day (decisions 28, 42). At once comes a charge of
 * the next stored method (S0-81, decision 35) and a notice (S0-82). Steps of days that are already over are left out.
 * Refuses `badInput` with the path, `badPolicy`.
 * @example open({ caseId: 'd1', accountId: 'a1', zone: 'America/Toronto', currency: 'CAD', invoices: [{ id: 'inv_1', amountMinor: 17199 }], methods: [], dueOn: '2026-04-01' }, '2026-04-02T14:00:00Z') // accepted { state: { status: 'grace', day0: '2026-04-02', wakeAt: '2026-04-05T12:00:00.000Z', … }, … }
 */
export function open(input: DunningOpening, now: Instant, policy?: DunningPolicy): DunningDecision {
  return decide(undefined as never, { ...input, type: 'open' } as never, now, policy);
}
