import { accept, refuse, type Decision } from '../kernel/decision.ts';

export type NasVendor = 'mikrotik' | 'cisco' | 'juniper' | 'nokia' | 'huawei' | 'wispr';

export interface RadiusPlan {
  readonly sku: string;
  /** To the subscriber. */
  readonly downKbps: number;
  /** From the subscriber. */
  readonly upKbps: number;
}
export interface RadiusAttribute {
  readonly attribute: string;
  /** FreeRADIUS: `:=` sets, `+=` adds one more of the same. */
  readonly op: ':=' | '+=';
  readonly value: string;
}
export interface RadiusProfile {
  readonly vendor: NasVendor;
  /** The group the plan's attributes belong to. */
  readonly group: string;
  readonly attributes: readonly RadiusAttribute[];
}

const UINT32 = 4_294_967_295;

/**
 * A plan as reply attributes, in each maker's own direction and unit (access reference 3.2; S0-101). A router's "rx", "input" and "ingress" are
 * what the subscriber sends: upload comes first on MikroTik. A rate that does not fit its 32-bit attribute is refused, never cut.
 * @example radiusProfile({ sku: 'FTTH25', downKbps: 25_000, upKbps: 5_000 }, 'mikrotik') // accepted: { attributes: [{ attribute: 'Mikrotik-Rate-Limit', op: ':=', value: '5M/25M' }], … }
 */
export function radiusProfile(plan: RadiusPlan, vendor: NasVendor): Decision<RadiusProfile, 'badInput' | 'unknownVendor' | 'rateTooHigh'> {
  const { sku, upKbps, downKbps } = plan;
  if (!/^[A-Za-z0-9._-]{1,40}$/.test(sku)) return refuse('badInput', 'A group is named with letters, digits, dot, _ and - only.', { path: 'plan.sku' });
  for (const [path, kbps] of [['plan.downKbps', downKbps], ['plan.upKbps', upKbps]] as const) {
    if (!Number.isSafeInteger(kbps) || kbps < 1) return refuse('badInput', 'A rate is a whole number of kbit/s from 1.', { path });
    if ((vendor === 'wispr' || vendor === 'huawei') && kbps * 1000 > UINT32) {
      return refuse('rateTooHigh', `${kbps} kbit/s does not fit the 32-bit bit/s attribute of ${vendor}.`, { path, hint: 'Above 4.29 Gbit/s use named QoS profiles (Cisco, Juniper, Nokia) for this plan.', facts: { kbps } });
    }
  }
  const attributes = render(sku, upKbps, downKbps, vendor);
  if (!attributes) return refuse('unknownVendor', 'This maker of NAS is not known here.', { path: 'vendor', hint: 'mikrotik, cisco, juniper, nokia, huawei or wispr.' });
  return accept({ vendor, group: sku, attributes }, `${sku} for ${vendor}: ${downKbps} kbit/s to the subscriber, ${upKbps} from the subscriber.`);
}

function render(sku: string, up: number, down: number, vendor: NasVendor): readonly RadiusAttribute[] | undefined {
  const set = (attribute: string, value: string): RadiusAttribute => ({ attribute, op: ':=', value });
  const add = (attribute: string, value: string): RadiusAttribute => ({ attribute, op: '+=', value });
  switch (vendor) {
    case 'mikrotik':
      return [set('Mikrotik-Rate-Limit', `${short(up)}/${short(down)}`)];
    case 'cisco':
      return [add('Cisco-AVPair', `subscriber:sub-qos-policy-in=${sku}_u`), add('Cisco-AVPair', `subscriber:sub-qos-policy-out=${sku}_d`)];
    case 'juniper':
      // T02 of attribute 108 is $junos-cos-shaping-rate (T01 is the scheduler map); 177 is what the router reports, not what it takes.
      return [set('ERX-Ingress-Policy-Name', `${sku}_u`), set('ERX-Egress-Policy-Name', `${sku}_d`), set('ERX-CoS-Shaping-Pmt-Type', `T02 ${short(down).toLowerCase()}`)];
    case 'nokia':
      // Profiles of that name must exist on the router; the overrides carry the rates in kbit/s: ingress queue 1, egress aggregate.
      return [set('Alc-Subsc-Prof-Str', sku), set('Alc-SLA-Prof-Str', sku), add('Alc-Subscriber-QoS-Override', `i:q:1:pir=${up}`), add('Alc-Subscriber-QoS-Override', `e:r:rate=${down}`)];
    case 'huawei':
      return [set('Huawei-Input-Average-Rate', String(up * 1000)), set('Huawei-Output-Average-Rate', String(down * 1000))];
    case 'wispr':
      return [set('WISPr-Bandwidth-Max-Up', String(up * 1000)), set('WISPr-Bandwidth-Max-Down', String(down * 1000))];
    default:
      return undefined;
  }
}

const short = (kbps: number): string => (kbps % 1000 === 0 ? `${kbps / 1000}M` : `${kbps}k`);
