import type { NasVendor } from './radiusProfile.ts';

type Pair = readonly [attribute: string, value: string];

/** Attributes a running session may be changed by; addresses and timers belong to the login. */
const OF_MAKER: Readonly<Record<NasVendor, readonly string[]>> = {
  mikrotik: ['Mikrotik-Rate-Limit', 'Mikrotik-Address-List'],
  cisco: ['Cisco-AVPair', 'Filter-Id'],
  juniper: ['ERX-Ingress-Policy-Name', 'ERX-Egress-Policy-Name', 'ERX-CoS-Shaping-Pmt-Type', 'ERX-Service-Activate', 'Filter-Id'],
  nokia: ['Alc-Subsc-Prof-Str', 'Alc-SLA-Prof-Str', 'Alc-Subscriber-QoS-Override', 'Filter-Id'],
  huawei: ['Huawei-Input-Average-Rate', 'Huawei-Output-Average-Rate', 'Huawei-Qos-Profile-Name', 'Filter-Id'],
  wispr: ['WISPr-Bandwidth-Max-Up', 'WISPr-Bandwidth-Max-Down', 'Filter-Id'],
};
const ANY = [...new Set(Object.values(OF_MAKER).flat())];

/**
 * What a CoA must carry so that a running session becomes what a login would get now (RFC 5176): the attributes a session can be changed by,
 * of the router's own dialect only, since a router refuses the whole request for one attribute it does not take (Error-Cause 401). What the
 * login answer no longer says is undone with the kept restore attributes.
 * @param now the answer a login would get, in order; repeated ones repeat.
 * @param restore kept when the session was fenced in; only names missing from `now` are taken from it.
 * @param vendor maker of the router; left out, every dialect goes out.
 * @example radiusChange([['Mikrotik-Rate-Limit', '20M/150M'], ['Framed-IP-Address', '100.64.0.10']], [['Mikrotik-Address-List', 'active']], 'mikrotik') // [['Mikrotik-Rate-Limit', '20M/150M'], ['Mikrotik-Address-List', 'active']]
 */
export function radiusChange(now: readonly Pair[], restore: readonly Pair[], vendor?: NasVendor): readonly Pair[] {
  const allowed = vendor ? OF_MAKER[vendor] : ANY;
  // A tag stands in the name (`ERX-Service-Activate:1`).
  const may = ([name]: Pair) => allowed.includes(name.split(':')[0]!);
  const said = now.filter(may);
  const names = new Set(said.map(([name]) => name));
  return [...said, ...restore.filter((pair) => may(pair) && !names.has(pair[0]))];
}
