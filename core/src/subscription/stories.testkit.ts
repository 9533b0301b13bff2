import fc from 'fast-check';
import { bill } from '../billing/generators.testkit.ts';
import type { Decision } from '../kernel/decision.ts';
import { billedOf } from './billedOf.ts';
import { accepted, storyOf, zone, type Machine } from './laws.testkit.ts';
import * as subscription from './subscription.ts';
import { defaultSubscriptionPolicy } from './subscriptionPolicy.ts';
import type { PlanTable, SubscriptionCommand, SubscriptionEffect, SubscriptionOutcome, SubscriptionPolicy, SubscriptionState } from './subscriptionState.ts';

export type Step = readonly [now: string, command: SubscriptionCommand];
const plan = (rank: number, sku: string, unitMinor: number, paths: object = {}) => ({ rank, items: [{ key: 'plan', price: { sku, description: sku, unitMinor } }], ...paths });
/** The seeds' plans; FTTH150I and FTTH500I cost the same. */
export const plans: PlanTable = {
  free: plan(0, 'FREE', 0, { upgrades: ['starter', 'professional', 'enterprise'] }),
  starter: plan(1, 'STARTER', 9900, { upgrades: ['professional', 'enterprise'], downgrades: [] }),
  professional: plan(2, 'PRO', 49900, { upgrades: ['enterprise'], downgrades: ['starter'] }),
  enterprise: plan(3, 'ENT', 249900, { upgrades: [], downgrades: ['professional', 'starter'] }),
  FTTH25: plan(25, 'FTTH25', 4995), FTTH150I: plan(150, 'FTTH150I', 9995), FTTH500I: plan(500, 'FTTH500I', 9995), FTTH1500I: plan(1500, 'FTTH1500I', 10995),
};
export const policy: SubscriptionPolicy = { ...defaultSubscriptionPolicy, plans };
export const machine: Machine<SubscriptionState, SubscriptionCommand, SubscriptionEffect> = {
  initial: subscription.initial, evolve: subscription.evolve, decide: (state, command, now) => subscription.decide(state, command, now, policy), wakeAt: (state) => subscription.wakeAt(state, policy),
};
export const live = '2026-04-13T14:20:00.000Z';
export const create = { type: 'create', plan: 'FTTH150I', zone: 'America/Toronto' } as const satisfies SubscriptionCommand;
export const begun: readonly Step[] = [[live, create], [live, { type: 'activate' }]];
export const starter: readonly Step[] = [[live, { ...create, plan: 'starter' }], [live, { type: 'activate' }]];
export function play(steps: readonly Step[], by: SubscriptionPolicy = policy): { readonly state: SubscriptionState; readonly answers: readonly Decision<SubscriptionOutcome>[]; readonly effects: readonly SubscriptionEffect[] } {
  let state = subscription.initial('sub_1');
  const answers = steps.map(([now, command]) => {
    const answer = subscription.decide(state, command, now, by);
    if (answer.type === 'accepted') state = answer.value.state;
    return answer;
  });
  return { state, answers, effects: answers.flatMap((answer) => (answer.type === 'accepted' ? answer.value.effects : [])) };
}
export const billedOn = (effects: readonly SubscriptionEffect[]): readonly string[] => effects.flatMap((one) => (one.type === 'bill' ? [one.on] : []));
/** All the money of a subscription: each bill made when it was asked for, by the state as it then was. */
export function charged(told: readonly { readonly state: SubscriptionState; readonly effects: readonly SubscriptionEffect[] }[]): readonly { readonly on: string; readonly minor: number }[] {
  const billed: NonNullable<ReturnType<typeof bill>>['lines'][number][] = [];
  return told.flatMap(({ state, effects }) => effects.flatMap((one) => {
    if (one.type !== 'bill') return [];
    const made = bill({ subscriptions: [accepted(billedOf(state, plans))], asOf: one.on, billed });
    billed.push(...(made?.lines ?? []));
    return made ? [{ on: one.on, minor: made.subtotalMinor }] : [];
  }));
}
export const money = (steps: readonly Step[], by = policy): readonly { readonly on: string; readonly minor: number }[] => charged(play(steps, by).answers.flatMap((answer) => (answer.type === 'accepted' ? [answer.value] : [])));

const command: fc.Arbitrary<SubscriptionCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<SubscriptionCommand>({ type: 'tick' }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('changePlan' as const), plan: fc.constantFrom(...Object.keys(plans), 'none'), when: fc.constantFrom('now' as const, 'periodEnd' as const) }) },
  { weight: 3, arbitrary: fc.constantFrom<SubscriptionCommand>({ type: 'pause' }, { type: 'resume' }, { type: 'addLock', reason: 'nonpayment', by: 'dunning' }, { type: 'removeLock', reason: 'nonpayment', by: 'payment' }, { type: 'addLock', reason: 'fraud', by: 'fraudDesk' }, { type: 'removeLock', reason: 'fraud', by: 'payment' }) },
  { weight: 2, arbitrary: fc.constantFrom<SubscriptionCommand>({ type: 'convertTrial' }, { type: 'undoCancel' }, { type: 'undoChange' }, { type: 'cancel' }, { type: 'renew' }, { type: 'paymentSucceeded' }) },
  fc.constantFrom<SubscriptionCommand>({ type: 'cancel', when: 'now' }, { type: 'expire' }, create, { type: 'activate' }),
);
const creates = fc.record({
  type: fc.constant('create' as const), plan: fc.constantFrom('starter', 'professional', 'FTTH150I'), zone,
  cadence: fc.constantFrom({ unit: 'month' as const }, { unit: 'month' as const, anchorDay: 31 }, { unit: 'month' as const, anchorDay: 'last' as const }, { unit: 'week' as const }, { unit: 'quarter' as const, anchorMonth: 1, anchorDay: 1 }, { unit: 'year' as const }, { unit: 'day' as const, every: 3 }),
});
const activates = fc.record({ type: fc.constant('activate' as const), trialDays: fc.constantFrom(0, 0, 0, 14, 30), paid: fc.constantFrom(true, true, true, false) });
export const stories = storyOf<SubscriptionCommand>([creates, activates], command);
/** The lines of all those bills. */
export function chargedLines(told: readonly SubscriptionOutcome[]): NonNullable<ReturnType<typeof bill>>['lines'] {
  let billed: NonNullable<ReturnType<typeof bill>>['lines'] = [];
  for (const { state, effects } of told) for (const one of effects) if (one.type === 'bill') billed = [...billed, ...(bill({ subscriptions: [accepted(billedOf(state, plans))], asOf: one.on, billed })?.lines ?? [])];
  return billed;
}
