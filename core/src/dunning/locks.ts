import { line, list, object } from '../kernel/shapes.ts';
import type { Instant } from '../kernel/civil.ts';
import { accept, mustBe, refuse, type Decision } from '../kernel/decision.ts';
import type { JsonSchema } from '../kernel/schema.ts';
import { faultOf } from './fault.ts';

/** What a service may be shut for (0.8 of the billing reference). */
export type LockReason = 'nonpayment' | 'voluntary' | 'fraud' | 'admin' | 'regulatory';
/** One reason why a service is shut. `by` is a role or a system, never a person's name. */
export interface Lock {
  readonly reason: LockReason;
  readonly since: Instant;
  readonly by: string;
  readonly note?: string;
}
/** `walledGarden`: only the pages where it can be put right. `reject`: no session. `keeps`: what works on, such as emergency calls. */
export interface LockRule {
  /** Who may lift it. */
  readonly lift: readonly string[];
  readonly access: 'walledGarden' | 'reject';
  readonly keeps: readonly string[];
}
/** What the network lets through; `open` lets everything. */
export interface Access {
  readonly access: 'open' | LockRule['access'];
  readonly keeps: readonly string[];
}
export interface LockPolicy {
  readonly version: string;
  readonly reasons: Readonly<Record<LockReason, LockRule>>;
}
export type LockRefusal = 'badInput' | 'mayNotLift';

const rule = (access: LockRule['access'], ...lift: string[]): LockRule => ({ lift, access, keeps: ['911'] });
/** Payment lifts `nonpayment` and nothing else (decision 33); 911 stays reachable (decision 45). */
export const defaultLockPolicy: LockPolicy = {
  version: 'locks/1',
  reasons: {
    nonpayment: rule('walledGarden', 'payment', 'admin'),
    voluntary: rule('walledGarden', 'customer', 'admin'),
    fraud: rule('reject', 'fraudDesk'),
    admin: rule('reject', 'admin'),
    regulatory: rule('reject', 'regulator'),
  },
};

/** Every reason there is. */
export const lockReasons = Object.keys(defaultLockPolicy.reasons) as readonly LockReason[];
const ruleSchema = object({ lift: list(line), access: { enum: ['walledGarden', 'reject'] }, keeps: { type: 'array', items: line } });
/** JSON Schema of `LockPolicy`. */
export const lockPolicySchema: JsonSchema = object({ version: line, reasons: object(Object.fromEntries(lockReasons.map((reason) => [reason, ruleSchema]))) });

/**
 * Shuts a service for one more reason. There is one lock per reason: a second one changes nothing, and the same list is given back.
 * Refuses `badInput` for an unknown reason, a `since` that is no instant, an empty `by`.
 * @example addLock([], { reason: 'nonpayment', since: '2026-04-13T14:00:00.000Z', by: 'dunning' }) // accepted [{ reason: 'nonpayment', since: '2026-04-13T14:00:00.000Z', by: 'dunning' }]
 */
export function addLock(locks: readonly Lock[], lock: Lock): Decision<readonly Lock[], LockRefusal> {
  return faultOf(lock, 'since by') ?? (defaultLockPolicy.reasons[lock.reason]?.lift ? accept(locks.some(({ reason }) => reason === lock.reason) ? locks : [...locks, lock], `${lock.reason} locked by ${lock.by}`) : mustBe('reason'));
}
/**
 * Takes one reason away, and never another one (inv-51). Whoever may not is refused `mayNotLift`; without such a lock nothing changes.
 * @example removeLock([{ reason: 'voluntary', since: '2026-04-13T14:00:00.000Z', by: 'customer' }], 'voluntary', 'payment') // refused mayNotLift, by
 */
export function removeLock(locks: readonly Lock[], reason: LockReason, by: string, policy: LockPolicy = defaultLockPolicy): Decision<readonly Lock[], LockRefusal> {
  const lift = policy.reasons[reason]?.lift;
  if (!lift) return mustBe('reason');
  if (!lift.includes(by)) return refuse('mayNotLift', `${reason} is not lifted by ${by} (${policy.version}).`, { path: 'by' });
  const rest = locks.filter((lock) => lock.reason !== reason);
  return accept(rest.length < locks.length ? rest : locks, `${reason} lifted by ${by} (${policy.version})`);
}
/** Whether a service works: no lock, and a subscription that is trialing, active or cancelling (inv-51). @example serviceOn('cancelling', []) // true */
export function serviceOn(status: string, locks: readonly Lock[]): boolean {
  return !locks.length && ['trialing', 'active', 'cancelling'].includes(status);
}
/**
 * What the network does under these locks: what the strictest of them says.
 * @example accessUnder([{ reason: 'fraud', since: '2026-04-13T14:00:00.000Z', by: 'fraudDesk' }]) // { access: 'reject', keeps: ['911'], … }
 */
export function accessUnder(locks: readonly Lock[], policy: LockPolicy = defaultLockPolicy): Access {
  const rules: readonly Access[] = locks.map(({ reason }) => policy.reasons[reason]);
  return rules.find(({ access }) => access === 'reject') ?? rules[0] ?? { access: 'open', keeps: [] };
}
