import { radiusProfile, type Decision, type RadiusAttribute } from '../../../../core/src/index.ts';
import { PLAN_PREFIX, type Enforced, type EnforcementOf, type RadiusStore, type SubscriberState, type UsageSamples } from '../../../radius/src/index.ts';
import type { RadiusEnforced, RadiusPlanWanted, RadiusState, RadiusSubscriber } from '../api.ts';
import type { HubConfig } from '../config.ts';
import { object, ok, whole } from './shapes.ts';

/** What the RADIUS routes work with. */
export interface Radius {
  readonly store: RadiusStore;
  readonly act: EnforcementOf;
  readonly samples: UsageSamples;
  readonly config: HubConfig;
  readonly random: (octets: number) => Uint8Array;
}
export type Need = (operation: string) => Radius;

/** How often NASes are asked to report a session. */
export const INTERIM_SECONDS = 300;
export const username = { type: 'string', pattern: '^[A-Za-z0-9@._:/-]{1,100}$' } as const;
export const ipv4 = { type: 'string', pattern: '^((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}$' } as const;
/** What reached accounting as a NAS's address: v4 or v6. */
export const nasAddress = { type: 'string', pattern: '^[0-9A-Fa-f.:]{2,45}$' } as const;
export const sessionId = { type: 'string', pattern: '^[!-~]{1,128}$' } as const;
export const groupName = { type: 'string', pattern: '^[A-Za-z0-9@._:/ -]{1,253}$' } as const;
export const enforce = { type: 'string', enum: ['nextLogin', 'coa', 'coaThenDisconnect', 'disconnect'] } as const;
export const cycle = { type: 'string', pattern: '^[A-Za-z0-9.:_-]{1,64}$' } as const;
export const nasVendor = { type: 'string', enum: ['mikrotik', 'cisco', 'juniper', 'nokia', 'huawei', 'wispr'] } as const;
export const planFields = { planSku: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,40}$' }, downKbps: whole(1, 100_000_000), upKbps: whole(1, 100_000_000), nasVendor } as const;
export const planNames = ['planSku', 'downKbps', 'upKbps', 'nasVendor'] as const;
export const subscriberBody = object({ username, ...planFields, framedIp: ipv4, delegatedPrefix: { type: 'string', pattern: '^[0-9A-Fa-f:]{2,39}/\\d{1,3}$' } }, ['username', ...planNames]);
export const account = object({ username }, ['username']);
export type At = { Params: { username: string } };

/** A route's schema, with its place in the OpenAPI document. */
export const describe = (summary: string, answer: string, more: { readonly body?: object; readonly params?: object; readonly querystring?: object } = {}) => ({ schema: { tags: ['radius'], summary, ...more, response: ok(answer) } });

/** What a read account is to a caller: everything but what a packet needs. */
export const shown = ({ username: name, access, throttled, planGroup, framedIp, rates, attributes, sessions, pendingSince }: SubscriberState, changed: boolean): RadiusState => ({
  type: 'radiusSubscriber', username: name, access, throttled, planGroup, framedIp, rates, attributes, sessions, pendingSince, changed,
});
export const told = ({ state, enforced, sessions }: Enforced, changed: boolean): RadiusEnforced => ({ ...shown(state, changed), enforced, told: sessions });

/**
 * A plan as the group of its subscribers: maker and rates are part of the name, so that a group once in use never changes under others.
 * @returns a refusal when a rate does not fit the maker's attribute.
 * @example planOf({ planSku: 'FTTH150I', downKbps: 150000, upKbps: 20000, nasVendor: 'mikrotik' }).value.planGroup // 'plan:FTTH150I:mikrotik:150000-20000'
 */
export function planOf({ planSku, downKbps, upKbps, nasVendor: vendor }: RadiusPlanWanted): Decision<{ readonly planGroup: string; readonly planReply: readonly RadiusAttribute[]; readonly rates: readonly RadiusAttribute[] }> {
  const profile = radiusProfile({ sku: planSku, downKbps, upKbps }, vendor);
  if (profile.type === 'refused') return profile;
  const rates = profile.value.attributes;
  return { type: 'accepted', because: profile.because, value: { planGroup: `${PLAN_PREFIX}${planSku}:${vendor}:${downKbps}-${upKbps}`, planReply: [...rates, { attribute: 'Acct-Interim-Interval', op: ':=', value: String(INTERIM_SECONDS) }], rates } };
}
/** The account a request asks for, or why it cannot be. @example wantedOf(body).type // 'accepted' */
export function wantedOf(body: RadiusSubscriber) {
  const plan = planOf(body);
  if (plan.type === 'refused') return plan;
  const { planGroup, planReply } = plan.value;
  return { type: 'accepted' as const, value: { username: body.username, planGroup, planReply, ...(body.framedIp ? { framedIp: body.framedIp } : {}), ...(body.delegatedPrefix ? { delegatedPrefix: body.delegatedPrefix } : {}) } };
}
