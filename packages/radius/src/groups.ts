import type { RadiusAttribute } from './rows.ts';

/** Groups of plans start with this; no other group of a user is ever touched. */
export const PLAN_PREFIX = 'plan:';
export const WALLED_GARDEN = 'walled-garden';
export const BLOCKED = 'blocked';

/** FreeRADIUS takes the lowest number and stops there: a block beats a suspension beats the plan. */
export const PRIORITY = { [BLOCKED]: 0, [WALLED_GARDEN]: 1, plan: 10 } as const;

/** Slow and fenced in, by the two means most NASes know; a login every quarter of an hour notices a payment. */
export const defaultGarden: readonly RadiusAttribute[] = [
  { attribute: 'Mikrotik-Rate-Limit', op: ':=', value: '512k/512k' },
  { attribute: 'Mikrotik-Address-List', op: ':=', value: WALLED_GARDEN },
  { attribute: 'Filter-Id', op: ':=', value: WALLED_GARDEN },
  { attribute: 'Session-Timeout', op: ':=', value: '900' },
];
