import { VendorError } from '../../../core/src/index.ts';

/** What the groups of this store are called in `radusergroup`; no other group of a user is ever touched. */
export interface GroupNames {
  /** Plans start with it. */
  readonly plan: string;
  /** The suspended; other reasons append `:<reason>`. */
  readonly garden: string;
  /** The blocked. */
  readonly blocked: string;
  /** The throttled start with it. */
  readonly throttle: string;
  /** Notes of this store start with it; nobody is a member, so FreeRADIUS never reads them. */
  readonly note: string;
}
export const PLAN_PREFIX = 'plan:';
export const WALLED_GARDEN = 'walled-garden';
export const BLOCKED = 'blocked';
export const defaultGroups: GroupNames = { plan: PLAN_PREFIX, garden: WALLED_GARDEN, blocked: BLOCKED, throttle: 'fup:', note: 'leadlight:' };

/** FreeRADIUS takes the lowest number and stops there: a block beats a suspension beats a throttle beats the plan. */
export const PRIORITY = { blocked: 0, garden: 1, throttle: 5, plan: 10 } as const;

/** @example isGarden('walled-garden:abuse', defaultGroups) // true */
export function isGarden(group: string, names: GroupNames): boolean {
  return group === names.garden || group.startsWith(`${names.garden}:`);
}
/** Whether a group of a user is one this store writes. @example isOurs('static-routes', defaultGroups) // false */
export function isOurs(group: string, names: GroupNames): boolean {
  return group === names.blocked || isGarden(group, names) || group.startsWith(names.plan) || group.startsWith(names.throttle);
}

/**
 * MariaDB's tables hold 64 characters of a name; a longer one would be cut or refused half way.
 * @throws VendorError rejectedInput.
 * @example checkGroup('plans.ensure', 'plan:FTTH150I:mikrotik:150000-20000', 64)
 */
export function checkGroup(operation: string, group: string, longest: number): void {
  if (group.length <= longest && /^[A-Za-z0-9@._:/ -]+$/.test(group)) return;
  throw new VendorError({ vendor: 'radius', operation, kind: 'rejectedInput', message: `The group name is longer than ${longest} characters or has characters FreeRADIUS does not look up as they are.`, hint: 'Use a shorter SKU of letters, digits and @ . _ : / -', detail: { length: group.length } });
}
