import { int, list, object, ppm, text } from '../kernel/shapes.ts';
import type { JsonSchema } from '../kernel/schema.ts';

/** How carefully a fleet is moved from one ACS to another (acs.md 3.8). Times are in the unit of their name. */
export interface AcsMigrationPolicy {
  readonly version: string;
  /** Presets of the old ACS that write ManagementServer must leave out devices with this tag. */
  readonly tag: string;
  /** Sizes of the waves of one OLT, one after another; the last repeats. `perHour` spreads a wave and keeps the next apart. */
  readonly ladder: readonly { readonly size: number; readonly perHour?: number }[];
  /** A wave with more failed and unseen devices than this part of its size stops the run. */
  readonly stopAbovePpm: number;
  /** OLTs with an open wave at a time; the first wave of a run, and the first after a stop, is alone. */
  readonly parallelOlts: number;
  readonly oldConcurrency: number;
  readonly newConcurrency: number;
  readonly maxInformAgeHours: number;
  readonly unknownModels: 'refuse' | 'allow';
  /** Not above 240: the new ACS takes a CPE for offline after 300 s. */
  readonly informIntervalSeconds: number;
  /** The new ACS must hear of it within this many intervals. */
  readonly seenIntervals: number;
  readonly graceSeconds: number;
  /** Longer than any session of the old ACS: an inform this long after a write knew of it. */
  readonly settleSeconds: number;
  readonly prepareMinutes: number;
  readonly confirmFreshMinutes: number;
  readonly verifyMinutes: number;
  readonly lookSeconds: number;
  readonly actTimeoutSeconds: number;
  readonly retrySeconds: number;
  readonly retryMaxSeconds: number;
  /** A switch is sent again only when the old ACS and the CPE itself show that the last one never happened. */
  readonly switchAttempts: number;
  readonly switchBackAttempts: number;
  readonly rollBackUnseen: boolean;
  /** A device that shows up at the new ACS after it was given up, and that nobody asked back. */
  readonly lateArrival: 'goOn' | 'rollBack';
  readonly lostLookMinutes: number;
  readonly giveUpHours: number;
  /** Delete the old ACS' record when the device has been well at the new one for this long; false keeps it. */
  readonly archive: boolean;
  readonly soakHours: number;
}

export const defaultAcsMigrationPolicy: AcsMigrationPolicy = {
  version: 'acs-migration/1',
  tag: 'leadlight-migrating',
  ladder: [{ size: 10 }, { size: 100 }, { size: 500, perHour: 500 }],
  stopAbovePpm: 20_000,
  parallelOlts: 3,
  oldConcurrency: 10,
  newConcurrency: 1,
  maxInformAgeHours: 24,
  unknownModels: 'refuse',
  informIntervalSeconds: 240,
  seenIntervals: 2,
  graceSeconds: 60,
  settleSeconds: 180,
  prepareMinutes: 30,
  confirmFreshMinutes: 10,
  verifyMinutes: 30,
  lookSeconds: 30,
  actTimeoutSeconds: 600,
  retrySeconds: 5,
  retryMaxSeconds: 300,
  switchAttempts: 2,
  switchBackAttempts: 3,
  rollBackUnseen: true,
  lateArrival: 'goOn',
  lostLookMinutes: 30,
  giveUpHours: 72,
  archive: true,
  soakHours: 168,
};

const seconds = int(1, 86_400);
const minutes = int(1, 10_080);
/** JSON Schema of `AcsMigrationPolicy`. */
export const acsMigrationPolicySchema: JsonSchema = object({
  version: text('\\S', 'a name and number'), tag: text('^[A-Za-z][A-Za-z0-9_-]{0,39}$', 'letters, digits, dash or underscore'),
  ladder: list(object({ size: int(1, 10_000) }, { perHour: int(1, 10_000) }), 20),
  stopAbovePpm: ppm, parallelOlts: int(1, 100), oldConcurrency: int(1, 10), newConcurrency: int(1, 1), maxInformAgeHours: int(1, 8_760), unknownModels: { type: 'string', enum: ['refuse', 'allow'] },
  informIntervalSeconds: int(30, 240), seenIntervals: int(1, 20), graceSeconds: int(0, 3_600), settleSeconds: int(60, 3_600), prepareMinutes: minutes, confirmFreshMinutes: minutes, verifyMinutes: minutes,
  lookSeconds: seconds, actTimeoutSeconds: int(60, 3_600), retrySeconds: seconds, retryMaxSeconds: seconds, switchAttempts: int(1, 3), switchBackAttempts: int(1, 10),
  rollBackUnseen: { type: 'boolean' }, lateArrival: { type: 'string', enum: ['goOn', 'rollBack'] }, lostLookMinutes: minutes, giveUpHours: int(1, 8_760), archive: { type: 'boolean' }, soakHours: int(0, 8_760),
});
