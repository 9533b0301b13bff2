/** Speeds as a login answer spells them; a direction the answer does not carry in numbers is null. */
export interface ReadRates {
  /** To the subscriber, kbit/s. */
  readonly downKbps: number | null;
  /** From the subscriber, kbit/s. */
  readonly upKbps: number | null;
}
type Pair = readonly [attribute: string, value: string];

const BITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };
/** `150M`, `512k`, `2g`, or plain bit/s. */
function kbps(text: string | undefined): number | null {
  const match = /^(\d+)([kmg]?)$/i.exec(text?.trim() ?? '');
  return match ? (Number(match[1]) * BITS[match[2]!.toLowerCase()]!) / 1000 : null;
}

/**
 * The opposite of `radiusProfile`: the rates a login answer would set, so that a plan can be compared with what the router is told (S0-101).
 * Makers that take names only (Cisco) give null. The last of several values of one attribute counts.
 * @param attributes as FreeRADIUS would answer them, in order; repeated ones repeat.
 * @returns null when nothing in the answer speaks of speed in numbers.
 * @example readRates([['Mikrotik-Rate-Limit', '20M/150M']]) // { downKbps: 150000, upKbps: 20000 }
 */
export function readRates(attributes: readonly Pair[]): ReadRates | null {
  const last = (name: string) => attributes.filter(([attribute]) => attribute === name).at(-1)?.[1];
  const override = (start: string) => attributes.filter(([attribute, value]) => attribute === 'Alc-Subscriber-QoS-Override' && value.startsWith(start)).at(-1)?.[1].slice(start.length).split(',')[0];
  const [up, down] = (last('Mikrotik-Rate-Limit')?.split(' ')[0] ?? '').split('/');
  const read: ReadRates = {
    downKbps: kbps(down) ?? kbps(last('WISPr-Bandwidth-Max-Down')) ?? kbps(last('Huawei-Output-Average-Rate')) ?? kbps(/^T02 (.+)$/.exec(last('ERX-CoS-Shaping-Pmt-Type') ?? '')?.[1]) ?? inKbps(override('e:r:rate=')),
    upKbps: kbps(up) ?? kbps(last('WISPr-Bandwidth-Max-Up')) ?? kbps(last('Huawei-Input-Average-Rate')) ?? inKbps(override('i:q:1:pir=')),
  };
  return read.downKbps === null && read.upKbps === null ? null : read;
}
const inKbps = (text: string | undefined): number | null => (/^\d+$/.test(text ?? '') ? Number(text) : null);
