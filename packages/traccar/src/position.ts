import { isInstant, type Instant } from '../../../core/src/index.ts';

/** Where a device was. Traccar counts speed in knots; here it is km/h to a tenth. */
export interface Position {
  readonly id: number;
  readonly deviceId: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly speedKmh: number;
  /** Degrees from north. */
  readonly course: number;
  /** When the satellites said so; UTC. */
  readonly fixedAt: Instant;
  /** Not to be trusted as "now": `invalid` fix, a last known place repeated (`outdated`), `old`, or a clock that runs ahead (`future`). */
  readonly stale: null | 'invalid' | 'outdated' | 'old' | 'future';
}

const KMH_PER_KNOT = 1.852;
/** How far a device's clock may run ahead. */
const AHEAD_MS = 2 * 60_000;

/**
 * Reads one of Traccar's positions; null when it has no place or time.
 * @example toPosition({ id: 1, deviceId: 2, latitude: 45.1, longitude: -74.1, speed: 10, course: 90, fixTime: '2026-04-03T14:00:00.000+00:00', valid: true }, Date.parse('2026-04-03T14:01:00Z'), 300_000)?.speedKmh // 18.5
 */
export function toPosition(row: Readonly<Record<string, unknown>>, nowMs: number, maxAgeMs: number): Position | null {
  const number = (name: string): number => (typeof row[name] === 'number' ? (row[name] as number) : NaN);
  const fixedAt = toInstant(row['fixTime']);
  const [id, deviceId, latitude, longitude] = [number('id'), number('deviceId'), number('latitude'), number('longitude')];
  if (fixedAt === null || ![id, deviceId, latitude, longitude].every(Number.isFinite)) return null;
  const age = nowMs - Date.parse(fixedAt);
  const stale = row['valid'] === false ? 'invalid' : row['outdated'] === true ? 'outdated' : age > maxAgeMs ? 'old' : age < -AHEAD_MS ? 'future' : null;
  return { id, deviceId, latitude, longitude, speedKmh: Math.round((number('speed') || 0) * KMH_PER_KNOT * 10) / 10, course: number('course') || 0, fixedAt, stale };
}

/** Traccar writes `+00:00` where others write `Z`. @example toInstant('2026-04-03T14:00:00.000+00:00') // '2026-04-03T14:00:00.000Z' */
export function toInstant(value: unknown): Instant | null {
  if (typeof value !== 'string') return null;
  const ms = Date.parse(value);
  if (!Number.isFinite(ms)) return null;
  const text = new Date(ms).toISOString();
  return isInstant(text) ? text : null;
}
