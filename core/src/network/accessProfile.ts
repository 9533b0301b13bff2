import { accept, refuse, type Decision } from '../kernel/decision.ts';

export interface AccessPlan {
  readonly sku: string;
  readonly downKbps: number;
  readonly upKbps: number;
}
export interface AccessPoint {
  /** For an OLT with a numbering of its own. */
  readonly olt?: string;
  readonly slot: number;
  readonly port: number;
  readonly ontId: number;
}

/** How VLANs follow from the plant: S-VLAN = base + slot × perSlot + port × perPort, C-VLAN = base + ontId. */
export interface VlanRule {
  readonly sVlanBase: number;
  readonly perSlot: number;
  readonly perPort: number;
  readonly cVlanBase: number;
}
export interface AccessPolicy {
  readonly version: string;
  readonly techProfileId: number;
  readonly vlans: VlanRule;
  readonly olts?: Readonly<Record<string, VlanRule>>;
}
/** One S-VLAN per PON port of a 16-port card, one C-VLAN per ONT on it. */
export const defaultAccessPolicy: AccessPolicy = { version: 'access/1', techProfileId: 64, vlans: { sVlanBase: 100, perSlot: 16, perPort: 1, cVlanBase: 100 } };

export interface AccessProfile {
  readonly profileBase: string;
  readonly upstreamProfile: string;
  readonly downstreamProfile: string;
  readonly upKbps: number;
  readonly downKbps: number;
  readonly sVlan: number;
  readonly cVlan: number;
  readonly techProfileId: number;
  readonly policyVersion: string;
}

/**
 * What an ONT is given on its PON: bandwidth profiles named after the plan (`_u` from the subscriber, `_d` to the subscriber) and the pair
 * of VLANs its place stands for (access reference 1.6; S1-089). The same place always gives the same pair.
 * @example accessProfile({ sku: 'FTTH150I', downKbps: 150_000, upKbps: 150_000 }, { slot: 1, port: 5, ontId: 7 }) // accepted: { sVlan: 121, cVlan: 107, … }
 */
export function accessProfile(plan: AccessPlan, at: AccessPoint, policy: AccessPolicy = defaultAccessPolicy): Decision<AccessProfile, 'badInput' | 'vlanOutOfRange'> {
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(plan.sku)) return refuse('badInput', 'The name of a plan on the OLT holds letters, digits, _ and - only.', { path: 'plan.sku' });
  for (const [path, value, min] of [['plan.downKbps', plan.downKbps, 1], ['plan.upKbps', plan.upKbps, 1], ['at.slot', at.slot, 0], ['at.port', at.port, 0], ['at.ontId', at.ontId, 0]] as const) {
    if (!Number.isSafeInteger(value) || value < min) return refuse('badInput', `${path} must be a whole number from ${min}.`, { path });
  }
  const rule = at.olt !== undefined && policy.olts && Object.prototype.hasOwnProperty.call(policy.olts, at.olt) ? policy.olts[at.olt]! : policy.vlans;
  // A port beyond its card's share would get the pair of a port on the next card.
  if (rule.perPort > 0 && rule.perSlot > 0 && at.port * rule.perPort >= rule.perSlot) {
    return refuse('vlanOutOfRange', `Port ${at.port} lies beyond the VLANs of slot ${at.slot}.`, { path: 'at.port', hint: 'Widen perSlot in the access policy.', facts: { perSlot: rule.perSlot } });
  }
  const sVlan = rule.sVlanBase + at.slot * rule.perSlot + at.port * rule.perPort;
  const cVlan = rule.cVlanBase + at.ontId;
  for (const [path, vlan] of [['sVlan', sVlan], ['cVlan', cVlan]] as const) {
    if (vlan < 1 || vlan > 4094) return refuse('vlanOutOfRange', `The ${path} for this place would be ${vlan}.`, { path, hint: 'VLANs go from 1 to 4094; change the access policy.', facts: { vlan } });
  }
  return accept(
    {
      profileBase: plan.sku, upstreamProfile: `${plan.sku}_u`, downstreamProfile: `${plan.sku}_d`, upKbps: plan.upKbps, downKbps: plan.downKbps,
      sVlan, cVlan, techProfileId: policy.techProfileId, policyVersion: policy.version,
    },
    `${plan.sku}: ${plan.downKbps} kbit/s down, ${plan.upKbps} up.`,
    `S-VLAN ${sVlan} from slot ${at.slot}, port ${at.port}; C-VLAN ${cVlan} from ONT ${at.ontId} (${policy.version}).`,
  );
}
