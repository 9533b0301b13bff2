import type { JsonSchema } from '../kernel/schema.ts';
import { any, int, object, ppm, text } from '../kernel/shapes.ts';

export type PonTechnology = 'gpon' | 'xgsPon';
export interface Rate { readonly downMbps: number; readonly upMbps: number }

/** How much of a shared line may be sold, and to one customer. An operator's own figures go in its place. */
export interface SpeedPolicy {
  readonly version: string;
  /** What the light carries, shared by all ports of a PON. */
  readonly lines: Readonly<Record<PonTechnology, Rate>>;
  /** The part of a line that one customer may be sold: framing and error correction take some, and a test must not show the rest busy. */
  readonly oneCustomerPpm: number;
  /** How many times the rate of a PON, and of an OLT's uplink, may be sold in all. */
  readonly ponTimes: number;
  readonly uplinkTimes: number;
  /** What a taken port counts for when nobody says what was sold on it. */
  readonly assumedSold: Rate;
  /** The speeds that are sold. Empty: any. */
  readonly grades: readonly Rate[];
}
/** GPON (ITU-T G.984) and XGS-PON (G.9807); a plan in the middle for whoever is connected; the grades of the residential catalogue. */
export const defaultSpeedPolicy: SpeedPolicy = {
  version: 'speed/1',
  lines: { gpon: { downMbps: 2488, upMbps: 1244 }, xgsPon: { downMbps: 9953, upMbps: 9953 } },
  oneCustomerPpm: 850_000,
  ponTimes: 40,
  uplinkTimes: 80,
  assumedSold: { downMbps: 500, upMbps: 500 },
  grades: [[25, 5], [80, 80], [150, 150], [500, 500], [1500, 1000]].map(([downMbps, upMbps]) => ({ downMbps: downMbps!, upMbps: upMbps! })),
};

const mbps = int(1, 1_000_000);
const rate = object({ downMbps: mbps, upMbps: mbps });
/** What a speed policy looks like. */
export const speedPolicySchema: JsonSchema = object({
  version: text('^\\S{1,40}$', 'a short word'), lines: object({ gpon: rate, xgsPon: rate }), oneCustomerPpm: ppm, ponTimes: int(1, 1000), uplinkTimes: int(1, 1000), assumedSold: rate, grades: any(rate, 100),
});
