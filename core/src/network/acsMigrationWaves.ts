import type { Instant } from '../kernel/civil.ts';
import { accept, type Accepted } from '../kernel/decision.ts';
import type { AcsMigrationPolicy } from './acsMigrationPolicy.ts';

/** One wave of one OLT. `admitted` devices were begun, `open` of them are not settled, `bad` failed or were not seen. */
export interface AcsWave {
  readonly olt: string;
  readonly wave: number;
  /** Which step of the ladder. */
  readonly step: number;
  readonly startedAt: Instant;
  readonly size: number;
  readonly admitted: number;
  readonly open: number;
  readonly bad: number;
  readonly closedAt: Instant | null;
}
export interface AcsOlt {
  readonly olt: string;
  /** Devices in no wave yet. */
  readonly waiting: number;
  /** The newest wave since the run began or was resumed after a stop; the ladder begins anew then. */
  readonly last: AcsWave | null;
}
export type AcsWaveMove =
  | { readonly type: 'open'; readonly olt: string; readonly step: number; readonly size: number }
  | { readonly type: 'admit'; readonly olt: string; readonly wave: number; readonly count: number }
  | { readonly type: 'close'; readonly olt: string; readonly wave: number }
  /** Too many went wrong: nothing new is begun until a person resumes. */
  | { readonly type: 'stop'; readonly olt: string; readonly wave: number; readonly bad: number; readonly size: number }
  /** Nothing waits and no wave is open. */
  | { readonly type: 'finish' };
export interface AcsWaveMoves {
  readonly moves: readonly AcsWaveMove[];
  /** When pace or distance next allows something; null when only a device's progress does. */
  readonly wakeAt: Instant | null;
}

/**
 * Which waves of a migration to open, feed, close, or whether to stop (acs.md 3.8): 10, then 100, then 500 an hour for each OLT, never two
 * waves on one OLT, stop when failed and unseen devices are more than the policy's part of a wave. The first wave is alone until it is
 * closed. Give it OLTs in a stable order.
 * @example acsMigrationWaves([{ olt: '10.0.0.1', waiting: 40, last: null }], '2026-04-01T13:00:00.000Z', defaultAcsMigrationPolicy) // accepted { moves: [{ type: 'open', olt: '10.0.0.1', step: 0, size: 10 }], wakeAt: null }
 */
export function acsMigrationWaves(olts: readonly AcsOlt[], now: Instant, policy: AcsMigrationPolicy): Accepted<AcsWaveMoves> {
  const at = Date.parse(now);
  const open = olts.flatMap(({ last }) => (last && last.closedAt === null ? [last] : []));
  const stops = open.filter(({ bad, size }) => bad * 1_000_000 > size * policy.stopAbovePpm);
  if (stops.length > 0) {
    const moves = stops.map(({ olt, wave, bad, size }): AcsWaveMove => ({ type: 'stop', olt, wave, bad, size }));
    return accept({ moves, wakeAt: null }, ...stops.map(({ olt, wave, bad, size }) => `Wave ${wave} of ${olt}: ${bad} of ${size} went wrong, more than ${policy.stopAbovePpm / 10_000} % (${policy.version}).`));
  }
  const moves: AcsWaveMove[] = [];
  const because: string[] = [];
  const wakes: number[] = [];
  let running = 0;
  for (const { olt, wave, step, startedAt, size, admitted, open: unsettled } of open) {
    const { perHour } = stepOf(policy, step);
    const allowed = perHour === undefined ? size : Math.min(size, Math.floor(((at - Date.parse(startedAt)) * perHour) / 3_600_000) + 1);
    if (allowed > admitted) moves.push({ type: 'admit', olt, wave, count: allowed - admitted });
    if (allowed < size && perHour !== undefined) wakes.push(Date.parse(startedAt) + Math.ceil((Math.max(allowed, admitted) * 3_600_000) / perHour));
    if (admitted >= size && unsettled === 0) {
      moves.push({ type: 'close', olt, wave });
      because.push(`Wave ${wave} of ${olt} is settled.`);
    } else running += 1;
  }
  // Until one wave went well all the way, a mistake in the plan itself is still possible.
  const proven = olts.some(({ last }) => last !== null && (last.closedAt !== null || last.step > 0));
  const room = proven ? policy.parallelOlts : 1;
  for (const { olt, waiting, last } of olts) {
    if (waiting === 0 || (last && last.closedAt === null)) continue;
    const perHour = last && stepOf(policy, last.step).perHour;
    const from = last && perHour ? Date.parse(last.startedAt) + Math.ceil((last.size * 3_600_000) / perHour) : at;
    if (from > at) wakes.push(from);
    else if (running < room) {
      const step = last ? Math.min(last.step + 1, policy.ladder.length - 1) : 0;
      const size = Math.min(stepOf(policy, step).size, waiting);
      moves.push({ type: 'open', olt, step, size });
      because.push(`${size} of ${waiting} waiting devices of ${olt} make the next wave.`);
      running += 1;
    }
  }
  if (moves.length === 0 && open.length === 0 && olts.every(({ waiting }) => waiting === 0)) moves.push({ type: 'finish' });
  return accept({ moves, wakeAt: wakes.length > 0 ? new Date(Math.min(...wakes)).toISOString() : null }, ...because);
}

const stepOf = ({ ladder }: AcsMigrationPolicy, step: number): { readonly size: number; readonly perHour?: number } => ladder[Math.min(step, ladder.length - 1)]!;
