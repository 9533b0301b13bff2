import { defaultSubscriptionPolicy, subscription, type PlanTable, type SubscriptionCommand, type SubscriptionPolicy, type SubscriptionState } from '../../../../core/src/index.ts';
import { jsonField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';
import { moving, textOf, valueOf } from '../../examples.ts';
import { pickedField, policyChangesOption, policyOf } from '../../fields.ts';
import { withWakeAt } from '../../lifecycle.ts';
import { shaped, shapes } from '../../shaped.ts';

const internet = (sku: string, description: string, unitMinor: number) => [{ key: 'internet', price: { sku, description, unitMinor } }];
export const plans: PlanTable = {
  basic: { rank: 1, items: internet('FTTH80I', 'Fibre Internet 80M/80M', 7995) },
  plus: { rank: 2, items: internet('FTTH150I', 'Fibre Internet 150M/150M', 9995) },
};
const policy: SubscriptionPolicy = { ...defaultSubscriptionPolicy, plans };
const NOON = '2026-04-01T16:00:00.000Z';
const created = valueOf(subscription.decide(subscription.initial('sub_1'), { type: 'create', plan: 'basic', zone: 'America/Toronto' }, NOON, policy)).state;
const active = valueOf(subscription.decide(created, { type: 'activate' }, NOON, policy)).state;
/** It went live so many days ago. */
const liveSince = (days: number): string => {
  const day = `$now.minus({ days: ${days} })`;
  const civil = `${day}.setZone("America/Toronto")`;
  return moving(active, { [NOON]: `${day}.toUTC().toISO()`, '2026-04-01': `${civil}.toISODate()`, '2026-05-01': `${civil}.plus({ months: 1 }).toISODate()` });
};

export const stateField = jsonField('state', 'Subscription', 'The subscription as Start, Activate, Decide or Tick left it: the state of their answer', { default: liveSince(3) });
export const dueField = { ...stateField, default: liveSince(35) };
export const pendingField = { ...stateField, default: moving(created, { [NOON]: '$now.minus({ hours: 1 }).toUTC().toISO()' }) };
export const plansField = jsonField('plans', 'Plans', 'All plans by their key: rank (higher is better), items with key and price and, if limited, upgrades, downgrades, trialDays', { default: textOf(plans) });
export const planField = (byDefault: string) => pickedField('plan', 'Plan', 'One of the plans', 'searchPlans', byDefault, 'e.g. plus');
export const policyField = { ...policyChangesOption, description: 'What differs from the built-in subscription policy, with a version of its own; the plans stand by themselves' };

/** Reads the subscription, and answers with it. */
export const stateOf = (read: Inputs, answer: (state: SubscriptionState) => unknown): unknown => shaped(read, { state: shapes.kept }, ({ state }) => answer(state));
/** Decides one command under the operator's plans and policy. */
export function decided(read: Inputs, state: SubscriptionState, command: SubscriptionCommand): unknown {
  const rules = { ...policyOf(read.options('options'), defaultSubscriptionPolicy), plans: plansOf(read) };
  return withWakeAt(subscription.decide(state, command, read.text('now'), rules), (after) => subscription.wakeAt(after, rules));
}
export const plansOf = (read: Inputs): PlanTable => read.object('plans') as unknown as PlanTable;
