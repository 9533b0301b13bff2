import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { radiusProfile, type RadiusAttribute } from './radiusProfile.ts';

/** Why somebody is fenced in; each reason has its own list on the router, so that each can show its own page. */
export interface GardenPolicy {
  readonly version: string;
  readonly downKbps: number;
  readonly upKbps: number;
  /** A fenced session ends after so many seconds, so that a payment is noticed by a router that takes no CoA. */
  readonly loginEverySeconds: number;
  /** Reason → address list and filter on the router. DNS, the pay page and the emergency numbers must stay open in each. */
  readonly lists: Readonly<Record<string, string>>;
  /** List a running session is put back into, for routers that cannot take one off by CoA. */
  readonly openList: string;
}
export interface Garden {
  /** Group of the suspended. */
  readonly group: string;
  readonly list: string;
  /** What a login is told. */
  readonly reply: readonly RadiusAttribute[];
  /** What undoes the fence in a session that runs, beside the plan's own rates. */
  readonly restore: readonly RadiusAttribute[];
}
export const defaultGardenPolicy: GardenPolicy = {
  version: 'garden/1', downKbps: 512, upKbps: 512, loginEverySeconds: 900, openList: 'active',
  lists: { nonPayment: 'walled-garden', abuse: 'walled-garden-abuse', customerRequest: 'walled-garden-request', technical: 'walled-garden-technical' },
};
/** The reason that owns the plain group name; what a dunning suspension is. */
export const DEFAULT_GARDEN_REASON = 'nonPayment';

/**
 * The walled garden of one reason (S0-85): slow, on the list of that reason, and what undoes it. An address list and a filter of the same
 * name go out together, because a router obeys one or the other and ignores what it does not know.
 * @param group base name of the groups; the default reason has it alone, others get `:<reason>`.
 * @example radiusGarden('abuse') // accepted { group: 'walled-garden:abuse', list: 'walled-garden-abuse', … }
 */
export function radiusGarden(reason: string, policy: GardenPolicy = defaultGardenPolicy, group = 'walled-garden'): Decision<Garden, 'unknownReason' | 'badInput'> {
  const list = Object.hasOwn(policy.lists, reason) ? policy.lists[reason]! : undefined;
  if (!list) return refuse('unknownReason', 'This reason has no list in the policy of walled gardens.', { path: 'reason', hint: `One of ${Object.keys(policy.lists).join(', ')}.` });
  const rates = radiusProfile({ sku: 'garden', downKbps: policy.downKbps, upKbps: policy.upKbps }, 'mikrotik');
  if (rates.type === 'refused') return refuse('badInput', rates.message, { path: 'policy' });
  const set = (attribute: string, value: string): RadiusAttribute => ({ attribute, op: ':=', value });
  return accept(
    {
      group: reason === DEFAULT_GARDEN_REASON ? group : `${group}:${reason}`,
      list,
      reply: [...rates.value.attributes, set('Mikrotik-Address-List', list), set('Filter-Id', list), set('Session-Timeout', String(policy.loginEverySeconds))],
      restore: [set('Mikrotik-Address-List', policy.openList), set('Filter-Id', policy.openList)],
    },
    `Fenced in for ${reason}: list ${list}, ${policy.downKbps} kbit/s.`,
  );
}
